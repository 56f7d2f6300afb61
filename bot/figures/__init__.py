"""Figures about groups of people: what may be told, so that nobody learns anything about fewer than k of them (k = 5).

Every view, export and command about groups goes through here. `rules` is pure: how a count is told, which groups are
shown, what may be published after what was published before. `publishing` does it each week, with the rows.

A figure is a yes or no per person (a profile is complete; later: has signed in, wrote), counted per group. Four things
together protect a person:

1. **Groups** under k are put together as *the others*; while these are under k, the smallest shown group joins them.
   What is under k altogether is not shown at all. The total is the sum of what is shown, and nothing else.
2. **Counts are told in steps** ("5 to 9 of 20"), each of k counts or more (of three or more in groups under 2k): never
   "none" and never "all", which would tell of everybody. A share, an estimate, a trend are made from what is told.
3. **A figure is frozen for a week**, and is counted again only when those who changed hide one another: k people of
   the same group whose state changed, besides as many as left or came; or k who left or came together. Until then the
   former figure stays, with its date. Newcomers wait until k of them are counted at once.
4. **A group is its people, not its name**: one that was renamed, merged or split is compared with whatever was told
   of nearly the same people, so that another name is no way around the third rule.

Protected: against somebody who knows everybody's department at any time, sees every view of every week, and may change
their own state as they like. They can be certain of nobody's state, and see no change in anything when fewer than k
people of a group changed. Who takes it for granted that nobody's state changes except by moving, or that complete
profiles stay so, is certain of nobody either, with one exception, which is about k + 1 people or more: when so many
move together, all of them alike, and the count passes two steps at once, it shows that they were alike.

Not protected: against somebody who knows the state of all others in a group already and sees its count pass a step;
against guessing, since a figure is there to be learned from: in a group of which almost all are complete, most people
are. And a person who leaves a group and comes back within a batch of k is compared with the last figure alone: who was
in the one before is kept no longer.
"""

from bot.figures.publishing import Counted, publish, week_of
from bot.figures.rules import NO_DEPARTMENT, OTHERS, Base, Fresh, Told, arrange, department, following, told, total

__all__ = [
    "NO_DEPARTMENT",
    "OTHERS",
    "Base",
    "Counted",
    "Fresh",
    "Told",
    "arrange",
    "department",
    "following",
    "publish",
    "told",
    "total",
    "week_of",
]
