"""What is wrong with the settings is said in the language of the terminal, in the words of the catalogs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from adapters import PLATFORMS
from bot.cli import Wrong
from bot.cli.opening import settled, told
from bot.cli.voice import voice
from bot.config import ConfigError, Kind, PlatformSettings, WrongValueError, load
from tests.rules.test_config import ENV, GOOD

FRENCH = {"LANG": "fr_FR.UTF-8"}


def said(tmp_path: Path, text: str, env: Mapping[str, str]) -> list[str]:
    """What the command line says of this file, without the folder."""
    path = tmp_path / "parvis.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Wrong) as caught:
        settled(path, {**ENV, **env}, PLATFORMS)
    return str(caught.value).replace(f"{tmp_path}/", "").splitlines()


def plain(line: str) -> str:
    """With ~ for each space that does not break, so that tests show it."""
    return line.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'contact = "comms"',
            "",
            'parvis.contact~: manque~; écrivez contact = "the communication team, comms@example.com"',
        ),
        (
            '"Europe/Paris"',
            '"Paris"',
            'parvis.zone~: "Paris" n’est pas un fuseau horaire de la liste IANA~; écrivez zone = "Europe/Paris"',
        ),
        (
            "zone =",
            'default_language = "french"\nzone =',
            (
                'parvis.default_language~: "french" est une langue sans catalogue (il y a~: en, fr)~;'
                ' écrivez default_language = "en"'
            ),
        ),
        ("[parvis]", "[parvi]\n[parvis]", "parvi~: n’est pas une table de réglages~; écrivez [parvis]"),
        ("[roles]", "[attention]\nper_week = -1\n[roles]", "attention.per_week~: -1 est inférieur à 0~; "),
        (
            "[roles]",
            '[working_time]\ndays = ["mon", "tuesday"]\n[roles]',
            (
                'working_time.days[1]~: "tuesday" ne convient pas'
                ' (au choix~: "mon", "tue", "wed", "thu", "fri", "sat" ou "sun")~; écrivez "tue"'
            ),
        ),
        (
            "[roles]",
            '[web]\npublic = "here"\n[roles]',
            'web.public~: "here" n’est ni "hôte:port" ni "off"~; écrivez public = "127.0.0.1:9464"',
        ),
        (
            'kind = "slack"',
            'kind = "slack"\nmode = "http"',
            'web.public~: vaut "off", et platforms.acme est appelé par là~; écrivez public = ',
        ),
        (
            "acme:U02",
            "acne:U02",
            'roles.admin[0]~: nomme la plateforme "acne", que [platforms] ne déclare pas~; écrivez "acme:U02"',
        ),
        (
            'kind = "slack"',
            'kind = "irc"',
            (
                'platforms.acme.kind~: "irc" n’est pas une sorte de plateforme~;'
                ' écrivez kind = "slack", kind = "matrix", kind = "mail" ou kind = "memory"'
            ),
        ),
        (
            'kind = "slack"',
            'kind = "slack"\nbot_token = "xoxb-hush"',
            (
                "platforms.acme.bot_token~: est un secret, et les secrets ne sont pas lus dans les fichiers~;"
                " retirez-le, et définissez PARVIS_ACME_BOT_TOKEN dans l’environnement"
            ),
        ),
    ],
)
def test_a_refusal_is_read_in_french(tmp_path: Path, old: str, new: str, line: str) -> None:
    found = [plain(each) for each in said(tmp_path, GOOD.replace(old, new, 1), FRENCH)]
    assert [each for each in found if each.startswith(f"parvis.toml~: {line}")], found
    assert "hush" not in "".join(found)


def test_a_wrong_variable_is_read_in_french(tmp_path: Path) -> None:
    home = '[platforms.home]\nkind = "matrix"\nhomeserver = "http://localhost"\nuser = "@p:x"\nencryption = false\n'
    found = said(tmp_path, GOOD + home, {**FRENCH, "PARVIS_AUDIT_KEY": "", "PARVIS_ACME_BOT_TOKEN": "xapp-hush"})
    assert [plain(line) for line in found] == [
        (
            "environnement~: PARVIS_ACME_BOT_TOKEN~: contient un jeton d’une autre sorte~;"
            " mettez-y celui qui commence par xoxb-"
        ),
        (
            "environnement~: PARVIS_HOME_ACCESS_TOKEN~: manque, et sans cela platforms.home ne peut pas se connecter~;"
            " définissez PARVIS_HOME_ACCESS_TOKEN ou PARVIS_HOME_PASSWORD"
        ),
        (
            "environnement~: PARVIS_AUDIT_KEY~: manque, et sans cela les décisions ne pourraient être signées~;"
            ' donnez-lui ce qu’affiche "openssl rand -hex 32"'
        ),
    ]


def test_a_file_that_cannot_be_read_is_told_in_french(tmp_path: Path) -> None:
    (line,) = said(tmp_path, "[parvis]\nname = Parvis\n", FRENCH)
    assert plain(line).startswith("parvis.toml~: n’est pas du TOML valide, ligne 2, colonne 8 (")
    with pytest.raises(Wrong) as caught:
        settled(tmp_path / "nowhere.toml", FRENCH, PLATFORMS)
    assert plain(str(caught.value)).endswith(
        "nowhere.toml~: illisible, car ce fichier n’existe pas~; copiez-y config.example.toml et adaptez-le"
    )


WRONG = {
    "roles": "admin = [3]",
    "database": 'url = "parvis.db"',
    "web": "private = 9464\nelsewhere = 1\naddress = 'here'",
    "working_time": 'start = "9h"\nend = 9\ncountry = "France"\ndays = []',
    "attention": "per_week = true",
    "audit": "heads = 3",
    "platforms.My": 'kind = "memory"',
    "platforms.acme": 'kind = "slack"\nca_file = "none.pem"',
    "platforms.home": 'kind = "matrix"\nuser = "bob"\nencryption = "maybe"',
    "communities": (
        'objectives = ["a"]\nname_max = 1000\nescalate_to = "leader"\nfind_strays = 3\n'
        'charter = { de = "Regeln" }\nrefusal_reasons = []'
    ),
}


def test_nothing_is_left_in_english(tmp_path: Path) -> None:
    """The same refusals in both languages: as many, of the same keys, and no sentence is in the other language."""
    text = "".join(f"[{table}]\n{lines}\n" for table, lines in WRONG.items())
    english, french = said(tmp_path, text, {"LANG": "en_GB"}), said(tmp_path, text, FRENCH)
    assert len(english) == len(french) > len(WRONG)
    for one, other in zip(english, french, strict=True):
        wrong, write = (line.split(": ", 2)[1:] for line in (one, other.replace("\u00a0", "")))
        assert wrong[0] == write[0]
        assert not re.search(r"\b(is|write|set|not|see|too|remove|missing)\b", re.sub('".*?"', "", write[1])), other
        assert re.search(r"\b(is|does|holds|names)\b.*; (write|set|see|remove|use)\b", wrong[1]), one
        assert re.search(r"\u00a0; (écrivez|définissez|voyez|retirez|utilisez)", other), other


def test_where_the_terminal_names_no_language_the_default_one_of_the_file_is_read(tmp_path: Path) -> None:
    text = GOOD.replace("[platforms", 'default_language = "fr"\n[platforms', 1).replace('"comms"', '""')
    assert "parvis.contact\u00a0: est vide" in said(tmp_path, text, {})[0]
    assert "parvis.contact\u00a0: est vide" in said(tmp_path, text, {"LANG": "C.UTF-8"})[0]
    assert "parvis.contact: is empty" in said(tmp_path, text, {"LANG": "en_GB.UTF-8"})[0]
    assert "parvis.contact: is empty" in said(tmp_path, text.replace('"fr"', '"de"'), {})[0]


def test_in_a_traceback_it_says_which_messages(tmp_path: Path) -> None:
    path = tmp_path / "parvis.toml"
    path.write_text(GOOD.replace('"Europe/Paris"', '"Paris"'), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, {**ENV, "PARVIS_AUDIT_KEY": ""}, {}, PLATFORMS)
    assert str(caught.value).splitlines() == [
        f"{path}: parvis.zone: settings-zone shown='\"Paris\"'; settings-write what='zone = \"Europe/Paris\"'",
        "environment: PARVIS_AUDIT_KEY: settings-audit-key-missing; settings-audit-key-set",
    ]


# ---------------------------------------------------------------- settings of others


def _planted(value: str) -> str:
    if value == "cactus":
        raise WrongValueError("garden-stings", "rose", flower=value)
    if value == "nettle":
        raise ValueError("no weeds, please")
    return value


class Garden(BaseModel):
    """A capability's settings with a refusal in its own words, and limits that the library checks."""

    model_config = ConfigDict(extra="forbid")
    flower: Annotated[str, AfterValidator(_planted)] = Field("rose", max_length=6)
    area: float = 1.5
    beds: tuple[str, ...] = Field((), max_length=1)
    level: Literal[1, 2] = 1


def grown(tmp_path: Path, setting: str, env: Mapping[str, str]) -> str:
    (tmp_path / "en.ftl").write_text("garden-stings = a { $flower } stings\n", encoding="utf-8")
    (tmp_path / "fr.ftl").write_text("garden-stings = un { $flower } pique\n", encoding="utf-8")
    path = tmp_path / "parvis.toml"
    path.write_text(f"{GOOD}[garden]\n{setting}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, ENV, {"garden": Garden}, PLATFORMS)
    (problem,) = caught.value.problems
    return told(problem, voice(env, more=[tmp_path])).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize(
    ("setting", "english", "french"),
    [
        ('flower = "cactus"', "a cactus stings; write flower = ", 'un cactus pique~; écrivez flower = "rose"'),
        (
            'flower = "nettle"',
            '"nettle" cannot be used (no weeds, please); write flower = "rose"',
            '"nettle" ne peut pas servir (no weeds, please)~; écrivez flower = "rose"',
        ),
        (
            'flower = "geranium"',
            '"geranium" is too long (characters: 6 at most)',
            '"geranium" est trop long (caractères~: 6 au plus)',
        ),
        ('area = "big"', '"big" is not a number; write area = 1.5', '"big" n’est pas un nombre~; écrivez area = 1.5'),
        ('beds = ["a", "b"]', '["a", "b"] holds too much (items: 1 at most)', '["a", "b"] contient trop'),
        ("level = 3", "3 is not one of 1 or 2; write level = 1", "3 ne convient pas (au choix~: 1 ou 2)~; écrivez"),
    ],
)
def test_a_capability_refuses_in_its_own_words_and_in_ours(
    tmp_path: Path, setting: str, english: str, french: str
) -> None:
    key = setting.split(maxsplit=1)[0]
    assert grown(tmp_path, setting, {}).startswith(f"parvis.toml: garden.{key}: {english}")
    assert plain(grown(tmp_path, setting, FRENCH)).startswith(f"parvis.toml~: garden.{key}~: {french}")


def test_a_secret_that_is_refused_is_not_shown(tmp_path: Path) -> None:
    class Door(PlatformSettings):
        key: SecretStr = Field(min_length=20)

    path = tmp_path / "parvis.toml"
    path.write_text(GOOD.replace('"slack"', '"door"'), encoding="utf-8")
    door = Kind(settings=Door, open=PLATFORMS["memory"].open)
    with pytest.raises(ConfigError) as caught:
        load(path, {**ENV, "PARVIS_ACME_KEY": "hush"}, {}, {"door": door})
    lines = [told(problem, voice({})) for problem in caught.value.problems]
    assert any("platforms.acme.key: *** is too short (" in line for line in lines), lines
    assert "hush" not in str(caught.value)
    assert "hush" not in "".join(lines)
