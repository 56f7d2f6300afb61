"""How a time that was read is said back, and what is asked where it is unclear; in words of the spine's catalogs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.say import Arg, Line, Moment, Names, Term
from bot.times.result import FAR, Meant, Read, Unclear


def spoken(read: Read) -> Line:
    """One sentence: the day, the hour and the zone in full, or a question."""
    if isinstance(read, Meant):
        return Line(id="times-meant", args={"at": as_moment(read)})
    args: dict[str, Arg] = {"text": read.word, "time": read.time, "zone": read.zone, "years": FAR}
    if read.local:
        args |= {"day": _day(read.local.date()), "time": f"{read.local:%H:%M}"}
    if read.day:
        args["day"] = _day(read.day)
    if read.options:
        options = tuple(Term(term="times-meant", args={"at": as_moment(each)}) for each in read.options)
        args |= {"options": Names(names=options, style="or"), "choices": len(options)}
    return Line(id=_id(read), args=args)


def _id(read: Unclear) -> str:
    if read.code == "which-day" and not read.time:
        return "times-which-day-at-all"
    if read.code == "which-time" and not read.day:
        return "times-which-time-at-all"
    return f"times-{read.code}"


def as_moment(meant: Meant) -> Moment:
    """As an argument of a sentence: on the clocks that were meant, whatever the reader's own are."""
    return Moment(at=meant.at, zone=meant.zone)


def _day(day: date) -> Moment:
    return Moment(at=datetime(day.year, day.month, day.day, tzinfo=UTC), style="day")
