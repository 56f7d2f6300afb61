"""Who works in the company of the demo, and what the bot is told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Who:
    """Someone of the company. account: as they sign in."""

    account: str
    name: str

    @property
    def password(self) -> str:
        """Of their account: it guards nothing, the server answers to this computer alone."""
        return f"{self.account}-demo"


PEOPLE = (
    Who("ana", "Ana"),
    Who("bob", "Bob"),
    Who("chloe", "Chloé"),
    Who("alice", "Alice"),
    Who("arthur", "Arthur"),
    Who("diane", "Diane"),
)
ANIMATORS = "animators"
WHO_DECIDES = ("alice", "arthur")
LEADER = "diane"
ADMIN = "arthur"
SPACE = "company"
SPACE_TITLE = "Our company"
# Who installed the bot, in any language: nobody of the story, who would read of themselves.
CONTACT = "Odile (communication)"


def reads(account: str, language: str) -> str:
    """The language somebody reads the bot in once the first scene is over. language: of the company.

    Whoever is the exception says so to the bot in the first scene.
    """
    return {"ana": "fr", "bob": "en"}.get(account, language)


def settings(platform: str, ids: Mapping[str, str], animators: str, language: str) -> dict[str, Any]:
    """The bot's settings, but for the platform's own table.

    platform: its configured name. ids: account -> its id there. animators: the id of their room.
    """

    def those(*accounts: str) -> list[str]:
        return [f"{platform}:{ids[account]}" for account in accounts]

    return {
        "parvis": {"contact": CONTACT, "zone": ZONE, "default_language": language},
        # All day, every day: a demo is also watched in the evening and on Sundays, and what Parvis says unasked
        # waits for working hours. A real company leaves this as it is.
        "working_time": {
            "start": "00:00",
            "end": "23:59",
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        },
        "roles": {"animator": those(*WHO_DECIDES), "leader": those(LEADER), "admin": those(ADMIN)},
        "rooms": {"animator": [{"platform": platform, "room": animators, "language": language}]},
    }
