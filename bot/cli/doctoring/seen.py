"""One thing that was found out, and how it is said: a sentence of what is so, one of what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat import Finding
from bot.cli.voice import Voice
from bot.nudge import Found
from bot.say import Arg, Line
from bot.words import slug

MARKS: Mapping[str, str] = {"fine": "✓", "closed": "✓", "warning": "!", "open": "!", "wrong": "✗", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is so. code, state: as `chat.Finding`; its words are `doctor-CODE-STATE`, and `.todo` of it.

    platform: "" where it concerns none. about: which one. name: how people know that. evidence: a code of how it is
    known. page: of the documentation about the platform. lines: a capability's own words, in the place of ours.
    """

    code: str
    state: str
    platform: str = ""
    about: str = ""
    evidence: str = ""
    name: str = ""
    page: str = ""
    lines: tuple[Line, ...] = field(default=())

    def says(self, voice: Voice) -> str:
        """What is so."""
        if self.lines:
            return voice(self.lines[0].id, **self.lines[0].args)
        return voice(self._id(voice), **self._args(voice))

    def todo(self, voice: Voice) -> str:
        """What to do; "" when nothing."""
        if self.lines:
            return voice(self.lines[1].id, **self.lines[1].args) if len(self.lines) > 1 else ""
        id = f"{self._id(voice)}.todo"
        return voice(id, **self._args(voice)) if voice.has(id) else ""

    def _id(self, voice: Voice) -> str:
        id = f"doctor-{slug(self.code)}-{self.state}"
        return id if voice.has(id) else "doctor-other"

    def _args(self, voice: Voice) -> dict[str, Arg]:
        known = f"doctor-known-by-{slug(self.evidence).replace('_', '-')}"
        return {
            "platform": self.platform,
            "about": self.about,
            "name": self.name or self.about,
            "count": next((int(each) for each in (self.about, self.name) if each.isdigit()), 0),
            "code": self.code,
            "state": self.state,
            "evidence": self.evidence,
            "page": self.page,
            "why": voice(known, about=self.about) if self.evidence and voice.has(known) else self.evidence,
        }

    def data(self, voice: Voice) -> dict[str, str]:
        """For scripts."""
        said = {"says": self.says(voice), "todo": self.todo(voice)}
        return {"code": self.code, "state": self.state, "platform": self.platform, "about": self.about,
                "evidence": self.evidence, **said}  # fmt: skip


def of_platform(platform: str, finding: Finding, names: Mapping[str, str], page: str) -> Seen:
    """A finding of a platform. names: setting -> the environment variable that holds it. page: as `Seen`."""
    name = names.get(finding.about, "")
    return Seen(finding.code, finding.state, platform, finding.about, finding.evidence, name, page)


def of_capability(id: str, found: Found) -> Seen:
    """A finding of a capability. id: the capability's."""
    lines = (found.what, found.todo) if found.todo else (found.what,)
    return Seen(id, found.state, lines=lines)
