## The month: nudges/pulse/digest.py
contact-pulse-digest = the month’s indicators
    .why = You get this in the first two weeks of a month, because you look after the communities or their communication.
pulse-digest-title = Indicators of the month, { $since } to { $until }
pulse-digest-line = { $curve }: { $figure }
pulse-digest-line-since = { $curve }: { $figure }; the month before: { $before }
pulse-digest-line-same = { $curve }: { $figure }, as many as the month before
pulse-digest-line-more = { $curve }: { $figure }, { $change } more than the month before ({ $before })
pulse-digest-line-fewer = { $curve }: { $figure }, { $change } fewer than the month before ({ $before })
pulse-digest-more = What each figure is
pulse-digest-page = Open the page
