"""The story's second part: an announcement is written, timed, confirmed, signed and sent; a question comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.demo.cast import Cast
from tests.demo.company import PEOPLE, ZONE
from tests.demo.player import CUT, Player
from tests.demo.script import COMMANDS, LAUNCH, LETTER, NINE

FIRST = 2
"""So many are the first wave, of so few people."""


async def play(cast: Cast) -> None:
    """Play it. Raises AssertionError when somebody does not see what they should."""
    cast.stage.chapter("title-announcement", len(LAUNCH[cast.stage.language]))
    await _draft(cast)
    at = await _time(cast)
    await _preview(cast)
    await _sign(cast)
    await _first(cast, at)
    await _all(cast)
    await _ask(cast)
    await _answer(cast)


async def _scene(cast: Cast, key: str, *looks: tuple[Player, str | None], **args: str) -> None:
    await cast.scene(LAUNCH[cast.stage.language][key].format(**args), *looks)


async def _draft(cast: Cast) -> None:
    emma, letter = cast.emma, LETTER[cast.stage.language]
    await _scene(cast, "draft", (emma, None), (cast.diane, None), (cast.bob, None))
    await emma.writes(f"{COMMANDS[emma.language]['announce']} {letter['title']}")
    await emma.sees(emma.word("field-announce-draft-text.label"))
    await emma.says(letter["text"])
    await emma.sees(emma.word("field-announce-draft-speaker.label"))
    await emma.says("Diane")
    await emma.sees(emma.beginning("announce-kept", number="1", title=letter["title"], version=CUT))


async def _time(cast: Cast) -> datetime:
    emma = cast.emma
    # Not “tomorrow”, about which who says it in the small hours is asked: the demo is watched at any hour.
    tomorrow = datetime.now(ZoneInfo(ZONE)) + timedelta(days=1)
    when = NINE[emma.language][tomorrow.weekday()]
    keep = emma.word("timing-yes")
    await _scene(cast, "time", (emma, None), (cast.diane, None), (cast.bob, None), when=when, keep=keep)
    await emma.writes(f"{COMMANDS[emma.language]['when']} {when}")
    asked = emma.word("timing-read", number="1")
    shown = await emma.sees(asked)
    for piece in (str(tomorrow.day), str(tomorrow.year), ZONE):
        assert piece in shown, f"“{piece}” in what was read:\n{shown}"
    await emma.presses("timing-yes", asked)
    await emma.sees(emma.word("timing-kept", number="1", title=LETTER[emma.language]["title"]))
    return tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)


async def _preview(cast: Cast) -> None:
    emma, everybody = cast.emma, str(len(PEOPLE))
    send = emma.word("preview-confirm", people=everybody)
    await _scene(cast, "preview", (emma, None), (cast.diane, None), (cast.bob, None), send=send)
    await emma.writes(COMMANDS[emma.language]["whom"])
    await emma.sees(emma.word("audience-kept", number="1", title=LETTER[emma.language]["title"]))
    await emma.writes(COMMANDS[emma.language]["look"])
    title = emma.word("preview-title", number="1", title=LETTER[emma.language]["title"])
    await emma.sees(title)
    await emma.presses("preview-confirm", title, people=everybody)
    confirmed = emma.word("preview-confirmed", number="1", title=LETTER[emma.language]["title"], people=everybody)
    await emma.sees(confirmed)
    await emma.presses("announce-submit", confirmed)


async def _sign(cast: Cast) -> None:
    emma, diane, letter = cast.emma, cast.diane, LETTER[cast.stage.language]
    await _scene(cast, "sign", (diane, None), (emma, None), (cast.bob, None))
    card = diane.word("announcement-card", number="1", title=letter["title"])
    shown = await diane.sees(card)
    assert letter["text"] in shown, f"the whole of it is shown to who signs it:\n{shown}"
    await diane.presses("announcement-sign", card)
    told = {"by": "self", "who": diane.name, "place": "", "number": "1", "subject": letter["title"]}
    await emma.sees(emma.word("announcement-told-signed", **told))


async def _first(cast: Cast, at: datetime) -> None:
    emma = cast.emma
    await _scene(cast, "first", (emma, cast.comms), (cast.bob, None), (cast.ana, None))
    assert not await _copies(cast), "nobody has it before its time"
    cast.forward(at)
    await emma.sees(emma.word("announce-is-held", cast.comms), cast.comms)
    assert len(await _copies(cast)) == FIRST, "the first few have it, and nobody else"


async def _all(cast: Cast) -> None:
    emma, bob, ana = cast.emma, cast.bob, cast.ana
    await _scene(cast, "all", (emma, cast.comms), (bob, None), (ana, None), go=emma.word("announce-go"))
    await emma.presses("announce-go", emma.word("announce-is-held", cast.comms), cast.comms)
    await ana.sees(ana.word("announcement-relayed", speaker=cast.diane.name))
    await bob.sees(bob.word("announcement-relayed", speaker=cast.diane.name))
    everybody = str(len(PEOPLE))
    await emma.sees(emma.word("announce-live-delivered", cast.comms, delivered=everybody, people=everybody), cast.comms)
    assert sorted(await _copies(cast)) == sorted(cast.players), "everybody has it, once"


async def _copies(cast: Cast) -> list[str]:
    """Who has the announcement in front of them, each as often as it is there."""
    title = LETTER[cast.stage.language]["title"]
    return [
        account
        for account, each in cast.players.items()
        for seen in await each.look(each.human, None)
        if seen.by == "Parvis" and seen.text.strip().startswith(title)
    ]


def _asker(cast: Cast) -> Player:
    """Who has a question: somebody who reads what most read."""
    return cast.bob if cast.stage.language == "en" else cast.ana


async def _ask(cast: Cast) -> None:
    one, letter = _asker(cast), LETTER[cast.stage.language]
    await _scene(cast, "ask", (one, None), (cast.diane, None), (cast.emma, cast.comms))
    await one.writes(f"{COMMANDS[one.language]['ask']} {letter['question']}")
    label = one.word("field-ask-question-name.label")
    await one.sees(label)
    await one.says("ok")
    await one.sees(one.word("question-sent", number="1", leader=cast.diane.name))
    asked = await cast.emma.sees(letter["question"], cast.comms)
    assert one.name in asked, f"who asked, in:\n{asked}"


async def _answer(cast: Cast) -> None:
    one, emma, diane, letter = _asker(cast), cast.emma, cast.diane, LETTER[cast.stage.language]
    await _scene(cast, "answer", (emma, None), (diane, None), (one, None), send=diane.word("question-send"))
    await emma.presses("question-draft", letter["question"], cast.comms)
    await emma.sees(emma.word("field-ask-draft-text.label"))
    await emma.says(letter["answer"])
    await diane.sees(letter["answer"])
    await diane.presses("question-send", letter["answer"])
    answer = one.word("question-answer-from", leader=diane.name, number="1")
    assert letter["answer"] in await one.sees(answer), "the answer that was sent"
