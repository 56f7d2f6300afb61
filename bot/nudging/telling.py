"""The words of the release: where it stands, and what a preview shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.attention.ways import with_ways, words_of
from bot.nudging import rules
from bot.nudging.looking import Kind
from bot.nudging.preview import Named, Preview, Sample, first
from bot.nudging.standing import Standing
from bot.say import Arg, Line, Moment, Names, Pick, Say, Term, plain, say
from bot.words import Reader, Words, slug

_STAGES = {
    "": "nudging-stage-new",
    rules.CONFIRMED: "nudging-stage-confirmed",
    rules.WAVE: "nudging-stage-wave",
    rules.WAITS: "nudging-stage-waits",
    rules.ALL: "nudging-stage-all",
}
_NEXT = {
    "inform": ("nudging-next-inform", "nudge.informed"),
    "preview": ("nudging-next-preview", "nudge.preview"),
    "wave": ("nudging-next-wave", "nudge.wave"),
    "go": ("nudging-next-go", "nudge.go"),
}
STANDS = Pick(label="command-nudge", action="nudge")
LOOK = Pick(label="command-nudge-preview", action="nudge.preview")
GO = Pick(label="command-nudge-go", action="nudge.go", style="primary")
PAUSE = Pick(label="command-nudge-pause", action="nudge.pause")
UNHUSH = Pick(label="command-nudge-unhush", action="nudge.unhush")
RESUME = Pick(label="command-nudge-resume", action="nudge.resume", style="primary")


def day(iso: str) -> Moment:
    """A day of the calendar, the same for every reader."""
    return Moment(at=datetime.fromisoformat(iso).replace(tzinfo=UTC), style="day")


def called(kind: str) -> Term:
    """What a kind of contact is called."""
    return Term(term=words_of(kind))


def several(kinds: Sequence[Kind]) -> Names:
    """What some kinds are called."""
    return Names(names=tuple(called(each.spec.kind) for each in kinds))


def wave_sent() -> Say:
    """The first wave is out, and somebody has to say how it goes on."""
    return say("nudging-wave-sent", GO, PAUSE)


# ---------------------------------------------------------------- where it stands


def stands(standing: Standing, who: Mapping[int, str], hushed: datetime | None, *, informs: bool) -> Say:
    """Where it stands, and the next step as a choice. who: person -> what they are called. hushed: until when.

    informs: whoever reads it may record that staff were informed.
    """
    lines = [Line(id="nudging-title", kind="title"), *_informed(standing, who), *_confirmed(standing, who)]
    if hushed is not None:
        lines.append(Line(id="nudging-hushed", args={"until": Moment(at=hushed)}, kind="fact"))
    lines += [_kind(standing, each.spec.kind, is_hushed=hushed is not None) for each in standing.kinds]
    todo: str = standing.next
    if hushed is not None and todo not in {"inform", "preview"}:
        todo = "hushed"
    lines.append(Line(id=_NEXT[todo][0] if todo in _NEXT else f"nudging-next-{todo or 'nothing'}", kind="note"))
    theirs = todo in _NEXT and (informs or todo != "inform")
    picks = [_step(*_NEXT[todo])] if theirs else []
    picks += [LOOK] if todo != "preview" else []
    running = [each for each in standing.kinds if standing.is_open(each.spec.kind)]
    picks += [PAUSE] if running else []
    picks += [RESUME] if standing.paused else []
    picks += [UNHUSH] if hushed is not None else []
    return Say(lines=tuple(lines), choices=tuple(picks))


def _kind(standing: Standing, kind: str, *, is_hushed: bool) -> Line:
    """How far one kind is. Neither a pause nor a hush lets anything of it be sent, however far it is."""
    at = standing.stage(kind)
    stage = _STAGES[at]
    if standing.is_paused(kind):
        stage = "nudging-stage-paused"
    elif is_hushed and at in {rules.WAVE, rules.ALL}:
        stage = "nudging-stage-hushed"
    return Line(id="nudging-kind", args={"kind": called(kind), "stage": Term(term=stage)}, kind="item")


def _step(_words: str, action: str) -> Pick:
    return Pick(label=f"command-{slug(action)}", action=action, style="primary")


def _informed(standing: Standing, who: Mapping[int, str]) -> list[Line]:
    release = standing.release
    if not release.informed_on:
        return [Line(id="nudging-informed-not", kind="fact")]
    args: dict[str, Arg] = {"day": day(release.informed_on), "who": who.get(release.informed_by or 0, "")}
    lines = [Line(id="nudging-informed", args=args, kind="fact")]
    if release.informed_how:
        lines.append(Line(id="nudging-informed-how", args={"how": release.informed_how}, kind="fact"))
    return [*lines, *(_earlier("nudging-informed-earlier", *each) for each in standing.recorded)]


def _earlier(id: str, on: str, how: str) -> Line:
    return Line(id=id, args={"day": day(on), "how": how or "-"}, kind="fact")


def informed_again(standing: Standing) -> tuple[Line, ...]:
    """What a new record of how staff were informed would take the place of; nothing where there is none yet."""
    release = standing.release
    if not release.informed_on:
        return ()
    there = _earlier("nudging-informed-there", release.informed_on, release.informed_how)
    return (there, Line(id="nudging-informed-again"))


def _confirmed(standing: Standing, who: Mapping[int, str]) -> list[Line]:
    release = standing.release
    if release.confirmed_at is None:
        return [Line(id="nudging-confirmed-not", kind="fact")]
    args: dict[str, Arg] = {
        "at": Moment(at=release.confirmed_at),
        "who": who.get(release.confirmed_by or 0, ""),
        "people": release.confirmed_people,
    }
    return [Line(id="nudging-confirmed", args=args, kind="fact")]


# ---------------------------------------------------------------- the preview


def shown(preview: Preview, words: Words, reader: Reader, *, asked: bool, smallest: int) -> Say:
    """A preview as a message. asked: a confirmation is wanted. smallest: as `preview.Groups`."""
    lines = [Line(id="nudging-preview", kind="title")]
    lines.append(Line(id="nudging-preview-people", args={"people": preview.people}))
    if preview.more:
        lines.append(Line(id="nudging-preview-part", kind="note"))
    for id, kinds in (("nudging-preview-begun", preview.begun), ("nudging-preview-going", preview.going)):
        if kinds:
            names = Names(names=tuple(called(each) for each in kinds))
            lines.append(Line(id=id, args={"kinds": names}, kind="note"))
    by_name, more = first(preview.named, smallest)
    lines += [_named(each, words, reader) for each in by_name]
    if more:
        lines.append(Line(id="nudging-preview-more", args={"people": more}, kind="item"))
    if preview.others is not None:
        lines.append(Line(id="nudging-preview-others", args={"people": preview.others}))
    for id, counts in (("nudging-preview-platforms", preview.platforms), ("nudging-preview-zones", preview.zones)):
        if counts:
            lines.append(Line(id=id, args={"counts": _counts(counts)}, kind="fact"))
    for sample in preview.samples:
        about = Reader(language=sample.language, zone=reader.zone)
        tongue = words.text(about, "language-name", {})
        args: dict[str, Arg] = {"kind": called(sample.kind), "language": tongue}
        lines += [
            Line(id="nudging-preview-words", args=args),
            plain(in_words(sample, words, reader.zone), "quote"),
        ]
    lines.append(Line(id="nudging-preview-rule", args={"smallest": smallest}, kind="note"))
    confirm = Pick(
        label="nudging-confirm", action="nudge.confirm", value=str(preview.people), style="primary",
        args={"people": preview.people},
    )  # fmt: skip
    return Say(lines=tuple(lines), choices=(confirm, STANDS) if asked else (STANDS,))


def _named(one: Named, words: Words, reader: Reader) -> Line:
    args: dict[str, Arg] = {"name": one.name, "platform": one.platform, "what": what(one, words, reader)}
    return Line(id="nudging-preview-named", args=args, kind="item")


def what(one: Named, words: Words, reader: Reader) -> str:
    """What somebody would be contacted about, in the reader's words."""
    concerns = tuple(dict.fromkeys(words.text(reader, each.id, each.args) for each in one.about))
    names = Names(names=concerns or tuple(called(each) for each in one.kinds))
    return words.text(reader, "nudging-what", {"what": names})


def in_words(sample: Sample, words: Words, zone: str) -> str:
    """A message as its reader would see it: its parts, then its choices, ways out included."""
    reader = Reader(language=sample.language, zone=zone)
    message = words.message(with_ways(sample.say, sample.kind), reader)
    parts = [
        words.text(reader, "nudging-fact", {"label": part.label, "text": part.text}) if part.label else part.text
        for part in message.parts
    ]
    choices = " ".join(f"[{choice.label}]" for choice in message.choices)
    return "\n".join([*parts, choices]).strip()


def _counts(counts: Mapping[str, int]) -> Names:
    args: list[Any] = [Term(term="nudging-counted", args={"what": key, "people": n}) for key, n in counts.items()]
    return Names(names=tuple(args))
