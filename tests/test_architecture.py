"""The house stays as it is drawn. Most of it is in pyproject.toml (import-linter); here is what that cannot say."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def named_in_layers() -> set[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(" ()") for layer in layers for name in layer.split("|")}


def test_every_part_of_the_spine_has_its_layer() -> None:
    parts = {f"bot.{path.stem}" for path in (ROOT / "bot").glob("*.py")} - {"bot.__init__"}
    parts |= {f"bot.{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")}
    assert parts <= named_in_layers(), "name them in the layers contract in pyproject.toml"
