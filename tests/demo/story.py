"""The story: a community is asked for, questioned, approved, opened and joined, then a profile is filled.

Each sees it in their own language. The announcement after it is in announcement.py.
"""

from __future__ import annotations

import re

from tests.demo import announcement
from tests.demo.cast import Cast
from tests.demo.company import NAMED, ROSTER
from tests.demo.player import CUT, PATIENCE, Player
from tests.demo.script import ANSWER, COMMANDS, HELLO, INFORMED, NAME, PHRASES, PURPOSE, QUESTION, SCENES, SEARCH, WORK
from tests.humans import eventually


async def play(cast: Cast, *, whole: bool) -> None:
    """Play it. whole: the announcement too. Raises AssertionError when somebody does not see what they should."""
    async with cast.stage.open():
        cast.stage.chapter("title", len(SCENES[cast.stage.language]))
        await _language(cast)
        await _release(cast)
        await _ask(cast)
        await _summary(cast)
        await _card(cast)
        await _question(cast)
        await _answer(cast)
        await _approve(cast)
        room = await _open(cast)
        await _join(cast, room)
        await _find(cast)
        await _remind(cast)
        if whole:
            await announcement.play(cast)


async def _scene(cast: Cast, key: str, *looks: tuple[Player, str | None]) -> None:
    await cast.scene(SCENES[cast.stage.language][key].format(search=SEARCH), *looks)


async def _language(cast: Cast) -> None:
    one = newcomer(cast)
    await _scene(cast, "language", (one, None), (cast.alice, cast.animators), (cast.diane, None))
    await one.writes(f"parvis language {one.language}")
    await one.sees(one.word("greeting-title"))
    await one.sees(one.word("language-set"))


def newcomer(cast: Cast) -> Player:
    """Who writes to Parvis first: they read another language than most."""
    return cast.ana if cast.stage.language == "en" else cast.bob


async def _release(cast: Cast) -> None:
    arthur = cast.arthur
    await _scene(cast, "release", (arthur, None), (cast.alice, cast.animators), (cast.bob, None))
    does = COMMANDS[arthur.language]
    await arthur.writes(f"{does['informed']} 2026-01-05 {INFORMED[cast.stage.language]}")
    await arthur.sees(arthur.word("nudging-informed-done"))
    await arthur.writes(does["preview"])
    title = arthur.word("nudging-preview")
    shown = await arthur.sees(title)
    assert cast.ana.name in shown, f"Ana is named in:\n{shown}"
    await arthur.presses("nudging-confirm", title, people=str(NAMED))
    await arthur.sees(arthur.word("nudging-confirm-done"))


async def _ask(cast: Cast) -> None:
    ana = cast.ana
    await _scene(cast, "ask", (ana, None), (cast.alice, cast.animators), (cast.bob, None))
    # Commands have French names too; the English ones work for everybody.
    await ana.writes("communaute demander")
    for field, answer in (("name", NAME), ("purpose", PURPOSE), ("work", WORK)):
        await ana.sees(ana.word(f"field-community-request-{field}.label"))
        await ana.says(answer)


async def _summary(cast: Cast) -> None:
    ana = cast.ana
    await _scene(cast, "summary", (ana, None), (cast.alice, cast.animators), (cast.bob, None))
    label = ana.word("field-community-summary-invitees.label")
    review = await ana.sees(label)
    found = re.search(rf"\b(\d+)\.? {re.escape(label)}", review)
    assert found, f"a number for “{label}” in:\n{review}"
    await ana.says(f"{found[1]} {cast.bob.human.external} {cast.chloe.human.external}")
    await ana.sees(label, unlike=review)
    await ana.says("ok")
    await ana.sees(ana.word("community-correct"))


async def _card(cast: Cast) -> None:
    views = ((cast.alice, cast.animators), (cast.arthur, cast.animators), (cast.ana, None))
    await _scene(cast, "card", *views)
    card = await cast.alice.sees(PURPOSE, cast.animators)
    for piece in (NAME, WORK, cast.ana.name):
        assert piece in card, f"“{piece}” on what the animators see:\n{card}"


async def _question(cast: Cast) -> None:
    alice = cast.alice
    await _scene(cast, "question", (alice, None), (alice, cast.animators), (cast.ana, None))
    await alice.presses("decide-ask", PURPOSE, cast.animators)
    await alice.sees(alice.word("field-community-ask-text.label"))
    await alice.says(QUESTION[alice.language])


async def _answer(cast: Cast) -> None:
    ana, alice = cast.ana, cast.alice
    asked = QUESTION[alice.language]
    await _scene(cast, "answer", (ana, None), (alice, cast.animators), (cast.arthur, cast.animators))
    await ana.sees(asked)
    await ana.presses("decide-answer", asked)
    await ana.sees(ana.word("field-community-answer-text.label"))
    await ana.says(ANSWER)
    await alice.sees(ANSWER, cast.animators)


async def _approve(cast: Cast) -> None:
    alice, room = cast.alice, cast.animators
    await _scene(cast, "approve", (alice, room), (cast.arthur, room), (cast.ana, None))
    await alice.presses("decide-approve", PURPOSE, room)
    done = alice.beginning("decide-card-approved", room, by="self", who=alice.name, place="", at=CUT)
    frozen = await cast.arthur.sees(done, room)
    again = alice.word("decide-ask", room)
    assert again not in frozen, f"no “{again}” any more on:\n{frozen}"


async def _open(cast: Cast) -> str:
    ana = cast.ana
    await _scene(cast, "open", (ana, None), (cast.alice, cast.animators), (cast.bob, None))
    await ana.sees(
        ana.beginning("decide-told-approved", by="self", who=cast.alice.name, place="", number=CUT, subject=NAME)
    )
    await ana.sees(ana.word("community-opened", name=NAME))
    room = await ana.human.room_named(NAME)
    assert room, f"a room called “{NAME}”, which Ana sees"
    cast.places[room] = PHRASES[cast.stage.language]["in-community"].format(name=NAME)
    await ana.enters(room, NAME)
    await cast.stage.turn(ana.view(room), cast.alice.view(cast.animators), cast.bob.view())
    await ana.sees(WORK, room)
    assert await ana.human.topic(room) == PURPOSE, "the purpose is the room's topic"

    async def pinned() -> bool:  # it is posted first: whoever looks at once may come before
        return any(WORK in each for each in await ana.human.pins(room))

    await eventually(pinned, "the charter is pinned", PATIENCE)
    assert await cast.in_space(room), "the community is listed in the company's space"
    return room


async def _join(cast: Cast, room: str) -> None:
    bob, ana, chloe = cast.bob, cast.ana, cast.chloe
    await _scene(cast, "join", (bob, None), (chloe, None), (ana, room))
    assert not await bob.human.is_in(room), "Bob is asked, and not added"
    for invited in (bob, chloe):
        if invited is not newcomer(cast):  # who never met Parvis is introduced to it first
            await invited.sees(invited.word("greeting-title"))
        await invited.sees(PURPOSE)
    await bob.presses("community-join", PURPOSE)
    await bob.sees(bob.word("community-joined", name=NAME))
    await bob.comes_in(room)
    await bob.enters(room, NAME)
    await cast.stage.turn(bob.view(room), ana.view(room), chloe.view())
    await bob.says(HELLO, room)
    await ana.sees(HELLO, room)
    assert not await chloe.human.is_in(room), "Chloé is asked, and not added"


async def _find(cast: Cast) -> None:
    diane = cast.diane
    await _scene(cast, "find", (diane, None), (cast.chloe, None), (cast.alice, cast.animators))
    await diane.writes(f"{COMMANDS[diane.language]['list']} {SEARCH}")
    await diane.sees(diane.word("community-join-named", name=NAME))


async def _remind(cast: Cast) -> None:
    arthur, ana = cast.arthur, cast.ana
    await _scene(cast, "remind", (ana, None), (arthur, None), (cast.bob, None))
    await arthur.writes(COMMANDS[arthur.language]["wave"])
    await arthur.sees(arthur.word("nudging-wave-done"))
    reminder = ana.beginning("profile-remind", field=CUT)
    shown = await ana.sees(reminder)
    job = next(job for account, _, job, _ in ROSTER[cast.stage.language] if account == "ana")
    assert job in shown, f"what the company's list says of Ana, in:\n{shown}"
    await ana.presses("profile-confirm", reminder)
    await ana.sees(ana.beginning("profile-confirmed", field=CUT))


async def settled(cast: Cast) -> None:
    """Wait until everyone has been told everything: the cards no longer say that it is being opened."""
    opening = cast.alice.word("community-card-opening", cast.animators, name=NAME)

    async def quiet() -> bool:
        return not any(opening in text for text in await cast.alice.human.reads(cast.animators))

    await eventually(quiet, "the animators see that it is open", PATIENCE)
