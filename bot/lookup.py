"""From what a person typed or pressed to what answers it: one table, derived from what capabilities declare."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.chat import Command, Event, Joined, Left, Press, ProfileChanged
from bot.nudge import ChoiceSpec, CommandSpec, FormSpec, Handler, Nudge, Role

NEAR = 60
"""Of 100: how alike a typed command and a known one must be for the known one to be suggested."""


@dataclass(frozen=True, slots=True)
class Found:
    """What answers. id: the declared name, such as "community.approve". rest: what was typed after it.

    by, anyone, reads: as declared.
    """

    nudge: Nudge
    id: str
    handler: Handler
    by: frozenset[Role]
    rest: str = ""
    press: bool = False
    anyone: bool = False
    reads: bool = False


def fold(word: str) -> str:
    """A word as it is compared: without case or accents."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in bare if not unicodedata.combining(each))


class Lookup:
    """Every command, choice and form of the deployment."""

    def __init__(self, nudges: Sequence[Nudge]) -> None:
        """Raises ValueError when two capabilities declare the same name."""
        self.nudges = nudges
        self._typed: dict[tuple[str, ...], tuple[Nudge, CommandSpec | ChoiceSpec]] = {}
        self._choices: dict[str, tuple[Nudge, ChoiceSpec]] = {}
        self._forms: dict[str, tuple[Nudge, FormSpec]] = {}
        for nudge in nudges:
            self._learn(nudge)
        self._longest = max((len(path) for path in self._typed), default=1)

    def _learn(self, nudge: Nudge) -> None:
        for command in nudge.commands:
            for path in (command.path, *command.aliases):
                self._name(path, nudge, command)
        for action, choice in nudge.choices.items():
            if action in self._choices:
                raise ValueError(f"declared twice: {action}")
            self._choices[action] = (nudge, choice)
            own = tuple(action.split("."))
            if tuple(map(fold, own)) not in self._typed:  # typed, a command of that name comes first
                self._name(own, nudge, choice)
            for path in choice.aliases:
                self._name(path, nudge, choice)
        for id, form in nudge.forms.items():
            if id in self._forms:
                raise ValueError(f"declared twice: {id}")
            self._forms[id] = (nudge, form)

    def _name(self, path: tuple[str, ...], nudge: Nudge, spec: CommandSpec | ChoiceSpec) -> None:
        folded = tuple(map(fold, path))
        if folded in self._typed and self._typed[folded][1] is not spec:
            raise ValueError(f"declared twice: {' '.join(path)}")
        self._typed[folded] = (nudge, spec)

    def names(self) -> dict[str, str]:
        """How each action is typed in French, where it has a French name: the first of its other paths.

        A command is an action under any of its names: "parvis.help" is "parvis aide", as "parvis" is.
        """
        declared = {".".join(each.path): each.aliases for nudge in self.nudges for each in nudge.commands}
        declared = {action: choice.aliases for action, (_, choice) in self._choices.items()} | declared
        others = {".".join(path): paths for paths in declared.values() for path in paths}
        return {action: " ".join(paths[0]) for action, paths in (others | declared).items() if paths}

    def typed(self, text: str) -> Found | None:
        """What answers a line: the command or choice with the longest path that the line begins with."""
        pieces = text.split(None, self._longest)
        for length in range(min(self._longest, len(pieces)), 0, -1):
            known = self._typed.get(tuple(map(fold, pieces[:length])))
            if known is None:
                continue
            nudge, spec = known
            rest = text.split(None, length)[length].strip() if len(text.split(None, length)) > length else ""
            if isinstance(spec, ChoiceSpec):
                return Found(nudge, spec.action, spec.handler, spec.by, rest, press=True, anyone=spec.anyone)
            name = ".".join(spec.path)
            return Found(nudge, name, spec.handler, spec.by, rest, anyone=spec.anyone, reads=spec.reads)
        return None

    def choice(self, action: str) -> Found | None:
        """What answers a press."""
        known = self._choices.get(action)
        if known is None:
            return None
        nudge, spec = known
        return Found(nudge, action, spec.handler, spec.by, press=True, anyone=spec.anyone)

    def asked(self, event: Event) -> Found | None:
        """What answers a command or a press."""
        if isinstance(event, Press):
            # A command offered as a choice is pressed like one.
            offered = f"{event.action.replace('.', ' ')} {event.value}"
            return self.choice(event.action) or self.typed(offered)
        return self.typed(event.text) if isinstance(event, Command) else None

    def form(self, id: str) -> tuple[Nudge, FormSpec] | None:
        """What answers a filled form."""
        return self._forms.get(id)

    def listened_to(self, event: Event) -> bool:
        """Whether a capability hears of an event by itself."""
        return any(nudge.listeners.get(type(event)) for nudge in self.nudges)

    def added_up(self, event: Event) -> bool:
        """Whether a capability adds up events of its kind."""
        return any(type(event) in adding.kinds for nudge in self.nudges for adding in nudge.adding)

    def only_added_up(self, event: Event) -> bool:
        """Whether nothing else is done about it. Coming and going may change who has which role."""
        alone = isinstance(event, Joined | Left | ProfileChanged) or self.listened_to(event)
        return self.added_up(event) and not alone

    def suggest(self, text: str, roles: frozenset[Role]) -> str:
        """The command nearest to a line, among those these roles may use; "" when none is near."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - three megabytes, wanted at the first typing error

        said = " ".join(fold(text).split()[: self._longest])
        known = {" ".join(path): path for path, (_, spec) in self._typed.items() if spec.by & roles}
        best = process.extractOne(said, list(known), scorer=fuzz.ratio, score_cutoff=NEAR) if said else None
        return str(best[0]) if best else ""

    def commands(self, roles: frozenset[Role]) -> Iterator[tuple[Nudge, CommandSpec]]:
        """The commands these roles may use, in the order they were declared."""
        for nudge in self.nudges:
            for command in nudge.commands:
                if command.by & roles:
                    yield nudge, command

    def rights(self) -> dict[str, frozenset[Role]]:
        """Every declared name, with the roles entitled to it."""
        table: dict[str, frozenset[Role]] = {}
        for nudge in self.nudges:
            table |= {".".join(each.path): each.by for each in nudge.commands}
            table |= {action: each.by for action, each in nudge.choices.items()}
            table |= {f"form {id}": each.by for id, each in nudge.forms.items()}
        return dict(sorted(table.items()))

    def open_to_anyone(self) -> frozenset[str]:
        """The declared names that are also for those who have no role at all."""
        every = [(".".join(each.path), each.anyone) for nudge in self.nudges for each in nudge.commands]
        every += [(action, each.anyone) for nudge in self.nudges for action, each in nudge.choices.items()]
        return frozenset(name for name, anyone in every if anyone)


def as_told(event: Event, found: Found) -> Event:
    """The event as its handler receives it: a command without its path, a typed choice as the press it stands for."""
    if isinstance(event, Press) and not found.press:
        return _command(event, found.rest)
    if not isinstance(event, Command):
        return event
    if not found.press:
        return event.model_copy(update={"text": found.rest})
    return pressed(event, found.id, found.rest)


def pressed(command: Command, action: str, value: str) -> Press:
    """A command as the press that does the same."""
    told = command.model_dump(include={"key", "platform", "by", "room", "at", "direct", "handle"})
    return Press(**told, action=action, value=value)


def _command(press: Press, text: str) -> Command:
    """A command that was offered as a choice, as if it had been typed."""
    told = press.model_dump(include={"key", "platform", "by", "room", "at", "direct", "handle"})
    return Command(**told, text=text)


def options(rest: str, flags: Iterable[str], values: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Split "Gardening --purpose seeds and advice --private" into the free words and the options.

    flags: options without a value; values: options with one, which runs to the next option. Quotes around a value are
    dropped. Unknown options stay in the free words. Returns (free words, option -> text).
    """
    flag_set, value_set = set(flags), set(values)
    free: list[str] = []
    found: dict[str, list[str]] = {}
    current: list[str] = free
    for word in rest.replace("\u2014", "--").split():
        name = fold(word[2:]) if word.startswith("--") else ""
        if name in flag_set:
            found[name], current = ["yes"], free
        elif name in value_set:
            current = found.setdefault(name, [])
        else:
            current.append(word)
    return _unquote(free), {name: _unquote(words) for name, words in found.items()}


def account_id(word: str) -> str:
    """An account as people type it, as its platform calls it: "@U123" is U123; a Matrix id keeps its mark."""
    return word if ":" in word else word.removeprefix("@")


def account_ids(text: str) -> list[str]:
    """The accounts named in a text, separated by spaces or commas, each once."""
    return list(dict.fromkeys(account_id(each) for each in text.replace(",", " ").split()))


def _unquote(words: list[str]) -> str:
    return " ".join(words).strip("\"'\u201c\u201d\u00ab\u00bb\u00a0 ")
