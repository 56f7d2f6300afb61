"""How a person answers a form that is asked line by line: the same on every platform without forms.

They know which question is asked by its words, read from the catalogs of the bot as any reader would learn them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

from tests.humans import eventually

ROOT = Path(__file__).parents[2]
_NUMBERED = re.compile(r"^(\d+)\. (.*?)\s*:")
_LISTED = re.compile(r"^\d+\. ")


@dataclass(frozen=True)
class Page:
    """What the bot asks now. field: the question's; "" on a review. numbers: field -> its number on a review."""

    text: str
    field: str
    numbers: Mapping[str, str]


@cache
def learnt() -> tuple[Mapping[str, str], Sequence[str], Sequence[str]]:
    """What people know forms by, in every language; read once, it takes a third of a second.

    The label of every field -> the field's name; the sentences that say how to answer, by which a question is told from
    any other message; and how the line begins that names what was left out.
    """
    labels: dict[str, str] = {}
    hows: list[str] = []
    empties: list[str] = []
    for path in (*ROOT.glob("bot/locales/*.ftl"), *ROOT.glob("nudges/*/locales/*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if not isinstance(entry, ast.Message):
                continue
            if entry.id.name.startswith("field-"):
                label = _text(next((each.value for each in entry.attributes if each.id.name == "label"), None))
                labels[label] = entry.id.name.rsplit("-", 1)[1]
            elif entry.id.name in {"dialogue-how", "dialogue-how-optional", "dialogue-review-how"}:
                hows.append(_text(entry.value))
            elif entry.id.name == "dialogue-review-empty" and entry.value:
                first = ast.Pattern(entry.value.elements[:1])  # before the names
                empties.append(_text(first))
    return {label: name for label, name in labels.items() if label}, hows, empties


def _text(pattern: ast.Pattern | None) -> str:
    pieces = pattern.elements if pattern else []
    return _even("".join(str(piece.value) for piece in pieces if isinstance(piece, ast.TextElement)))


def _even(text: str) -> str:
    """Text without what the eye does not see: marks of direction, kinds of spaces."""
    return re.sub("[\u00a0\u202f]", " ", re.sub("[\u2066-\u2069]", "", text)).strip()


class Lines:
    """One person's side of exchanges in their direct room."""

    def __init__(
        self,
        say: Callable[[str], Awaitable[None]],
        heard: Callable[[bool], Awaitable[list[str]]],
        settled: Callable[[], Awaitable[None]],
    ) -> None:
        """say: writes in the direct room. heard: every message of the bot there so far, in order, one string each; told
        True, it waits a little for something new where looking costs much.

        settled: waits until nothing is under way: something else may be said between a line and its answer.
        """
        self._say = say
        self._heard = heard
        self._settled = settled
        self._labels, self._hows, self._empties = learnt()
        self._done = 0  # how many messages had been heard when the last exchange ended
        self._reviewed = False
        self._last = ""

    async def page(self) -> Page | None:
        """What is asked now, or None when the last thing said is no question of a form."""
        return self._latest((await self._heard(False))[self._done :])

    async def fills(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Answer until the form is accepted, a next page comes, or something is wrong (as `Human.fills`)."""
        page = await self._asked()
        if not page.field:
            return await self._review(page, fields)
        while page.field:
            answered = page.field
            following = await self._answer(fields.get(answered, "-"))
            if following is None:
                return {}
            wrong = self._wrong(page, following, answered, fields)
            if wrong:
                return wrong
            page = following
        return await self._review(page, {}) if self._reviewed else {}

    async def accepts(self) -> dict[str, str]:
        """Send the review as it is."""
        return await self._review(await self._asked(), {})

    async def closes(self) -> None:
        """Cancel."""
        await self._asked()
        await self._answer("cancel")

    async def again(self) -> None:
        """Say the last line once more."""
        await self._say(self._last)

    async def _review(self, page: Page, fields: Mapping[str, str]) -> dict[str, str]:
        self._reviewed = True
        for name, value in fields.items():
            following = await self._answer(f"{page.numbers[name]} {value}")
            assert following is not None, f"the review was over after {name}"
            wrong = self._between(page, following)
            if following.field or wrong:
                return {following.field or name: wrong or following.text}
            page = following
        following = await self._answer("ok")
        if following is None or not following.field:
            return {}
        return {following.field: following.text}

    def _wrong(self, asked: Page, following: Page, answered: str, fields: Mapping[str, str]) -> dict[str, str]:
        """What the bot found wrong: it asks the same again, or one that was answered already."""
        if following.field == answered:
            return {answered: following.text}
        names = list(fields)
        again = following.field in names and answered in names and names.index(following.field) < names.index(answered)
        return {following.field: following.text} if again else {}

    async def _asked(self) -> Page:
        found = [page] if (page := await self.page()) else []

        async def there() -> bool:
            if not found and (page := self._latest((await self._heard(True))[self._done :])):
                found.append(page)
            return bool(found)

        await eventually(there, "no form is asked in the direct room")
        return found[0]

    async def _answer(self, text: str) -> Page | None:
        """Say a line and return what is asked then; None when the exchange is over."""
        before, self._last = len(await self._heard(False)), text
        heard: list[str] = []

        async def more() -> bool:
            heard[:] = await self._heard(True)
            return len(heard) > before

        await self._say(text)
        await eventually(more, f"no answer to {text[:40]!r}")
        page = self._latest(heard[before:])
        if page is None:
            await self._settled()
            heard = await self._heard(False)
            page = self._latest(heard[before:])
        if page is None:
            self._done, self._reviewed = len(heard), False
        return page

    def _latest(self, heard: list[str]) -> Page | None:
        """The last page among what was heard."""
        pages = [self._read(text) for text in heard]
        return next((page for page in reversed(pages) if page), None)

    def _read(self, text: str) -> Page | None:
        lines = [_even(line) for line in text.splitlines()]
        if not any(how in line for line in lines for how in self._hows):
            return None
        numbers = {
            self._labels[found[2]]: found[1]
            for line in lines
            if (found := _NUMBERED.match(line)) and found[2] in self._labels
        }
        for line in filter(self._left_out, lines):
            listed = ((label, re.search(rf"\b(\d+) {re.escape(label)}(?=[,. ])", line)) for label in self._labels)
            numbers |= {self._labels[label]: found[1] for label, found in listed if found}
        if numbers:
            return Page(text, "", numbers)
        # A label that ends in a colon names what its form is about: "Your profile: what you do".
        asked = [
            label
            for line in lines
            for label in self._labels
            if line.endswith(label) or (label.endswith(":") and label in line)
        ]
        return Page(text, self._labels[max(asked, key=len)], {}) if asked else None

    def _left_out(self, line: str) -> bool:
        return line.startswith(tuple(self._empties))

    def _between(self, before: Page, after: Page) -> str:
        """What a review says after a correction that it did not say before, other than what stands in it."""
        known = set(before.text.splitlines())
        said = [line for line in after.text.splitlines() if line not in known and not _LISTED.match(line)]
        return "\n".join(line for line in said if not self._left_out(_even(line)))
