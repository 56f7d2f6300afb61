"""Figures about groups of people: what may be told, so that nobody learns anything about fewer than k of them (k = 5).

Every view, export and command about groups goes through here. `rules` is pure: how a count is told, which groups are
shown, what may be published after what was published before; `overlapping` is about groups that overlap. `publishing`
does it each week or day, with the rows.

A figure is a yes or no per person (a profile is complete; later: has signed in, wrote), counted per group. These
rules together protect a person:

1. **Groups** under k are put together as *the others*; while these are under k, the smallest shown group joins them.
   What is under k altogether is not shown at all. The total is the sum of what is shown, and nothing else.
2. **Counts are told in steps** ("5 to 9 of 20"), of k counts or more (of two or three in groups under 2k): never
   "none" and never "all", which would tell of everybody. A share, a total, a trend are made from what is told.
3. **A figure stays** until the count moved by k, so until k people changed at least; until then the former one is
   shown, with its date. In groups under k + 3 that alone would tell of everybody: these keep their first figure until
   people came or left as in 4.
4. **Who is counted** changes for k people at once only: newcomers wait for one another; somebody who left is counted
   on as they were, until k have left. And not where some figure that might come then would tell that all of these,
   or all of those who stayed, are alike. This depends on what everybody knows (who moved, what was told) and on
   nobody's state, so waiting tells nothing.
5. **A group is its people, not its name**: one that was renamed, merged or split goes on from what was told of nearly
   the same people, so that another name is no way around 3 and 4.
6. What is told in a week is written down and never rewritten.

Protected against somebody who knows everybody's department at any time, sees every view in every week, and changes
their own state as they like: they are certain of nobody's state, whether they take it that states never change, that
what is complete stays so, or nothing of the kind; and what fewer than k people do changes nothing that is shown of the
groups shown before. One exception is about more than k people at once: when so many move together who are all alike,
and the attacker changed their own state in that very week, what is told may tell that they were.

Groups that overlap, such as communities, are told of by themselves, and only where `beside` finds that they may be
beside what is told of departments.

Not protected: against somebody who knows the states of nearly all of a group already and sees its count pass a step;
against guessing, since a figure is there to be learned from: where nearly all are complete, most people are. Somebody
who leaves a group, is counted there no longer, and comes back with others is compared with the last figure alone: who
was in those before is not kept. Figures of several groups that people moved between in the same week are compared two
by two, not all together.
"""

from bot.figures.overlapping import beside
from bot.figures.publishing import Counted, last_told, publish, told_alone, week_of
from bot.figures.rules import NO_DEPARTMENT, OTHERS, Base, Fresh, Told, arrange, department, following, told, total

__all__ = [
    "NO_DEPARTMENT",
    "OTHERS",
    "Base",
    "Counted",
    "Fresh",
    "Told",
    "arrange",
    "beside",
    "department",
    "following",
    "last_told",
    "publish",
    "told",
    "told_alone",
    "total",
    "week_of",
]
