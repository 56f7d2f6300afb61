"""A company of communities whose fates are known: what is heard of them week by week, and, apart, what is true.

Ten thousand people, three hundred communities, two years. Written before anything that judges a community, and without
knowing it: nothing here asks what counts as quiet, nor how it would be found out. `settings` says what such a company
is like, and what is drawn; `founding` draws it; `rates` says how much is expected in a week, with and without a fate;
`weeks` makes what is heard of it. What is heard holds no fate, and what is true no message.
"""

from tests.simulate.fates.founding import Company, found
from tests.simulate.fates.rates import Boosts, Truth, truth
from tests.simulate.fates.settings import PRESETS, Fate, Settings
from tests.simulate.fates.weeks import Came, Happening, Left, Merged, Stepped, Wrote, heard, numbers

__all__ = [
    "PRESETS",
    "Boosts",
    "Came",
    "Company",
    "Fate",
    "Happening",
    "Left",
    "Merged",
    "Settings",
    "Stepped",
    "Truth",
    "Wrote",
    "found",
    "heard",
    "numbers",
    "truth",
]
