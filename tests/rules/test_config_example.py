"""The example shows every setting, with its reason and its default, and it works as it stands."""

import json
import re
import textwrap
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import BaseModel

from adapters import PLATFORMS
from bot.config import RoleRoom, Rooms, load
from bot.config.settings import SECTIONS
from bot.config.values import is_secret

EXAMPLE = Path("config.example.toml")
ENV = {"PARVIS_AUDIT_KEY": "k" * 32, "PARVIS_ACME_BOT_TOKEN": "xoxb-secret", "PARVIS_ACME_APP_TOKEN": "xapp-secret"}
SHORTEST = """
parvis = { contact = "comms", zone = "UTC" }
platforms.here.kind = "memory"
roles = { animator = ["here:ana"], admin = ["here:ana"] }
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "parvis.toml"
    path.write_text(text, encoding="utf-8")
    return path


def capabilities() -> dict[str, type[BaseModel]]:
    return {nudge.id: nudge.settings for nudge in import_module("nudges").NUDGES} if find_spec("nudges") else {}


def test_the_example_is_accepted() -> None:
    assert load(EXAMPLE, ENV, capabilities(), PLATFORMS).platforms.keys() == {"acme"}


def test_the_example_with_every_setting_turned_on_is_accepted(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^#(?=\S)", "", EXAMPLE.read_text(encoding="utf-8"))
    env = {**ENV, "PARVIS_HOME_PASSWORD": "secret", "PARVIS_ACME_USER_TOKEN": "xoxp-1"}
    env["PARVIS_HOME_ENCRYPTION_KEY"] = "0123456789abcdef" * 2
    env |= {"PARVIS_MAIL_MAILBOX_PASSWORD": "secret"}
    config = load(write(tmp_path, text), env, capabilities(), PLATFORMS)
    assert {each.kind for each in config.platforms.values()} == PLATFORMS.keys()
    assert config.working_time.country == "", "as it is where nothing is written"


def shown() -> dict[str, str]:
    """Every setting of the example, on or off: "attention.per_week" -> "1"."""
    found: dict[str, str] = {}
    table = ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"#?\[\[?([a-z_.]+)\]\]?", line):
            table = heading[1]
        elif setting := re.match(r"#?([a-z_]+) = (.*)", line):
            found[f"{table}.{setting[1]}"] = setting[2]
    return found


def is_kind(name: str) -> bool:
    return bool(re.fullmatch(r"platforms\.\w+\.kind", name))


def test_the_example_shows_every_setting_of_the_spine() -> None:
    shown_as = {json.loads(value): name.rpartition(".")[0] for name, value in shown().items() if is_kind(name)}
    assert shown_as.keys() == PLATFORMS.keys()
    kinds = {shown_as[name]: kind.settings for name, kind in PLATFORMS.items()}
    models: dict[str, type[BaseModel]] = {**SECTIONS, **kinds, "rooms.animator": RoleRoom}
    del models["rooms"]
    wanted = {
        f"{at}.{key}" for at, model in models.items() for key, i in model.model_fields.items() if not is_secret(i)
    }
    assert wanted <= shown().keys(), sorted(wanted - shown().keys())
    assert {f"rooms.{role}" for role in Rooms.model_fields} <= {name.rpartition(".")[0] for name in shown()}


def written(name: str, model: type[BaseModel]) -> str:
    """A capability's table, as the example shows it: each setting's description, then its default."""
    lines = [f"[{name}]"]
    for key, info in model.model_fields.items():
        assert info.description, f"{name}.{key} has no description, which the example shows"
        lines += textwrap.wrap(
            f"{info.description[0].upper()}{info.description[1:]}.", 118, initial_indent="# ", subsequent_indent="# "
        )
        default = info.get_default(call_default_factory=True) if not info.is_required() else info.examples[0]  # type: ignore[index]
        if isinstance(default, tuple) and default and isinstance(default[0], BaseModel):
            lines += listed(key, type(default[0]), default)
            continue
        value = json.dumps(default, ensure_ascii=False)
        if len(value) > 100 and isinstance(default, tuple):
            # Spaces inside a text are no place to break the line.
            items = [json.dumps(item, ensure_ascii=False).replace(" ", "\0") for item in default]
            rows = textwrap.wrap(", ".join(items), 110, break_on_hyphens=False)
            lines += [f"#{key} = [", *(f"#{row}" for row in rows), "#]"]
        else:
            lines.append(f"{'' if info.is_required() else '#'}{key} = {value}")
    return "\n".join(lines).replace("\0", " ")


def listed(key: str, model: type[BaseModel], default: Sequence[BaseModel]) -> list[str]:
    """A list of tables: what each may hold, then the default, one to a line."""
    lines = []
    for name, info in model.model_fields.items():
        usual = info.get_default(call_default_factory=True) if not info.is_required() else ""
        shown = f" [{json.dumps(usual, ensure_ascii=False)}]" if usual not in ("", (), {}) else ""
        said = f"{name}: {info.description}{shown}"
        lines += textwrap.wrap(said, 116, initial_indent="#   ", subsequent_indent="#     ")
    items = []
    for each in default:
        given = each.model_dump(exclude_defaults=True)
        pairs = ", ".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in given.items())
        items.append(f"#{{ {pairs} }},")
    return [*lines, f"#{key} = [", *items, "#]"]


@pytest.mark.parametrize("name", capabilities())
def test_the_example_shows_what_each_capability_declares(name: str) -> None:
    text = written(name, capabilities()[name])
    assert text in EXAMPLE.read_text(encoding="utf-8"), f"put this at the end of {EXAMPLE}:\n{text}"


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    config = load(write(tmp_path, SHORTEST), ENV, {}, PLATFORMS)
    for section in ("parvis", "database", "attention", "intake"):
        for key, value in getattr(config, section).model_dump(exclude={"contact", "zone", "password"}).items():
            assert json.loads(shown()[f"{section}.{key}"]) == value


def test_the_example_explains_every_table() -> None:
    for block in EXAMPLE.read_text(encoding="utf-8").split("\n\n"):
        if re.search(r"(?m)^#?[a-z_]+ = ", block):
            assert re.search(r"(?m)^# ", block) or block.startswith("#[[rooms"), block


def test_the_example_names_every_secret() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name in filter(is_kind, shown()):
        model = PLATFORMS[json.loads(shown()[name])].settings
        for key in (key for key, field in model.model_fields.items() if is_secret(field)):
            assert f"PARVIS_{name.split('.')[1]}_{key}".upper() in text
    assert "PARVIS_AUDIT_KEY" in text
    assert "PARVIS_DATABASE_PASSWORD" in text
