# What is done about an announcement on its way: nudges/launch/controlling.py, stopping.py
choice-announce-go = Send an announcement to all, after its first wave
choice-announce-stop = Stop an announcement: nothing more of it is sent
choice-announce-pause = Pause an announcement that is being sent
choice-announce-resume = Resume an announcement that was paused
choice-announce-send-now = Send an announcement that was not sent in time, now
choice-announce-recall = Recall an announcement: the number of people is asked, and repeated
announce-stopped = Announcement { $number } “{ $title }” is stopped: nothing more of it is sent. What was sent stays, unless you recall it.
announce-to-all = Announcement { $number } “{ $title }” goes on: everybody else gets it.
announce-to-all-unseen = Announcement { $number } “{ $title }” goes on: everybody else gets it. Nobody of the first wave was reached yet, so nobody has seen how it went.
announce-paused = Announcement { $number } “{ $title }” is paused. What was being sent at this instant still arrives.
announce-resumed = Announcement { $number } “{ $title }” goes on.
announce-sends-now = Announcement { $number } “{ $title }” is sent now, within their hours.
announce-no-voice = Announcement { $number } “{ $title }” does not go on: { $speaker }, whose words they are, is no leader any more, or has left. Stop it, or recall it; for everybody else it needs another speaker and a signature of theirs.
announce-recall-asks =
    { $people ->
        [one] Announcement { $number } “{ $title }” was promised to 1 person, and nothing more of it is sent for now. To take it back, repeat the number: announce recall { $number } 1
       *[other] Announcement { $number } “{ $title }” was promised to { $people } people, and nothing more of it is sent for now. To take it back, repeat the number: announce recall { $number } { $people }
    }
announce-recall-mail = What arrived by mail cannot be taken back.
announce-recall-paper = What was printed cannot be taken back.
announce-recall-own = What its speaker posted themselves, only they can remove: I ask them to.
announcement-taken-back = An announcement stood here. Who sent it took it back { $at }: please do not go by it.
announce-take-down = Announcement { $number } “{ $title }” was recalled. If you posted it in your own name, please remove it there: only you can. If you did not yet, please do not.
announce-recall-yes =
    { $people ->
        [one] Take it back from 1 person
       *[other] Take it back from { $people } people
    }
announce-recalled = Announcement { $number } “{ $title }” is recalled: it is taken back where the platform lets me, and where it does not I say so.
announce-not-under-way = Announcement { $number } is not being sent now. “announce report { $number }” shows how it stands.
announce-not-held = Announcement { $number } does not wait to go on: somebody said so already, or stopped it.
announce-first-under-way = Announcement { $number } is being sent to its first few at this moment: you are asked as soon as one of them has it.
announce-not-paused = Announcement { $number } is not paused.
announce-not-waiting = Announcement { $number } does not wait to be sent late: somebody saw to it already.
announce-not-recallable = Announcement { $number } cannot be recalled: nothing of it was sent, or it was recalled already.
