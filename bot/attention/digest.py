"""Several contacts in one message, and what is left of it when some of them are not wanted any more. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.attention.ways import with_ways, words_of
from bot.say import Arg, Item, Line, Pick, Say, Term

_SEVERAL = '"of":[{'
# Most messages are of one contact, and need not be read to know that.


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a message. kind: of the most urgent contact in it. body: as a promise's row has it.

    asks: something in it wants a response.
    """

    kind: str
    body: str
    asks: bool


def together(items: Sequence[Item]) -> Say:
    """What is said to one person at once: one message, though several capabilities have something to say.

    items: the most urgent first. Each keeps the reason why it comes, and its own way to be stopped.
    """
    if len(items) == 1:
        return items[0].say
    lines = [Line(id="nudging-digest", args={"count": len(items)}, kind="title")]
    for each in items:
        lines += [*each.say.lines, Line(id=f"{words_of(each.kind)}.why", kind="note")]
    picks = {(pick.action, pick.value): pick for each in items for pick in each.say.choices}
    ways = [Pick(label="attention-later", action="parvis.snooze")]
    for each in items:
        args: dict[str, Arg] = {"kind": Term(term=words_of(each.kind))}
        ways.append(Pick(label="nudging-no-more", action="parvis.stop-kind", value=each.kind, args=args))
    ways.append(Pick(label="attention-nothing", action="parvis.stop"))
    return Say(lines=tuple(lines), choices=(*picks.values(), *ways), of=tuple(items))


def kinds_of(kind: str, body: str) -> tuple[str, ...]:
    """The kinds of contact that a promise is of, the most urgent first. kind, body: its own, as its row has them."""
    if _SEVERAL not in body:
        return (kind,)
    return tuple(each.kind for each in Say.model_validate_json(body).of) or (kind,)


def reduced(body: str, wanted: Callable[[str], bool]) -> Left | None:
    """What is left of a message of several contacts, without those of kinds that are not wanted.

    None: it stays as it is, being of one contact, or wanted as a whole or not at all.
    """
    if _SEVERAL not in body:
        return None
    whole = Say.model_validate_json(body).of
    left = [each for each in whole if wanted(each.kind)]
    if not left or len(left) == len(whole):
        return None
    kind = left[0].kind
    return Left(kind, with_ways(together(left), kind).model_dump_json(), any(each.asks for each in left))
