"""From rows to what the rules look at: who somebody is, where they are told something, what was said to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.attention.rules import ANSWER, Known, Past, Wishes
from bot.calendar import is_zone, read_absences, read_days
from storage.contacts import Reached
from storage.people import Account, Person
from storage.sending import Somebody
from storage.wishes import ALL, Wish


def account_of(accounts: Sequence[Account], platform: str) -> Account | None:
    """The account by which to reach a person: on the platform preferred, else the one used last."""
    return next((one for one in accounts if one.platform == platform), accounts[0] if accounts else None)


def where_told(person: Person, accounts: Sequence[Account], platform: str, kind: str) -> Account | None:
    """The account by which to tell a person something of this kind: an answer comes where they asked, all else where
    they chose to be told. platform: where it would go otherwise.
    """
    chosen = any(one.platform == person.told_on for one in accounts)
    return account_of(accounts, person.told_on if chosen and kind != ANSWER else platform)


def where_reached(somebody: Somebody, platform: str, kind: str, media: str) -> Account | None:
    """The same of a message that may name media: by the first of them that reaches the person. media: as `Promise` has
    it; "" for none.
    """
    if not media:
        return where_told(somebody.person, somebody.accounts, platform, kind)
    return next((account for each in media.split() if (account := somebody.on(each))), None)


def zone_of(somebody: Somebody, account: Account | None) -> str:
    """A person's zone: what they chose, else that of the account, else what the company's list says; "" unknown."""
    listed = somebody.work.zone if somebody.work else ""
    return somebody.person.zone or (account.zone if account else "") or (listed if is_zone(listed) else "")


def language_of(somebody: Somebody, account: Account | None) -> str:
    """A person's language, likewise."""
    listed = somebody.work.language if somebody.work else ""
    return somebody.person.language or (account.language if account else "") or listed


def wishes_of(person: Person, said: Iterable[Wish]) -> Wishes:
    """What a person wishes of what they are sent unasked."""
    rows = list(said)
    return Wishes(
        stopped=person.stopped_at is not None,
        kinds=frozenset(each.kind for each in rows if each.stopped_at is not None),
        snoozed={each.kind: each.snoozed_until for each in rows if each.snoozed_until is not None},
        rarely=any(each.kind == ALL and each.rarely_at is not None for each in rows),
    )


def known(
    somebody: Somebody,
    account: Account | None,
    past: Iterable[Reached] = (),
    wishes: Iterable[Wish] = (),
    counts: Callable[[str], bool] = lambda _kind: True,
) -> Known:
    """What the rules look at. account: by which they would be told. counts: whether a kind counts."""
    work = somebody.work
    return Known(
        zone=zone_of(somebody, account),
        since=somebody.person.greeted_at,
        wishes=wishes_of(somebody.person, wishes),
        past=[Past(one.at, counts(one.kind), one.asks, one.answered) for one in past],
        country=work.country if work else "",
        days=read_days(work.days) if work else None,
        away=read_absences(work.away) if work else (),
        left=work.left if work else False,
        hushed=somebody.hushed,
    )
