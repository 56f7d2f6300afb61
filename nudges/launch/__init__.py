"""Launch: leaders' words, planned by those who look after communication, signed off, relayed, answered.

`drafting` is where an announcement is written, `showing` how it is shown; `timing` asks when it comes, `asking` whom it
is for, `preview` shows what people would get, and has their number confirmed; `vocabulary` knows the words that the
organisation would rather not use. `signing` shows it to whose words they are; `changing` says what voids that, `again`
what has to be confirmed once more, `overseeing` looks after what waits. `adopting` makes an ordinary message into one,
`thread` tells those who draft it together what happens to it. `sending` begins and follows what was signed,
`controlling`, `urgent`, `posting` and `report` are what people do about it meanwhile. `voice` carries questions to
leaders, and answers back; `campaign` is about plans of several; `guide` says what the network is for in each job, and
`paper` prints what nothing else carries. Each hangs what it declares on the capability.
"""

from nudges.launch import (  # noqa: F401 - they declare it all
    adopting,
    again,
    asking,
    campaign,
    controlling,
    drafting,
    overseeing,
    posting,
    preview,
    report,
    sending,
    showing,
    signing,
    submitting,
    thread,
    timing,
    urgent,
    voice,
)
from nudges.launch.capability import nudge
from nudges.launch.guide import asking as guiding  # noqa: F401 - as above
from nudges.launch.guide import health, printing  # noqa: F401 - as above
from nudges.launch.live import following, page  # noqa: F401 - as above
from nudges.launch.paper import giving  # noqa: F401 - as above

__all__ = ["nudge"]
