"""Several contacts in one message, and what is left of it when some of them are not wanted any more. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.attention.ways import with_ways, words_of
from bot.say import Arg, Item, Line, Pick, Say, Term

_SEVERAL = '"of":[{'
# Most messages are of one contact, and need not be read to know that.


def together(items: Sequence[tuple[str, Say]]) -> Say:
    """What is said to one person at once: one message, though several capabilities have something to say.

    items: the kind of contact and its words, the most urgent first. Each keeps the reason why it comes, and its own way
    to be stopped.
    """
    if len(items) == 1:
        return items[0][1]
    lines = [Line(id="nudging-digest", args={"count": len(items)}, kind="title")]
    for kind, words in items:
        lines += [*words.lines, Line(id=f"{words_of(kind)}.why", kind="note")]
    picks = {(pick.action, pick.value): pick for _, words in items for pick in words.choices}
    ways = [Pick(label="attention-later", action="parvis.snooze")]
    for kind, _ in items:
        args: dict[str, Arg] = {"kind": Term(term=words_of(kind))}
        ways.append(Pick(label="nudging-no-more", action="parvis.stop-kind", value=kind, args=args))
    ways.append(Pick(label="attention-nothing", action="parvis.stop"))
    of = tuple(Item(kind=kind, say=words) for kind, words in items)
    return Say(lines=tuple(lines), choices=(*picks.values(), *ways), of=of)


def kinds_of(kind: str, body: str) -> tuple[str, ...]:
    """The kinds of contact that a promise is of, the most urgent first. kind, body: its own, as its row has them."""
    if _SEVERAL not in body:
        return (kind,)
    return tuple(each.kind for each in Say.model_validate_json(body).of) or (kind,)


def reduced(body: str, wanted: Callable[[str], bool]) -> tuple[str, str] | None:
    """(kind, body) of what is left of a message of several contacts, without those of kinds that are not wanted.

    None: it stays as it is, being of one contact, or wanted as a whole or not at all.
    """
    if _SEVERAL not in body:
        return None
    whole = Say.model_validate_json(body).of
    left = [(each.kind, each.say) for each in whole if wanted(each.kind)]
    if not left or len(left) == len(whole):
        return None
    return left[0][0], with_ways(together(left), left[0][0]).model_dump_json()
