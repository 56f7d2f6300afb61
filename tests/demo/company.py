"""Who works in the company of the demo, and what the bot is told about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = "Europe/Paris"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
    Who("emma", "Emma"),
)
ANIMATORS = "animators"
COMMS = "communication"
WHO_DECIDES = ("alice", "arthur")
LEADER = "diane"
ADMIN = "arthur"
WRITER = "emma"
SPACE = "company"
SPACE_TITLE = "Our company"
# Who installed the bot, in any language: nobody of the story, who would read of themselves.
CONTACT = "Odile (communication)"


def reads(account: str, language: str) -> str:
    """The language somebody reads the bot in once the first scene is over. language: of the company.

    Whoever is the exception says so to the bot in the first scene.
    """
    return {"ana": "fr", "bob": "en"}.get(account, language)


ROSTER: Mapping[str, Sequence[tuple[str, str, str, str]]] = {
    "en": (
        ("ana", "Sales", "Account manager", "Lyon"),
        ("bob", "Sales", "Account manager", "London"),
        ("chloe", "Sales", "Sales assistant", "Lyon"),
        ("alice", "Sales", "Head of sales methods", "Paris"),
        ("arthur", "Sales", "Sales systems engineer", "Paris"),
        ("diane", "Management", "Managing director", "Paris"),
        ("emma", "Communication", "Communication officer", "Paris"),
    ),
    "fr": (
        ("ana", "Ventes", "Chargée de clientèle", "Lyon"),
        ("bob", "Ventes", "Chargé de clientèle", "Londres"),
        ("chloe", "Ventes", "Assistante commerciale", "Lyon"),
        ("alice", "Ventes", "Responsable des méthodes de vente", "Paris"),
        ("arthur", "Ventes", "Ingénieur des outils de vente", "Paris"),
        ("diane", "Direction", "Directrice générale", "Paris"),
        ("emma", "Communication", "Chargée de communication", "Paris"),
    ),
}
"""The company's own list of its people: account, department, job, location."""

NAMED = 5
"""Of the department that is large enough to be named in a preview."""


def roster(platform: str, ids: Mapping[str, str], language: str) -> str:
    """That list as a file that `parvis people import` reads. platform, ids: as `settings`."""
    names = {each.account: each.name for each in PEOPLE}
    lines = [f"key,name,department,job,location,account {platform}"]
    for number, (account, department, job, location) in enumerate(ROSTER[language], 1):
        lines.append(f"{number},{names[account]},{department},{job},{location},{ids[account]}")
    return "\n".join([*lines, ""])


def _days(now: datetime) -> list[str]:
    """The usual days, and those of the story: the one on which it is watched, and the next."""
    told = {WEEK[(now + timedelta(hours=more)).weekday()] for more in (0, 2, 24, 26)}
    return [*WEEK[:5], *sorted(told - {*WEEK[:5]})]


def settings(platform: str, ids: Mapping[str, str], rooms: Mapping[str, str], language: str) -> dict[str, Any]:
    """The bot's settings, but for the platform's own table.

    platform: its configured name. ids: account -> its id there. rooms: ANIMATORS, COMMS -> its id there.
    """

    def those(*accounts: str) -> list[str]:
        return [f"{platform}:{ids[account]}" for account in accounts]

    def there(room: str) -> list[dict[str, str]]:
        return [{"platform": platform, "room": rooms[room], "language": language}]

    return {
        "parvis": {"contact": CONTACT, "zone": ZONE, "default_language": language},
        # All day, and today: a demo is also watched in the evening and on Sundays, and what Parvis says unasked
        # waits for working hours. A real company leaves this as it is.
        "working_time": {
            "start": "00:00",
            "end": "23:59",
            "days": _days(datetime.now(ZoneInfo(ZONE))),
        },
        # Reminders at once, for all of them: a real company lets people settle in, and begins with a few of them.
        "profiles": {"first_after_days": 0, "first_within_days": 0},
        "nudging": {"first_wave_percent": 100},
        # Everybody uses this chat already. Two of the seven get an announcement first; elsewhere that begins at forty.
        "launch": {"signed_in": "listed", "wave_from": len(PEOPLE), "first_wave": 20},
        "roles": {
            "animator": those(*WHO_DECIDES),
            "comms": those(WRITER),
            "leader": those(LEADER),
            "admin": those(ADMIN),
        },
        "rooms": {"animator": there(ANIMATORS), "comms": there(COMMS)},
    }
