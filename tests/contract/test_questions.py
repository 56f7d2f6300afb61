"""What the command line asks of the store, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import outbox, people
from storage.database import Store

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def promised(name: str, state: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name, "platform": "acme", "room": "C1", "lane": "acme:C1", "op": "post", "of": "", "reply_to": "",
        "batch": "", "kind": "answer", "reason": "", "language": "", "asks": False, "priority": 10, "body": "{}",
        "state": state, "tries": 0, "error": "", "due": NOW, "created_at": NOW, "external_id": "", "external_room": "",
        **more,
    }  # fmt: skip


async def test_what_is_in_hand_comes_before_what_is_next_and_what_is_over_is_left_out(store: Store) -> None:
    rows = [
        promised("later", "later"),
        promised("reminder", "todo", priority=40),
        promised("answer", "todo"),
        promised("soon", "todo", due=NOW + timedelta(minutes=1)),
        promised("now", "going"),
        *(promised(state, state) for state in ("sent", "dead", "cancelled", "dropped")),
    ]
    async with store.write() as session:
        for row in rows:
            await outbox.plan(session, row)
    async with store.read() as session:
        waiting = [row.name for row in await outbox.waiting(session, 10, ())]
        assert waiting == ["now", "answer", "reminder", "soon", "later"]
        assert len(await outbox.waiting(session, 2, ())) == 2


async def test_who_has_a_role_and_where_from_strangers_left_out(store: Store) -> None:
    async with store.write() as session:
        ana, zoe, guest = [await people.add(session, "acme", name, name, NOW) for name in ("ana", "zoe", "guest")]
        guest.kind = "guest"
        session.add(guest)
        await people.set_grants(session, "animator", "config", [ana.person_id, guest.person_id])
        await people.set_grants(session, "animator", "acme:room:C1", [ana.person_id, zoe.person_id])
        await people.set_grants(session, "admin", "config", [zoe.person_id])
    async with store.read() as session:
        holders = await people.holders(session, "animator")
        assert holders == {ana.person_id: ["acme:room:C1", "config"], zoe.person_id: ["acme:room:C1"]}
        assert await people.members(session) == 2
