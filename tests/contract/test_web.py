"""The private listener, asked over a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.config import Listener
from bot.web import Metrics, Waiting, Web, listener, waiting
from storage import events, outbox
from storage.database import Store, StoreUnavailable

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FREE = Listener(host="127.0.0.1", port=0)


class Parts:
    """What is well, changed by the test."""

    def __init__(self, **parts: bool) -> None:
        self.well = {name.replace("_", " "): is_well for name, is_well in parts.items()}

    async def __call__(self) -> dict[str, bool]:
        return self.well


@asynccontextmanager
async def asked(web: Web) -> AsyncIterator[ClientSession]:
    await web.start()
    try:
        async with ClientSession(f"http://127.0.0.1:{web.port}") as client:
            yield client
    finally:
        await web.stop()


async def numbers(client: ClientSession) -> dict[str, float]:
    """Sample -> value: 'parvis_events_total{kind="command",outcome="handled"}' -> 1.0."""
    async with client.get("/metrics") as answer:
        assert answer.status == 200
        families = text_string_to_metric_families(await answer.text())
    found = {}
    for sample in (sample for family in families for sample in family.samples):
        labels = ",".join(f'{key}="{value}"' for key, value in sorted(sample.labels.items()))
        found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


async def test_who_is_alive_says_so() -> None:
    async with asked(Web(FREE, Parts(store=False), Metrics())) as client, client.get("/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"alive": True})


async def test_ready_when_all_is_well_and_otherwise_saying_what_is_not() -> None:
    parts = Parts(store=True, platform_acme=True)
    async with asked(Web(FREE, parts, Metrics())) as client:
        async with client.get("/readyz") as answer:
            assert answer.status == 200
            assert (await answer.json())["ready"] is True
        parts.well["platform acme"] = False
        async with client.get("/readyz") as answer:
            assert answer.status == 503
            told = await answer.json()
    assert (told["ready"], told["not_ready"]) == (False, ["platform acme"])
    assert told["parts"]["store"] is True


async def test_no_answer_in_time_is_not_ready() -> None:
    async def never() -> dict[str, bool]:
        raise TimeoutError

    async with asked(Web(FREE, never, Metrics())) as client, client.get("/readyz") as answer:
        assert answer.status == 503
    assert listener.ASKED < 5


async def test_nothing_else_is_there() -> None:
    async with asked(Web(FREE, Parts(store=True), Metrics())) as client:
        for path in ("/", "/metrics/x", "/slack/events"):
            async with client.get(path) as answer:
                assert answer.status == 404
        async with client.post("/readyz") as answer:
            assert answer.status == 405


async def test_a_port_that_is_taken_is_refused() -> None:
    first = Web(FREE, Parts(store=True), Metrics())
    await first.start()
    second = Web(Listener(host="127.0.0.1", port=first.port), Parts(store=True), Metrics())
    with pytest.raises(OSError, match="address"):
        await second.start()
    assert second.port == 0
    await first.stop()
    await second.start()
    assert second.port
    await second.stop()


async def test_what_happens_is_counted() -> None:
    metrics = Metrics()
    metrics.event("command", "recorded")
    metrics.event("command", "handled")
    metrics.event("press", "parked")
    metrics.observe("acme", "sent")
    metrics.observe("acme", "sent")
    metrics.observe("home", "dead")
    with pytest.raises(KeyError), metrics.handling():
        raise KeyError
    metrics.took(0.3)
    async with asked(Web(FREE, Parts(store=True), metrics)) as client:
        found = await numbers(client)
    assert found['parvis_events_total{kind="command",outcome="handled"}'] == 1
    assert found['parvis_events_total{kind="press",outcome="parked"}'] == 1
    assert found['parvis_promises_total{outcome="sent",platform="acme"}'] == 2
    assert found['parvis_promises_total{outcome="dead",platform="home"}'] == 1
    assert found["parvis_handling_seconds_count"] == 2
    assert found['parvis_handling_seconds_bucket{le="0.25"}'] == 1


async def planned(store: Store, name: str, state: str) -> None:
    row = {
        "name": name, "platform": "acme", "room": "C1", "lane": "acme:C1", "op": "post", "of": "", "reply_to": "",
        "batch": "", "kind": "answer", "reason": "", "language": "", "asks": False, "priority": 10, "body": "{}",
        "state": state, "tries": 0, "error": "", "due": NOW, "created_at": NOW, "external_id": "", "external_room": "",
    }  # fmt: skip
    async with store.write() as session:
        assert await outbox.plan(session, row)


async def test_what_waits_is_read_from_the_store(store: Store) -> None:
    await planned(store, "one", "todo")
    await planned(store, "two", "dead")
    async with store.write() as session:
        row = {"platform": "acme", "kind": "command", "body": "{}", "due": NOW, "received_at": NOW}
        await events.record(session, [{**row, "key": "1"}, {**row, "key": "2"}])
        await events.record_parked(session, "acme", "3", "unreadable", NOW)
    async with asked(Web(FREE, Parts(store=True), Metrics(lambda: waiting(store)))) as client:
        found = await numbers(client)
        assert found['parvis_outbox_promises{platform="acme",state="todo"}'] == 1
        assert found["parvis_intake_backlog"] == 2
        assert found["parvis_events_parked_now"] == 1
        assert found["parvis_store_up"] == 1
        async with store.write() as session:
            assert await outbox.drop(session, "two")
            assert await outbox.cancel(session, name="one") == 1
        later = await numbers(client)
    assert 'parvis_outbox_promises{platform="acme",state="todo"}' not in later
    assert 'parvis_outbox_promises{platform="acme",state="dead"}' not in later


async def test_a_store_that_is_away_leaves_the_last_numbers() -> None:
    answers: list[Waiting | None] = [Waiting(events=7), None]

    async def read() -> Waiting:
        await asyncio.sleep(0)
        if (answer := answers.pop(0)) is None:
            raise StoreUnavailable("away")
        return answer

    async with asked(Web(FREE, Parts(store=True), Metrics(read))) as client:
        assert (await numbers(client))["parvis_store_up"] == 1
        found = await numbers(client)
    assert (found["parvis_store_up"], found["parvis_intake_backlog"]) == (0, 7)


async def test_no_label_names_a_person_or_a_room() -> None:
    metrics = Metrics(lambda: asyncio.sleep(0, Waiting(promises={("acme", "todo"): 1})))
    metrics.event("command", "handled")
    metrics.observe("acme", "sent")
    await metrics.text()
    labels = {label for family in metrics.registry.collect() for sample in family.samples for label in sample.labels}
    assert labels <= {"kind", "outcome", "platform", "state", "le"}
