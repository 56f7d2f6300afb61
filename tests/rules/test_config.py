"""A wrong setting stops the start, with file, key, what is wrong and what to write; all of them at once."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from adapters import PLATFORMS
from adapters.matrix.settings import Matrix
from adapters.slack.settings import Slack
from bot.cli import Wrong
from bot.cli.opening import settled, told
from bot.cli.voice import voice
from bot.config import Config, ConfigError, Grant, Listener, RoleRoom, Roles, Rooms, load
from bot.logs import secrets_of
from bot.nudge import Role
from bot.words import Words
from nudges.communities.settings import Settings

KEY = "k" * 32
ENV = {"PARVIS_AUDIT_KEY": KEY, "PARVIS_ACME_BOT_TOKEN": "xoxb-secret", "PARVIS_ACME_APP_TOKEN": "xapp-secret"}
HOME = {"PARVIS_HOME_PASSWORD": "secret", "PARVIS_HOME_ENCRYPTION_KEY": "sealed"}
ENGLISH = voice({})
GOOD = """
[parvis]
contact = "comms"
zone = "Europe/Paris"
[platforms.acme]
kind = "slack"
[roles]
animator = ["acme:U01"]
admin = ["acme:U02"]
"""


class Garden(BaseModel):
    """A capability's settings, as another builder would write them."""

    model_config = ConfigDict(extra="forbid")
    beds: int = Field(4, ge=1)
    flower: str = Field(examples=["rose"])


class Loose(BaseModel):
    """Settings whose author forgot to forbid unknown keys."""

    paths: int = 1


def read(tmp_path: Path, text: str, env: Mapping[str, str] = ENV, **nudges: type[BaseModel]) -> Config:
    path = tmp_path / "parvis.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, env, nudges, PLATFORMS)


def wrong(tmp_path: Path, text: str, env: Mapping[str, str] = ENV, **nudges: type[BaseModel]) -> list[str]:
    """The lines shown, without the folder."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, env, **nudges)
    return [told(problem, ENGLISH).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


# ---------------------------------------------------------------- what is read


def test_few_settings_suffice(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD)
    assert (config.parvis.name, config.parvis.default_language) == ("Parvis", "en")
    assert config.database.address() == "sqlite+aiosqlite:///parvis.db"
    assert config.web.public is None
    assert config.web.private == Listener(host="127.0.0.1", port=9464)
    assert (config.working_time.start, config.working_time.end) == (time(9), time(18))
    assert config.working_time.weekdays == frozenset(range(5))
    assert (config.attention.per_week, config.attention.first_week, config.attention.silence_after) == (1, 3, 3)
    assert config.attention.announcements_per_week == 2
    acme = config.platforms["acme"]
    assert isinstance(acme, Slack)
    assert acme.api_url == "https://slack.com/api/"
    assert acme.bot_token.get_secret_value() == "xoxb-secret"
    assert acme.user_token is None
    assert config.roles.of("animator") == (Grant(platform="acme", kind="account", id="U01"),)
    assert config.roles.of("employee") == ()


def test_several_platforms_and_every_kind_of_grant(tmp_path: Path) -> None:
    text = """
        [parvis]
        contact = "comms"
        contact_in = { fr = "la com" }
        zone = "Pacific/Noumea"
        default_language = "fr"
        [web]
        private = "[::1]:0"
        public = "192.0.2.1:8080"
        [working_time]
        start = 08:30:00
        end = "17:00"
        days = ["sun", "mon"]
        country = "FR-57"
        [platforms.acme]
        kind = "slack"
        api_url = "http://127.0.0.1:9/api"
        [platforms.home]
        kind = "matrix"
        homeserver = "http://localhost:8008/"
        user = "@parvis:example.org"
        [platforms.here]
        kind = "memory"
        [roles]
        animator = ["acme:group:S01", "home:room:!abc:example.org", "home:@ana:example.org", "here:ana"]
        admin = ["acme:room:C01"]
        [[rooms.animator]]
        platform = "acme"
        room = "C01"
        language = "en"
        [[rooms.animator]]
        platform = "home"
        room = "!abc:example.org"
    """
    config = read(tmp_path, text, {**ENV, **HOME, "PARVIS_ACME_USER_TOKEN": "xoxp-1"})
    assert config.web.private == Listener(host="::1", port=0)
    assert config.web.public == Listener(host="192.0.2.1", port=8080)
    assert config.parvis.contact_in == {"fr": "la com"}
    assert (config.working_time.start, config.working_time.end) == (time(8, 30), time(17))
    assert config.working_time.weekdays == {6, 0}
    acme, home = config.platforms["acme"], config.platforms["home"]
    assert isinstance(acme, Slack)
    assert acme.api_url == "http://127.0.0.1:9/api/"
    assert isinstance(home, Matrix)
    assert home.homeserver == "http://localhost:8008"
    assert home.members_of == {"example.org"}
    assert home.password is not None
    assert home.access_token is None
    assert [(g.platform, g.kind, g.id) for g in config.roles.animator] == [
        ("acme", "group", "S01"),
        ("home", "room", "!abc:example.org"),
        ("home", "account", "@ana:example.org"),
        ("here", "account", "ana"),
    ]
    assert config.rooms.of("animator") == (
        RoleRoom(platform="acme", room="C01", language="en"),
        RoleRoom(platform="home", room="!abc:example.org", language="fr"),
    )
    assert config.rooms.of("lead") == ()


def test_a_capability_reads_its_own_table(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD + '[garden]\nflower = "tulip"\n', garden=Garden, loose=Loose)
    assert config.nudges == {"garden": Garden(beds=4, flower="tulip"), "loose": Loose(paths=1)}


@pytest.mark.parametrize("roles", ["", "leader = []\n"])
def test_nothing_goes_to_a_role_that_nobody_has(tmp_path: Path, roles: str) -> None:
    text = GOOD + roles + '[communities]\nescalate_to = "leader"\n'
    (line,) = wrong(tmp_path, text, communities=Settings)
    assert line == (
        'parvis.toml: communities.escalate_to: "leader" is a role that [roles] gives to nobody; '
        'write escalate_to = "admin"'
    )
    given = text.replace("leader = []\n", "").replace("[communities]", 'leader = ["acme:U03"]\n[communities]')
    assert read(tmp_path, given, communities=Settings).nudges["communities"].model_dump()["escalate_to"] == "leader"


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    text = GOOD.replace("[platforms", '[database]\nurl = "postgresql+asyncpg://parvis@db/parvis"\n[platforms', 1)
    config = read(tmp_path, text, {**ENV, "PARVIS_DATABASE_PASSWORD": "secretp@ss"})
    for shown in (repr(config), str(config), repr(config.platforms["acme"]), config.model_dump_json()):
        assert "secretp" not in shown
        assert "xoxb" not in shown
        assert KEY not in shown
    assert config.database.address() == "postgresql+asyncpg://parvis:secretp%40ss@db/parvis"


def test_the_settings_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD)
    with pytest.raises(ValueError, match="frozen"):
        config.parvis.name = "Other"  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        config.audit_key = config.audit_key  # type: ignore[misc]


def test_roles_and_languages_are_those_of_the_rest_of_the_bot() -> None:
    given = {str(role) for role in Role} - {Role.EMPLOYEE, Role.LEAD}
    assert set(Roles.model_fields) == given
    assert set(Rooms.model_fields) == given
    assert Words([Path("bot/locales")]).languages == {"en", "fr"}


# ---------------------------------------------------------------- what is refused


def change(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            change('contact = "comms"', ""),
            'parvis.contact: is missing; write contact = "the communication team, comms@example.com"',
        ),
        (
            change('"comms"', '""'),
            'parvis.contact: is empty; write contact = "the communication team, comms@example.com"',
        ),
        (change("contact", "contcat"), "parvis.contcat: is not a setting; write contact"),
        (
            change('"Europe/Paris"', '"Paris"'),
            'parvis.zone: "Paris" is not a time zone of the IANA list; write zone = "Europe/Paris"',
        ),
        (
            change('"Europe/Paris"', '"America/Montreall"'),
            'parvis.zone: "America/Montreall" is not a time zone of the IANA list; write zone = "America/Montreal"',
        ),
        (
            change("zone =", 'default_language = "french"\nzone ='),
            (
                'parvis.default_language: "french" is a language without catalog (there are: en, fr);'
                ' write default_language = "en"'
            ),
        ),
        (change("[parvis]", "[parvi]\n[parvis]"), "parvi: is not a table of settings; write [parvis]"),
        (
            change("[parvis]", "attention = 3\n[parvis]"),
            "attention: must be a table; write [attention] on a line of its own, its settings below",
        ),
        (
            GOOD + "[attention]\nper_week = -1",
            "attention.per_week: -1 is below 0; write per_week = 1",
        ),
        (
            GOOD + "[attention]\nper_week = true",
            "attention.per_week: true is not a whole number; write per_week = 1",
        ),
        (
            GOOD + '[attention]\nsilence_after = "3"',
            'attention.silence_after: "3" is not a whole number; write silence_after = 3',
        ),
        (GOOD + "[intake]\nmax_waitng = 3", "intake.max_waitng: is not a setting; write max_waiting"),
        (
            GOOD + "[web]\nprivate = 9464",
            'web.private: 9464 is neither "host:port" nor "off"; write private = "127.0.0.1:9464"',
        ),
        (
            GOOD + '[web]\npublic = "localhost:70000"',
            'web.public: "localhost:70000" is neither "host:port" nor "off"; write public = "127.0.0.1:9464"',
        ),
        (GOOD + '[working_time]\nstart = "9h"', 'working_time.start: "9h" is not an hour; write start = "09:00"'),
        (
            GOOD + '[working_time]\nstart = "18:00"\nend = "09:00"',
            'working_time.end: "09:00" is not after start ("18:00"); write end = "19:00"',
        ),
        (
            GOOD + "[working_time]\ndays = []",
            'working_time.days: is empty; write days = ["mon", "tue", "wed", "thu", "fri"]',
        ),
        (
            GOOD + '[working_time]\ndays = ["mon", "tuesday"]',
            (
                'working_time.days[1]: "tuesday" is not one of'
                ' "mon", "tue", "wed", "thu", "fri", "sat" or "sun"; write "tue"'
            ),
        ),
        (
            GOOD + '[working_time]\ndays = ["lun", "Mardi"]',
            (
                'working_time.days[0]: "lun" is not one of'
                ' "mon", "tue", "wed", "thu", "fri", "sat" or "sun"; write "mon"'
            ),
        ),
        (
            GOOD + '[working_time]\ndays = ["Dimanche"]',
            (
                'working_time.days[0]: "Dimanche" is not one of'
                ' "mon", "tue", "wed", "thu", "fri", "sat" or "sun"; write "sun"'
            ),
        ),
        (
            change('contact = "comms"', 'contact = "comms"\ncontact_in = { de = "Team" }'),
            'parvis.contact_in.de: "de" is a language without catalog (there are: en, fr); write en',
        ),
        (
            GOOD + '[working_time]\ncountry = "France"',
            (
                'working_time.country: "France" is not a country or region whose public holidays are known;'
                ' write country = "FR"'
            ),
        ),
        (
            GOOD + '[working_time]\ncountry = "Moselle"',
            (
                'working_time.country: "Moselle" is not a country or region whose public holidays are known;'
                ' write country = "FR-57"'
            ),
        ),
        (
            GOOD + '[working_time]\ncountry = "XX"',
            (
                'working_time.country: "XX" is not a country or region whose public holidays are known;'
                ' write for example country = "FR"'
            ),
        ),
        (
            change('"Europe/Paris"', '"GMT+1"'),
            'parvis.zone: "GMT+1" is not a time zone of the IANA list; write for example zone = "Europe/Paris"',
        ),
        (
            GOOD + '[roster]\nfile = "staff.csv"',
            (
                "roster.file: is not a setting; remove it; there is scim;"
                " a file of people is handed over by: parvis people import FILE"
            ),
        ),
        (
            GOOD + "[attention]\nsnooze_days = 4000",
            "attention.snooze_days: 4000 is above 365; write snooze_days = 14",
        ),
        (GOOD + "[retention]\nsent = 99999", "retention.sent: 99999 is above 3660; write sent = 395"),
        (
            GOOD + '[database]\nurl = "postgres://parvis@db/parvis"',
            (
                "database.url: is not the address of a store that Parvis can use;"
                ' write url = "postgresql+asyncpg://parvis@db/parvis"'
            ),
        ),
        (
            GOOD + '[database]\nurl = "parvis.db"',
            (
                "database.url: is not the address of a store that Parvis can use;"
                ' write url = "sqlite+aiosqlite:///parvis.db"'
            ),
        ),
        (
            GOOD + '[database]\nurl = "postgresql+asyncpg://parvis:hush@db/parvis"',
            (
                "database.url: holds a password, which belongs in the environment (PARVIS_DATABASE_PASSWORD);"
                ' write url = "postgresql+asyncpg://parvis@db/parvis"'
            ),
        ),
        (
            change('kind = "slack"', 'kind = "slakc"'),
            'platforms.acme.kind: "slakc" is none; write kind = "slack"',
        ),
        (
            change('kind = "slack"', 'kind = "slack"\nbot_token = "xoxb-hush"'),
            (
                "platforms.acme.bot_token: is a secret, and secrets are not read from files;"
                " remove it, and set PARVIS_ACME_BOT_TOKEN in the environment"
            ),
        ),
        (
            change('kind = "slack"', 'kind = "slack"\napi_url = "slack.com/api"'),
            'platforms.acme.api_url: "slack.com/api" is not an http(s) address; write api_url = "https://slack.com/api"',
        ),
        (
            change('kind = "slack"', 'kind = "slack"\nmode = "htp"'),
            'platforms.acme.mode: "htp" is not one of "socket" or "http"; write mode = "http"',
        ),
        (
            change('kind = "slack"', 'kind = "slack"\nhomeserver = "x"'),
            (
                "platforms.acme.homeserver: is not a setting; remove it;"
                " there are kind, ca_file, api_url, mode, per_minute"
            ),
        ),
        (
            GOOD + '[platforms.My-Team]\nkind = "memory"',
            "platforms.My-Team: is not a name for a platform (small letters, digits, _); write [platforms.my_team]",
        ),
        (
            change('animator = ["acme:U01"]', ""),
            'roles.animator: names nobody; write animator = ["acme:U0123456789"]',
        ),
        (change('["acme:U02"]', "[]"), 'roles.admin: names nobody; write admin = ["acme:U0123456789"]'),
        (
            change('["acme:U02"]', '"acme:U02"'),
            'roles.admin: "acme:U02" is not a list; write admin = ["acme:U0123456789"]',
        ),
        (
            change("acme:U02", "U02"),
            'roles.admin[0]: "U02" is not PLATFORM:ID; write "acme:U0123456789"',
        ),
        (
            change("acme:U02", "acne:U02"),
            'roles.admin[0]: names the platform "acne", which [platforms] does not declare; write "acme:U02"',
        ),
        (
            change("acme:U02", "acme:@ana"),
            'roles.admin[0]: "@ana" is not the stable id of any account on slack; write "acme:U0123456789"',
        ),
        (change("admin =", "admins ="), "roles.admins: is not a setting; write admin"),
        (
            GOOD + '[[rooms.animator]]\nplatform = "acne"\nroom = "C01"',
            (
                'rooms.animator[0].platform: names the platform "acne", which [platforms] does not declare;'
                ' write platform = "acme"'
            ),
        ),
        (
            GOOD + '[[rooms.animator]]\nplatform = "acme"\nroom = "#animators"',
            (
                'rooms.animator[0].room: "#animators" is not the stable id of any room on slack;'
                ' write room = "C0123456789"'
            ),
        ),
        (
            GOOD + '[[rooms.animator]]\nplatform = "acme"\nroom = "C01"\nlanguage = "es"',
            'rooms.animator[0].language: "es" is a language without catalog (there are: en, fr); write language = "en"',
        ),
        (GOOD + "[garden]\nbeds = 0\nflower = 'rose'", "garden.beds: 0 is below 1; write beds = 4"),
        (GOOD + "[loose]\npath = 2", "loose.path: is not a setting; write paths"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(tmp_path: Path, text: str, line: str) -> None:
    if "[garden]" in text or "[loose]" in text:
        found = (
            wrong(tmp_path, text, garden=Garden, loose=Loose)
            if "[garden]" in text
            else wrong(tmp_path, text, loose=Loose)
        )
    else:
        found = wrong(tmp_path, text)
    assert f"parvis.toml: {line}" in found
    assert "hush" not in "".join(found)


def test_what_is_suggested_is_accepted(tmp_path: Path) -> None:
    text = change('"Europe/Paris"', '"Paris"').replace('["acme:U02"]', '["acne:U02"]')
    for line in wrong(tmp_path, text):
        bad = re.search(r'names the platform|"(Paris)"', line)
        assert bad
        text = (
            text.replace('"Paris"', line.rpartition("= ")[2])
            if bad[1]
            else text.replace('"acne:U02"', line.rpartition("write ")[2])
        )
    assert read(tmp_path, text).parvis.zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("env", "line"),
    [
        (
            {"PARVIS_ACME_BOT_TOKEN": ""},
            (
                "environment: PARVIS_ACME_BOT_TOKEN: is missing, and platforms.acme cannot sign in without;"
                " set PARVIS_ACME_BOT_TOKEN"
            ),
        ),
        (
            {"PARVIS_ACME_BOT_TOKEN": "xapp-hush"},
            "environment: PARVIS_ACME_BOT_TOKEN: holds another kind of token; set the one that begins with xoxb-",
        ),
        *(
            (
                {"PARVIS_ACME_BOT_TOKEN": example},
                "environment: PARVIS_ACME_BOT_TOKEN: holds an example, not a token; set the one that begins with xoxb-",
            )
            for example in ("xoxb-", "xoxb-...", "xoxb-…")
        ),
        (
            {"PARVIS_ACME_APP_TOKEN": "xoxb-hush"},
            "environment: PARVIS_ACME_APP_TOKEN: holds another kind of token; set the one that begins with xapp-",
        ),
        (
            {"PARVIS_ACME_USER_TOKN": "xoxp-hush"},
            "environment: PARVIS_ACME_USER_TOKN: is not a variable that is read; set PARVIS_ACME_USER_TOKEN",
        ),
        (
            {"PARVIS_AUDIT_KEY": ""},
            (
                "environment: PARVIS_AUDIT_KEY: is missing: decisions could not be signed;"
                ' set it to the output of "openssl rand -hex 32"'
            ),
        ),
        (
            {"PARVIS_AUDIT_KEY": "hush"},
            (
                "environment: PARVIS_AUDIT_KEY: is shorter than 32 characters;"
                ' set it to the output of "openssl rand -hex 32"'
            ),
        ),
    ],
)
def test_a_wrong_secret_is_named_and_not_shown(tmp_path: Path, env: dict[str, str], line: str) -> None:
    found = wrong(tmp_path, GOOD, {**ENV, **env})
    assert found == [line]
    assert "hush" not in found[0]


SERVED = '[web]\npublic = "127.0.0.1:8080"\n'
PUSHED = "[roster]\nscim = true\n"
TOKEN = {"PARVIS_SCIM_TOKEN": "hush" * 8}


def test_the_roster_may_be_pushed_by_whoever_has_the_token(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD + SERVED + PUSHED, {**ENV, **TOKEN})
    assert config.scim_token.get_secret_value() == "hush" * 8
    assert "hush" not in repr(config)
    assert read(tmp_path, GOOD, {**ENV, **TOKEN}).scim_token.get_secret_value() == "", "off unless it is switched on"


@pytest.mark.parametrize(
    ("text", "env", "line"),
    [
        (SERVED + PUSHED, {}, "environment: PARVIS_SCIM_TOKEN: is missing: whoever pushes the roster must show it"),
        (SERVED + PUSHED, {"PARVIS_SCIM_TOKEN": "hush"}, "environment: PARVIS_SCIM_TOKEN: is shorter than 32"),
        (PUSHED, TOKEN, "parvis.toml: web.public: "),
        ('[roster]\nscim = "yes"\n', TOKEN, 'parvis.toml: roster.scim: "yes" is neither true nor false'),
    ],
)
def test_whoever_pushes_needs_a_way_in_and_a_secret(tmp_path: Path, text: str, env: dict[str, str], line: str) -> None:
    (found,) = wrong(tmp_path, GOOD + text, {**ENV, **env})
    assert found.startswith(line)
    assert "hush" not in found


SIGNED = '[sign_on]\nissuer = "https://login.example.org/"\nclient_id = "parvis"\n'
REACHED = '[web]\npublic = "127.0.0.1:8080"\naddress = "https://parvis.example.org"\n'
SIGN_ON = {"PARVIS_SIGN_ON_SECRET": "hush"}


def test_pages_may_be_opened_by_the_companys_own_sign_on(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD + REACHED + SIGNED, {**ENV, **SIGN_ON})
    assert config.sign_on_secret.get_secret_value() == "hush"
    assert config.sign_on.issuer == "https://login.example.org/", "as it is written, since tokens name it so"
    assert "hush" not in repr(config)
    assert "hush" in secrets_of([getattr(config, key) for key in type(config).model_fields]), "hidden from logs"
    assert read(tmp_path, GOOD, {**ENV, **SIGN_ON}).sign_on_secret.get_secret_value() == "", "off unless it is wanted"


@pytest.mark.parametrize(
    ("text", "env", "line"),
    [
        (REACHED + SIGNED, {}, "environment: PARVIS_SIGN_ON_SECRET: is missing: without it the company’s sign-on"),
        (SERVED + SIGNED, SIGN_ON, "parvis.toml: web.address: is missing"),
        ('[web]\naddress = "https://p.example.org"\n' + SIGNED, SIGN_ON, "parvis.toml: web.public: "),
        (
            REACHED + '[sign_on]\nissuer = "https://l.example.org"\n',
            SIGN_ON,
            "parvis.toml: sign_on.client_id: is missing",
        ),
        (
            REACHED + SIGNED.replace("https:", "http:"),
            SIGN_ON,
            'parvis.toml: sign_on.issuer: "http://login.example.org/" is not an address that begins with https://',
        ),
        (
            REACHED + SIGNED + 'client_secret = "hush"\n',
            SIGN_ON,
            "parvis.toml: sign_on.client_secret: is not a setting",
        ),
        (REACHED + SIGNED + 'ca_file = "/nowhere.pem"\n', SIGN_ON, "parvis.toml: sign_on.ca_file: "),
    ],
)
def test_what_a_sign_on_needs_is_said(tmp_path: Path, text: str, env: dict[str, str], line: str) -> None:
    (found,) = wrong(tmp_path, GOOD + text, {**ENV, **env})
    assert found.startswith(line)
    assert "hush" not in found


def test_matrix_signs_in_with_one_of_two_secrets(tmp_path: Path) -> None:
    home = '[platforms.home]\nkind = "matrix"\nhomeserver = "http://localhost"\nuser = "@p:x"\nencryption = false\n'
    assert wrong(tmp_path, GOOD + home) == [
        (
            "environment: PARVIS_HOME_ACCESS_TOKEN: is missing, and platforms.home cannot sign in without;"
            " set PARVIS_HOME_ACCESS_TOKEN or PARVIS_HOME_PASSWORD"
        )
    ]
    assert read(tmp_path, GOOD + home, {**ENV, "PARVIS_HOME_ACCESS_TOKEN": "t"}).platforms.keys() == {"acme", "home"}


def test_encryption_is_refused_without_the_secret_that_seals_its_keys(tmp_path: Path) -> None:
    home = '[platforms.home]\nkind = "matrix"\nhomeserver = "http://localhost"\nuser = "@p:x"\n'
    (line,) = wrong(tmp_path, GOOD + home, {**ENV, "PARVIS_HOME_ACCESS_TOKEN": "t"})
    assert line.startswith("environment: PARVIS_HOME_ENCRYPTION_KEY: is missing, and platforms.home cannot")
    assert read(tmp_path, GOOD + home, {**ENV, **HOME}).platforms.keys() == {"acme", "home"}


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    found = wrong(
        tmp_path, "[parvi]\n[attention]\nper_week = -1\nfirst = 1\n[platforms.x]\nkind = 'z'\n", {}, garden=Garden
    )
    keys = [line.split(": ")[1] for line in found]
    assert keys == [
        "parvi",
        "parvis.contact",
        "parvis.zone",
        "attention.per_week",
        "attention.first",
        "roles.animator",
        "roles.admin",
        "platforms.x.kind",
        "garden.flower",
        "PARVIS_AUDIT_KEY",
    ]


def test_a_file_that_is_not_toml_names_the_line(tmp_path: Path) -> None:
    (line,) = wrong(tmp_path, "[parvis]\nname = Parvis\n")
    assert "parvis.toml: is not valid TOML" in line
    assert "line 2" in line


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"nowhere\.toml: cannot be read.* no such file.*config\.example\.toml"):
        settled(tmp_path / "nowhere.toml", ENV, PLATFORMS)
    (tmp_path / "latin.toml").write_bytes("# \xe9t\xe9".encode("latin-1"))
    with pytest.raises(Wrong, match="is not UTF-8"):
        settled(tmp_path / "latin.toml", ENV, PLATFORMS)


PHASES = "[launch]\nphases = {}\n"


@pytest.mark.parametrize(
    ("phases", "told_is"),
    [
        (
            '{ pilot = { holds = ["profile.remindr"] } }',
            'launch.phases.pilot.holds[0]: "profile.remindr" is not one of "community.invitation", ',
        ),
        ('{ pilot = { holds = ["reminders", "pulse.digest"] } }', 'write "profile.reminder"'),
        ('{ pilot = { holds = ["Party"] } }', 'write "community.invitation"'),
        ('{ pilot = { hold = ["profile.reminder"] } }', "holds"),
        ('{ pilote = { holds = ["profile.reminder"] } }', "write pilot"),
    ],
)
def test_what_a_phase_holds_is_a_kind_that_there_is(tmp_path: Path, phases: str, told_is: str) -> None:
    path = tmp_path / "parvis.toml"
    path.write_text(GOOD + PHASES.format(phases), "utf-8")
    with pytest.raises(Wrong) as caught:
        settled(path, ENV, PLATFORMS)
    assert "launch.phases.pilot" in str(caught.value)
    assert told_is in str(caught.value)


def test_every_kind_that_can_wait_can_be_held(tmp_path: Path) -> None:
    kinds = '{ pilot = { holds = ["profile.reminder", "community.monday.look", "pulse.digest"] } }'
    path = tmp_path / "parvis.toml"
    path.write_text(GOOD + PHASES.format(kinds), "utf-8")
    assert "community.monday.look" in str(settled(path, ENV, PLATFORMS).nudges["launch"])
