# How a time that somebody wrote is read back, and what is asked where it is unclear.

times-meant = { $at }
times-unknown = “{ $text }” is not understood here. Write the day and the time: “24 November at 9:00”, “tomorrow at 14:30”.
times-empty = Which day, and at what time? “24 November at 9:00”, for example.
times-which-day = On which day, at { $time }?
times-which-day-at-all = On which day exactly?
times-which-time = At what time on { $day }?
times-which-time-at-all = Which day exactly, and at what time?
times-options = { $choices ->
    [one] Is { $options } meant?
   *[other] Which one: { $options }?
}
times-several = More than one time is in there. Write one day and one time.
times-past = { $day }, { $time } is over. Which day and time to come?
times-gap = { $time } does not exist on { $day } in { $zone }: clocks are put forward then. Which time instead?
times-twice = { $time } comes twice on { $day } in { $zone }: clocks are put back then. Which time instead?
times-disagree = The day is said in two ways that are not the same day. Which day is meant?
times-part = { $time } is not in that part of the day. Which time is meant?
times-no-such-day = There is no such day. Which day is meant?
times-no-day-zero = This counts from day zero, which is not set. Which date is meant?
times-far = { $day } is more than { $years ->
    [one] a year
   *[other] { $years } years
} ahead. Which year is meant?
