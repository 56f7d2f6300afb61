"""What the raw events of a room mean: decrypted where they are encrypted, with what the bot itself offered before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from adapters.matrix import cards, inbound
from adapters.matrix.calls import Calls
from adapters.matrix.cards import Offer
from adapters.matrix.inbound import Place, UnreadableError
from adapters.matrix.patience import Patience
from adapters.matrix.secrecy import ENCRYPTED, Secrecy
from bot.chat import Door, Event, Left, PlatformError, ProfileChanged

Json = dict[str, Any]

FOREIGN_KEPT = 5_000  # ids of events that are not the bot's, so that reactions to them are looked up once


class Meaning:
    """Reads events."""

    def __init__(self, name: str, calls: Calls, secrecy: Secrecy, patience: Patience) -> None:
        """name: of the platform."""
        self._name = name
        self._calls = calls
        self._secrecy = secrecy
        self._patiently = patience
        self._foreign: OrderedDict[str, None] = OrderedDict()

    async def of(self, raws: Sequence[Json], place: Place, door: Door, *, released: bool = False) -> list[Event]:
        """What events of one room mean, in their order; what cannot be read is parked.

        released: they were waited for, and come as they are now.
        """
        heard: list[Event] = []
        for raw in raws:
            mine = released or raw.get("sender") == place.me
            plain = raw if mine else self._secrecy.read(raw, place.room)
            event = await self._understood(door, plain, place) if plain else None
            if event is not None:
                heard.append(event)
            if isinstance(event, Left) and raw.get("sender") == event.by:
                heard.append(_perhaps_gone(event))
        return heard

    async def _understood(self, door: Door, raw: Json, place: Place) -> Event | None:
        try:
            on = inbound.wanted(raw, place)
            event = inbound.read(raw, place, await self._offers(place.room, on) if on else ())
        except UnreadableError as error:
            reason = error.reason
        except ValidationError as error:
            reason = "invalid:" + ",".join(str(one["loc"][-1]) for one in error.errors() if one["loc"])
        # What an event that is not as specified raises: whoever wrote it must not end the sync.
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
            reason = f"{type(error).__name__}:{raw.get('type')}"[:120]
        else:
            if event and raw.get("type") == ENCRYPTED and (self._secrecy.on or place.direct):
                await self._parked(door, f"{event.key}:encrypted", f"{ENCRYPTED}:undecryptable")
            return event
        await self._parked(door, str(raw.get("event_id", "")), reason)
        return None

    async def _parked(self, door: Door, key: str, reason: str) -> None:
        await self._patiently(lambda: door.park(self._name, key[:255], reason))

    async def _offers(self, room: str, event: str) -> tuple[Offer, ...]:
        """What an event offers now, asked from the server each time: a card may have been frozen since."""
        if event in self._foreign:
            return ()
        try:
            found = await self._patiently(lambda: self._calls.event(room, event))
        except PlatformError:
            return ()
        offered = cards.offered(self._secrecy.opened(found, room), self._calls.me, room)
        if offered is None:
            self._foreign[event] = None
            if len(self._foreign) > FOREIGN_KEPT:
                self._foreign.popitem(last=False)
        return offered or ()


def _perhaps_gone(left: Left) -> ProfileChanged:
    """Whoever leaves a room may leave them all, which is how an account is closed: the last of them tells."""
    return ProfileChanged(key=f"profile:{left.key}"[:255], platform=left.platform, by=left.by, at=left.at)
