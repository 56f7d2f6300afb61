"""What each table holds about people, why and until when, and what erasure does with it.

A test (`tests/contract/test_held.py`) fails for a table, a column that points to a person or an account, or a column of
texts, about which nothing is said here: what is added later cannot be forgotten. The words for people are in the
catalogs: `held-TABLE` with `.why`, `.until` and `.erasure`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, LargeBinary, String, Table, TypeDecorator, false, or_, select

from storage.people import NOBODY
from storage.tables import METADATA

Erasure = Literal["delete", "blank", "count", "keep"]
Group = Literal["who", "chosen", "asked", "communities", "sent", "trail", "technical"]


@dataclass(frozen=True, slots=True)
class Held:
    """What one table holds about people.

    group: under which heading it is shown. clock: how long, as a setting that counts days ("retention.contacts"), or
    "person": as long as they have an account here. whose: the columns that say whose row it is. via: (column, table):
    the row is theirs whose row of that table it belongs to. beside: columns that point to people whose row it is not.
    named: a column with "person:12", and what stands before the number. lane: a column with "PLATFORM:ACCOUNT".
    mentions: columns of other people's rows, or of nobody's, in which the id of an account may stand.
    personal: the columns that say something about somebody; plain: columns of texts that do not (codes, numbers).
    erasure: "delete" the rows; "blank": they stay, with `blank` in these columns; "count": they become numbers; "keep".
    objection: an objection deletes the rows as well. private: columns that nobody else may see, an administrator who
    answers a request neither; ("*",) for all of them.
    """

    group: Group
    clock: str
    erasure: Erasure
    whose: tuple[str, ...] = ()
    via: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()
    named: tuple[str, str] | None = None
    lane: str = ""
    mentions: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    blank: Mapping[str, Any] = field(default_factory=dict)
    objection: bool = False
    private: tuple[str, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether its rows are about somebody whom it can tell."""
        return bool(self.whose or self.via or self.named or self.lane)


PERSON = "person"
"""The clock of what lasts as long as a person has an account here; then, `retention.gone` days later, it is erased."""

HELD: dict[str, Held] = {
    # ------------------------------------------------------------ who somebody is
    "person": Held(
        "who", PERSON, "blank", private=("stopped_at", "objected_at"),
        whose=("id",), beside=("joined_to",), personal=("name", "language", "zone", "told_on"),
        blank={
            "name": NOBODY, "language": "", "zone": "", "told_on": "", "greeted_at": None, "objected_at": None,
        },
    ),
    "account": Held(
        "who", PERSON, "delete", private=("work",),
        whose=("person_id",), plain=("kind", "platform"),
        personal=("external_id", "name", "called", "language", "zone", "work", "email", "direct_room"),
    ),
    "role_grant": Held(
        "who", PERSON, "delete", whose=("person_id",), personal=("role", "source"),
    ),
    "roster": Held(
        "who", "retention.left", "delete",
        whose=("person_id",), plain=("source", "state"),
        personal=(
            "key", "email", "name", "department", "job", "manager", "language", "zone", "country", "days", "away",
            "accounts", "more",
        ),
    ),
    "roster_account": Held(
        "who", "retention.left", "delete",
        via=(("entry_id", "roster"),), personal=("external_id",), plain=("platform",),
    ),
    "roster_pushed": Held(
        "who", "retention.left", "delete",
        via=(("entry_id", "roster"),), personal=("user_name", "external_id", "body"), plain=("scim",),
    ),
    "person_apart": Held("who", PERSON, "delete", whose=("one_id", "other_id")),
    "person_join": Held("who", PERSON, "delete", private=("stopped_at",), whose=("kept_id", "gone_id")),
    "person_join_trace": Held(
        "who", PERSON, "delete", private=("*",),
        via=(("join_id", "person_join"),), personal=("before", "after", "where"), plain=("what", "noun", "field"),
    ),
    "join_code": Held(
        "who", "codes", "delete",
        whose=("account_id", "by_id"), plain=("hint", "salt", "digest", "state"),
    ),
    "join_try": Held("who", "codes", "delete", whose=("account_id",)),
    # ------------------------------------------------------------ what they chose
    "wish": Held("chosen", PERSON, "delete", private=("*",), whose=("person_id",), personal=("kind",)),
    "hush": Held("sent", PERSON, "keep"),
    "unasked": Held(
        "sent", PERSON, "keep", beside=("informed_by", "confirmed_by"),
        plain=("informed_on", "informed_how", "informed_before", "shown_kinds", "seed"),
    ),
    "unasked_kind": Held("sent", PERSON, "keep", beside=("by_id",), plain=("kind", "stage")),
    "profile_own": Held(
        "who", PERSON, "delete", private=("*",),
        whose=("person_id",), personal=("field", "value", "before"), plain=("state",), objection=True,
    ),
    "profile_reading": Held(
        "who", PERSON, "delete", private=("*",),
        whose=("account_id",), personal=("listed", "details"), objection=True,
    ),
    "profile_reminder": Held(
        "sent", PERSON, "delete", private=("*",), objection=True,
        whose=("person_id",), personal=("asked", "over", "field"),
    ),
    "profile_place": Held("technical", PERSON, "keep", plain=("platform", "name")),
    # ------------------------------------------------------------ what is told of groups
    "figure_member": Held(
        # What is told contains their state.
        "who", PERSON, "blank", private=("*",), whose=("person_id",), blank={"person_id": None},
    ),
    "figure_base": Held("technical", PERSON, "keep", plain=("subject", "measure", "grp", "state")),
    "figure": Held("technical", PERSON, "keep", plain=("subject", "measure", "grp")),
    # ------------------------------------------------------------ what is counted
    "pulse_presence": Held(
        "communities", "pulse.presence_days", "delete", private=("*",), whose=("person_id",), objection=True,
    ),
    "pulse_activation": Held("communities", PERSON, "delete", private=("*",), whose=("person_id",), objection=True),
    "pulse_member": Held("communities", PERSON, "delete", whose=("person_id",)),
    "pulse_count": Held("communities", PERSON, "keep"),
    "pulse_day": Held("communities", PERSON, "keep", plain=("why", "untold", "shown", "phase", "objective")),
    "pulse_population": Held("communities", PERSON, "keep", plain=("department",)),
    "pulse_room": Held("technical", PERSON, "keep"),
    "pulse_heard": Held("technical", PERSON, "keep", plain=("platform",)),
    "pulse_gap": Held("technical", PERSON, "keep", plain=("platform", "why")),
    "pulse_backfill": Held("technical", PERSON, "keep", plain=("kind", "state", "why", "position", "untold")),
    "pulse_imported": Held("technical", PERSON, "keep", plain=("tool", "measure")),
    "pulse_digest": Held("sent", PERSON, "delete", private=("*",), whose=("person_id",)),
    "launch_day": Held("communities", PERSON, "keep", plain=("told",)),
    "pulse_mark": Held("communities", PERSON, "keep", plain=("kind", "name")),
    # ------------------------------------------------------------ what they asked for and decided
    "request": Held(
        "asked", "communities.keep_days", "blank",
        whose=("requester_id",), beside=("assignee_id", "decided_by", "voided_of"),
        personal=("fields", "reason", "alternative", "override"),
        plain=("process", "platform", "language", "state", "reason_code", "escalated_to"),
        blank={"fields": "{}", "reason": "", "alternative": "", "override": "", "language": ""},
    ),
    "exchange": Held(
        "asked", "communities.keep_days", "blank",
        via=(("request_id", "request"),), beside=("asked_by",), personal=("question", "answer"),
        blank={"question": "", "answer": ""},
    ),
    "vote": Held(
        "asked", PERSON, "keep", whose=("person_id",), beside=("in_place_of",), personal=("verdict",),
    ),
    "deputy": Held(
        "asked", PERSON, "delete", whose=("person_id", "deputy_id"), personal=("process", "role"),
    ),
    "announcement": Held(
        "asked", PERSON, "keep", whose=("owner_id",), beside=("speaker_id", "urgent_id", "urgent_with_id"),
        personal=("audience", "thread", "live"),
        plain=("state", "local", "zone", "previewed", "platform", "room", "told", "step", "shown"),
    ),
    "announcement_version": Held(
        "asked", PERSON, "keep", whose=("by_id",), personal=("title", "text"),
    ),
    "question": Held(
        # Who asked without their name is known to the bot alone, and to themselves.
        "asked", "launch.question_days", "blank", private=("*",),
        whose=("asker_id",), beside=("leader_id", "draft_by_id"),
        personal=("text", "draft"), plain=("key", "state", "platform", "room", "thread"),
        blank={"asker_id": None, "text": "", "draft": ""},
    ),
    "question_place": Held("technical", "launch.question_days", "keep", plain=("platform", "room", "message")),
    "campaign": Held(
        "asked", PERSON, "keep", whose=("owner_id",), personal=("name",), plain=("called", "zone", "phase", "held"),
    ),
    "campaign_line": Held("asked", PERSON, "keep", plain=("key", "media", "after")),
    "newcomer": Held("sent", PERSON, "delete", private=("*",), whose=("person_id",), objection=True),
    "mandate": Held(
        "asked", PERSON, "delete", whose=("person_id", "holder_id"), personal=("process",), plain=("stage",),
    ),
    "card": Held(
        "asked", PERSON, "delete", named=("room", "person:"), personal=("room",),
        plain=("platform", "language", "promise"),
    ),
    "dialogue": Held(
        "asked", "retention.dialogues", "delete",
        whose=("person_id",), personal=("form", "answers"), plain=("platform", "state"),
    ),
    # ------------------------------------------------------------ communities
    "membership": Held("communities", PERSON, "delete", whose=("person_id",), personal=("role",),),
    "community_change": Held(
        "communities", PERSON, "keep",
        whose=("person_id",), mentions=("detail",), personal=("detail",), plain=("kind", "state", "error"),
    ),
    "community": Held(
        "communities", "communities.keep_days", "keep",
        plain=(
            "platform", "room", "name", "slug", "purpose", "work", "kind", "visibility", "reason", "objective",
            "language", "state", "error", "shown",
        ),
    ),
    "stray": Held("communities", PERSON, "keep", plain=("platform", "room", "name", "state")),
    # ------------------------------------------------------------ what was sent
    # What was sent, was not, or was answered tells what somebody chose, and whether they respond.
    "contact": Held(
        "sent", "retention.contacts", "count", private=("*",),
        whose=("person_id",), personal=("promise",), plain=("kind", "platform"),
    ),
    "contact_count": Held("sent", PERSON, "keep", plain=("kind", "month")),
    "promise": Held(
        "sent", "retention.sent", "delete", private=("*",),
        whose=("person_id",), personal=("body", "external_id", "external_room", "lane", "room"),
        plain=(
            "name", "platform", "op", "of", "reply_to", "batch", "kind", "reason", "language", "state", "error",
            "media",
        ),
    ),
    "attempt": Held(
        "sent", "retention.sent", "delete", private=("*",),
        via=(("promise_id", "promise"),), personal=("external_id",), plain=("platform", "outcome"),
    ),
    # ------------------------------------------------------------ the trail
    "audit_text": Held(
        "trail", "retention.trail", "delete", whose=("person_id",), personal=("text",), plain=("digest", "salt"),
    ),
    "audit_entry": Held(
        "trail", PERSON, "keep", plain=("actor", "action", "subject", "before", "after", "reason", "mac"),
    ),
    # ------------------------------------------------------------ what the machine needs
    "event": Held(
        "technical", "retention.handled", "delete", private=("*",), lane="lane_person", mentions=("key", "body"),
        personal=("key", "lane_person", "lane_room", "body"), plain=("platform", "kind", "state", "error", "process"),
    ),
    "sequence": Held(
        "technical", "retention.unhandled", "keep", mentions=("state",),
        personal=("state",), plain=("kind", "name", "platform", "phase", "error"),
    ),
    "kept": Held(
        "technical", PERSON, "keep", mentions=("key",), personal=("key", "value"), plain=("platform",),
    ),
    "visit": Held(
        "technical", "retention.visits", "delete", private=("token", "number"),
        whose=("person_id",), personal=("token", "number"), plain=("to",),
    ),
    "act": Held(
        "technical", "retention.visits", "delete", private=("number",),
        whose=("person_id",), personal=("of", "number"), plain=("act",),
    ),
    "erased": Held("technical", PERSON, "keep", plain=("digest",)),
    "duty": Held("technical", PERSON, "keep", plain=("name", "holder", "locked")),
    "once": Held("technical", "retention.sent", "keep", plain=("name",)),
    "position": Held("technical", PERSON, "keep", plain=("platform", "value")),
}  # fmt: skip
"""Every table there is, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Whom:
    """One human being, as rows know them. people: numbers; one who turned out to be another has several.

    accounts: (platform, external id), those that are known. lines: of the roster, of who is known by nothing else.
    """

    people: frozenset[int]
    accounts: tuple[tuple[str, str], ...] = ()
    lines: frozenset[int] = frozenset()


def theirs(table: Table, whom: Whom) -> ColumnElement[bool]:
    """The condition for rows of a table that are about somebody."""
    held = HELD[table.name]
    found: list[ColumnElement[bool]] = []
    for name in held.whose:
        column = table.c[name]
        if points_to(column) == "account":
            accounts = METADATA.tables["account"]
            found.append(column.in_(select(accounts.c.id).where(accounts.c.person_id.in_(whom.people))))
        else:
            found.append(column.in_(whom.people))
    for name, parent in held.via:
        rows = METADATA.tables[parent]
        found.append(table.c[name].in_(select(rows.c.id).where(theirs(rows, whom))))
    if table.name == "roster" and whom.lines:
        found.append(table.c.id.in_(whom.lines))
    if held.named:
        name, before = held.named
        found.append(table.c[name].in_([f"{before}{each}" for each in sorted(whom.people)]))
    if held.lane:
        found.append(table.c[held.lane].in_([f"{platform}:{external}" for platform, external in whom.accounts]))
    return or_(*found) if found else false()


def points_to(column: Column[Any]) -> str:
    """The table of people or of accounts that a column points to; "" for none of them."""
    targets = {key.column.table.name for key in column.foreign_keys} & {"person", "account"}
    return next(iter(targets), "")


def _stored(column: Column[Any]) -> Any:
    """The type of a column as the database has it."""
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def undeclared(tables: Mapping[str, Table]) -> Iterator[str]:
    """What is said of no table, or of no column that points to people or holds texts; and what is said in vain."""
    for name, table in tables.items():
        held = HELD.get(name)
        if held is None:
            yield f"{name}: nothing is said of this table"
            continue
        about = {*held.whose, *held.beside, *(column for column, _ in held.via)}
        texts = {*held.personal, *held.plain, *held.mentions, *((held.named[0],) if held.named else ())}
        for column in table.columns:
            if points_to(column) and column.name not in about:
                yield f"{name}.{column.name} points to a person or an account"
            named = column.name.endswith(("person_id", "account_id", "external_id"))
            if named and column.name not in about | texts:
                yield f"{name}.{column.name} names a person or an account"
            if isinstance(_stored(column), String | LargeBinary) and column.name not in about | texts:
                yield f"{name}.{column.name} holds texts"
        for said in sorted((about | texts | set(held.blank)) - set(table.columns.keys())):
            yield f"{name}.{said} is no column"
    for name in sorted(set(HELD) - set(tables)):
        yield f"{name} is no table"
