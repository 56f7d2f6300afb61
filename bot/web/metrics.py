"""What is counted, for Prometheus. No person and no room is a label: numbers tell of the bot, not of people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.nudge import Gauged
from storage import events, outbox
from storage.database import Store, StoreUnavailable

log = structlog.get_logger("metrics")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the database says of the work to do. promises: (platform, state) -> how many, as `storage.outbox.status`."""

    events: int = 0
    parked: int = 0
    promises: Mapping[tuple[str, str], int] = field(default_factory=dict)


async def waiting(store: Store, asked: Collection[str] = ()) -> Waiting:
    """Ask the database. asked: kinds that are not said unasked. Raises StoreUnavailable."""
    async with store.read() as session:
        return Waiting(
            events=await events.backlog(session),
            parked=await events.parked_count(session),
            promises=await outbox.status(session, asked),
        )


class _Shown(Collector):
    """What capabilities show, as it was when last asked for."""

    def __init__(self) -> None:
        self.numbers: Sequence[Gauged] = ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """As Prometheus' library asks for it."""
        families: dict[str, GaugeMetricFamily] = {}
        for each in self.numbers:
            if each.name not in families:
                families[each.name] = GaugeMetricFamily(f"parvis_{each.name}", each.about, labels=list(each.labels))
            families[each.name].add_metric(list(each.labels.values()), each.value)
        yield from families.values()


class Metrics:
    """Counters of this process, and gauges read when they are asked for."""

    def __init__(self, read: Callable[[], Awaitable[Waiting]] | None = None) -> None:
        """read: asks what waits, each time the numbers are read; None leaves those out."""
        self._read = read
        self._more: Callable[[], Awaitable[Sequence[Gauged]]] | None = None
        self._shown = _Shown()
        self.registry = CollectorRegistry()
        self.registry.register(self._shown)
        self._events = Counter(
            "parvis_events", "Events, by kind and by what became of them.", ["kind", "outcome"], registry=self.registry
        )
        self._promises = Counter(
            "parvis_promises",
            "Calls made to keep promises, without what people are told unasked.",
            ["platform", "outcome"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "parvis_handling_seconds",
            "From taking up an event to its commit.",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._up = Gauge("parvis_store_up", "Whether the database answered when last asked.", registry=self.registry)
        self._backlog = Gauge("parvis_intake_backlog", "Events recorded and not handled yet.", registry=self.registry)
        self._parked = Gauge(
            "parvis_events_parked_now", "Events set aside, which wait for an administrator.", registry=self.registry
        )
        self._outbox = Gauge(
            "parvis_outbox_promises",
            "Promises not kept, by state, without what people are told unasked (dead: one for each kind).",
            ["platform", "state"],
            registry=self.registry,
        )

    def shows(self, read: Callable[[], Awaitable[Sequence[Gauged]]]) -> None:
        """Let capabilities show numbers too. read: asks for them, each time the numbers are read."""
        self._more = read

    def observe(self, platform: str, outcome: str) -> None:
        """A call was made. outcome: "sent", "retry", "dead", "later"; as `bot.outbox.Outbox` tells it."""
        self._promises.labels(platform, outcome).inc()

    def event(self, kind: str, outcome: str) -> None:
        """Something happened to an event. outcome: "recorded", "handled", "parked"; as `bot.intake.Intake` tells it."""
        self._events.labels(kind, outcome).inc()

    def took(self, seconds: float) -> None:
        """An event was handled, well or not, in so many seconds."""
        self._seconds.observe(seconds)

    @contextmanager
    def handling(self) -> Iterator[None]:
        """Measure the handling of one event."""
        began = perf_counter()
        try:
            yield
        finally:
            self.took(perf_counter() - began)

    async def text(self) -> bytes:
        """All of it, as Prometheus reads it (text format 0.0.4)."""
        if self._read is not None:
            await self._ask(self._read)
        if self._more is not None:
            await self._ask_more(self._more)
        return generate_latest(self.registry)

    async def _ask_more(self, read: Callable[[], Awaitable[Sequence[Gauged]]]) -> None:
        try:
            self._shown.numbers = await read()
        except StoreUnavailable:
            return  # as below
        except Exception:  # what one capability cannot tell must not hide how the bot does
            log.exception("capabilities show no numbers")
            self._shown.numbers = ()

    async def _ask(self, read: Callable[[], Awaitable[Waiting]]) -> None:
        try:
            now = await read()
        except StoreUnavailable:
            self._up.set(0)  # the others keep what was true last
            return
        self._up.set(1)
        self._backlog.set(now.events)
        self._parked.set(now.parked)
        self._outbox.clear()  # a state that no promise is in any more must not keep its number
        for (platform, state), number in now.promises.items():
            self._outbox.labels(platform, state).set(number)
