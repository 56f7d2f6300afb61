## Doctor: nudges/pulse/health.py
pulse-doctor-new = Counting begins within ten minutes of the first start.
pulse-doctor-fine =
    { $count ->
        [one] 1 community is counted, since { $day }.
       *[other] { $count } communities are counted, since { $day }.
    }
pulse-doctor-outside =
    { $count ->
        [one] 1 community is not measured: I am not in its room.
       *[other] { $count } communities are not measured: I am not in their rooms.
    }
pulse-doctor-outside-todo = “community info NAME” offers animators to let me in again.
pulse-doctor-away = Nothing was heard of { $platform } from { $since } to { $until }: these days are shown as a gap, not as zero.
pulse-doctor-unknown = [pulse] not_counted names accounts that nobody has here: { $accounts }.
pulse-doctor-unknown-todo = Correct them: until then, what these people do is counted.
