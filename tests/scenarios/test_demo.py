"""The demo plays its story to the end, as people start it: a program of its own, with its own exit status."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console

from tests.demo.__main__ import Demo, options
from tests.demo.acting import SILENCE, Acting
from tests.demo.cast import Cast
from tests.demo.company import PEOPLE
from tests.demo.player import Player
from tests.demo.script import AFTER, LAUNCH, LETTER, NAME, PHRASES, ROLES, SCENES, SIGN_IN, TYPING
from tests.demo.stage import Seen, Times
from tests.humans import Human
from tests.servers.process import ROOT
from tests.servers.synapse import is_installed

SECONDS = 220
ANNOUNCED = {
    "en": ("[Send to 7 people]", "2 of 7", "7 of 7", "from Diane, relayed by Parvis"),
    "fr": ("[Confirmer : 7 personnes]", "2 sur 7", "7 sur 7", "de la part de Diane, relayé par Parvis"),
}


def demo(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Play it, as `make demo` does once everything is installed, in a folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tests.demo", *words],
        cwd=ROOT,
        env={**os.environ, "PARVIS_DEMO": str(folder)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


ACTED = [
    "as zoe: hello",
    "as diane in nowhere: hello",
    "as bob in animators: hello",
    "what",
    *(["as bob: /community lst"] * 2),
    "look diane in animators",
    *(f"as ana: {text}" for text in ("/communaute demander", "Échecs", "Jouer à midi", "Une partie par jour", "ok")),
    "as alice press approve",
    "as Alice in Animators press APPROVE",
    "as Chloé press join",
    "as chloe in methodes de vente: hey",
    "quit",
]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is shown by the story inside this program, and by acting as its people afterwards; played once for all."""
    done = demo(tmp_path_factory.mktemp("demo"), "--platform", "terminal", "--community", typed="\n".join(ACTED))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stderr
    return done.stdout


def is_told(shown: str, language: str, *, whole: bool) -> None:
    """Every step of it, and how it ends. whole: its second part too."""
    for part in (SCENES[language], LAUNCH[language])[: 1 + whole]:
        for number in range(1, len(part) + 1):
            assert PHRASES[language]["step"].format(number=number, total=len(part)) in shown
    assert PHRASES[language]["done" if whole else "done-community"] in shown
    assert "Comment s’appellera-t-elle" in shown
    ready = re.escape(PHRASES[language]["ready"]).replace(r"\{", "{").replace(r"\}", "}")
    figures = dict.fromkeys(("total", "installing", "starting", "playing"), r"\d+[.,]\d")
    assert re.search(ready.format(**figures), shown)
    assert f"Welcome to {NAME}" in shown


def is_announced(shown: str, language: str) -> None:
    """What is confirmed, how far the first wave and then all of it is, whose words they are, and the answer."""
    for told in ANNOUNCED[language]:
        assert told in shown
    assert LETTER[language]["answer"] in shown.partition(LETTER[language]["question"])[2]


@pytest.mark.xdist_group("demo")
def test_the_story_is_played_to_its_end_inside_this_program(played: str) -> None:
    is_told(played, "en", whole=False)
    # Each in their own language, whatever most of the company reads.
    assert "Bonjour, je suis Parvis" in played
    assert "I was installed by Odile (communication)" in played


def test_the_story_is_played_in_french_and_ends_by_itself(tmp_path: Path) -> None:
    done = demo(tmp_path, "--platform", "terminal", "--exit", "--pace", "fast", "--language", "fr")
    assert done.returncode == 0, done.stdout + done.stderr
    is_told(done.stdout, "fr", whole=True)
    is_announced(done.stdout, "fr")
    assert not done.stderr


@pytest.mark.xdist_group("demo")
def test_afterwards_one_acts_as_any_of_the_people(played: str) -> None:
    after = played.partition(PHRASES["en"]["done-community"])[2]
    assert "There is nobody called “zoe”" in after
    assert "Diane sees no room called “nowhere”" in after
    assert "Bob sees no room called “animators”" in after
    assert TYPING["en"]["unclear"] in after
    assert f"Welcome to {NAME}" in after


@pytest.mark.xdist_group("demo")
def test_acting_answers_each_line_and_takes_what_people_type(played: str) -> None:
    after = played.partition(PHRASES["en"]["done-community"])[2]
    assert after.count("Did you mean “community list”?") == 2, "an answer that reads as the one before is shown too"
    assert f"Diane sees no room called “animators”. Rooms that Diane sees: {NAME}." in after
    assert "Alice sees “Approve” in the animators’ room. Type:  as alice in animators press Approve" in after
    assert "Approved by Alice" in after
    assert "| hey" in after


class Unheard:
    """Someone whom nobody answers."""

    async def types(self, command: str, room: str | None = None) -> None:
        """It goes nowhere."""


async def nothing(human: object, room: str | None) -> list[Seen]:
    """What they see."""
    return [Seen("Parvis", "Something else")]


async def test_what_does_not_come_stops_the_story_loudly(tmp_path: Path) -> None:
    shown = io.StringIO()
    demo = Demo(options(["--exit"]), Console(file=shown, width=500))
    places = {"": "at their desk"}
    players = {
        who.account: Player(who, cast("Human", Unheard()), "en", demo.words, demo.stage, nothing, places, patience=0.05)
        for who in PEOPLE
    }
    assert not await demo.tell(Cast(players, "", places, demo.stage, always), tmp_path / "some.log")
    said = shown.getvalue()
    assert f"The story stopped at step 1: {SCENES['en']['language']}" in said
    assert "Ana, at their desk, sees “Hello, I am Parvis”" in said
    assert "Something else" in said
    assert "some.log" in said
    assert PHRASES["en"]["done"] not in said


class Slow:
    """Someone who is answered when the machine comes to it, long after a pause that looks like the end."""

    external = "@bob"

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.at = float("inf")

    async def says(self, text: str, room: str | None = None) -> None:
        """The answer takes longer than the silence after which no more is awaited."""
        self.at = time.monotonic() + SILENCE * 1.5

    async def busy(self) -> bool:
        """Whether the answer is still to come."""
        if not self.seen and time.monotonic() >= self.at:
            self.seen.append(Seen("Parvis", "Here you are, at last", id="1"))
        return not self.seen

    async def look(self, human: object, room: str | None) -> list[Seen]:
        """What they have in front of them."""
        return self.seen


async def test_who_acts_is_asked_for_the_next_line_once_the_bot_has_done_what_they_asked() -> None:
    shown, slow = io.StringIO(), Slow()
    demo = Demo(options(["--exit"]), Console(file=shown, width=500))
    places = {"": "at their desk"}
    bob = next(who for who in PEOPLE if who.account == "bob")
    player = Player(bob, cast("Human", slow), "en", demo.words, demo.stage, slow.look, places)
    acting = Acting(Cast({"bob": player}, "", places, demo.stage, always, busy=slow.busy), demo.console, quiet=False)
    await acting.do("as bob: hello")
    assert "Here you are, at last" in shown.getvalue()


def test_the_last_line_says_how_long_it_took() -> None:
    times = Times({"installing": 40.0, "starting": 12.04, "playing": 8.0, "reading-time": 99.0})
    assert times.line("en") == "ready after 60.0 s (installing 40.0 s, starting 12.0 s, story 8.0 s)"
    assert times.line("fr") == "prêt en 60,0 s (installation 40,0 s, démarrage 12,0 s, histoire 8,0 s)"


async def always(room: str) -> bool:
    """Every room is in the space."""
    return True


@pytest.mark.matrix
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_story_is_played_to_its_end_on_a_matrix_server(tmp_path: Path, *, whole: bool) -> None:
    if not is_installed():
        pytest.fail("Synapse is not installed here. Run: make setup-synapse", pytrace=False)
    played = demo(tmp_path, "--exit", "--pace", "fast", *([] if whole else ["--community"]))
    assert played.returncode == 0, played.stdout + played.stderr
    is_told(played.stdout, "en", whole=whole)
    if whole:
        is_announced(played.stdout, "en")
    log = (tmp_path / "bot" / "parvis.log").read_text("utf-8")
    assert '"stopped"' in log, "the bot ended in good order"
    for written in (NAME, *LETTER["en"].values()):
        assert written not in log, "a log holds nothing that people wrote"


def test_the_demo_says_the_same_in_both_languages() -> None:
    for words in (SCENES, LAUNCH, LETTER, ROLES, PHRASES, AFTER, TYPING):
        assert words["en"].keys() == words["fr"].keys()
    assert SIGN_IN.keys() == {"en", "fr"}


def test_the_usual_options_are_those_of_a_first_look() -> None:
    usual = options([])
    assert (usual.platform, usual.exit, usual.pace, usual.language) == ("matrix", False, None, "en")
    assert not usual.community
