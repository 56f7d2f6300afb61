"""What Parvis is made of: everything locked by its contents, its licences known, and all of it in the wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from types import ModuleType

import pytest

from tests.servers.process import ROOT

SETTINGS = """
[parvis]
contact = "Arthur"
zone = "Europe/Paris"
[platforms.acme]
kind = "memory"
[roles]
animator = ["acme:ana"]
admin = ["acme:ana"]
"""
LOCKS = sorted((ROOT / "locks").glob("*.txt"))


def script(name: str) -> ModuleType:
    """A script of .ci, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


release = script("release")


def unlocked(text: str) -> list[str]:
    """The entries of a lock file that are not one version with hashes of its contents."""
    entries = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)
    whole = re.compile(
        r"[\w.-]+(\[[\w,-]+\])?==\S+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+(    #.*\n)*"
    )
    return [each.splitlines()[0] for each in entries if each.strip() and not whole.fullmatch(each)]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_is_one_version_with_the_hashes_of_its_contents(lock: Path) -> None:
    assert len(release.locked(lock)) >= 1
    assert unlocked(lock.read_text(encoding="utf-8")) == []


def test_an_entry_without_hash_is_found() -> None:
    good = f"idna==3.20 \\\n    --hash=sha256:{'0' * 64}\n    # via yarl\n"
    assert unlocked(good) == []
    assert unlocked(good + "yarl==1.25\n") == ["yarl==1.25"]
    assert unlocked(good + f"yarl>=1.25 \\\n    --hash=sha256:{'0' * 64}\n") == ["yarl>=1.25 \\"]
    assert unlocked(good + "-e .\n") == ["-e ."]


def test_every_lock_is_one_that_is_made_and_installed() -> None:
    assert {lock.stem for lock in LOCKS} == set(script("bootstrap").LOCK_SOURCES)


def test_what_is_declared_is_what_is_locked_for_an_installation() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        release.canonical(re.split(r"[\[<>=,]", each)[0])
        for each in [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    }
    assert declared <= set(release.locked())


def test_the_licence_of_every_package_of_an_installation_is_told_and_none_is_unfit() -> None:
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", release.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: version for name, version, _ in rows if version != "version"}
    assert told == release.locked(), "make licences writes the page anew"
    for name, _, expression in rows[1:]:
        assert release.licence(expression, "") == expression, name


@pytest.mark.parametrize("said", ["UNKNOWN", "GPL-3.0-only", "MIT AND GPL-2.0", "Other/Proprietary License"])
def test_a_licence_that_is_unknown_or_asks_more_of_others_is_refused(said: str) -> None:
    with pytest.raises(release.ReleaseError):
        release.licence(said, "All rights reserved.")


def test_a_licence_that_only_a_file_tells_is_read_there() -> None:
    text = "Copyright\n\nPermission is hereby granted, free of charge, to any person obtaining\na copy of this software"
    assert release.licence("UNKNOWN", text) == "MIT"


@pytest.mark.slow
def test_the_wheel_runs_away_from_the_sources(tmp_path: Path) -> None:
    """It holds its catalogs and migrations: it makes its tables, and answers in French."""
    wheel, home = build(tmp_path / "dist"), tmp_path / "home"
    venv.create(home, symlinks=True)
    site = next((home / "lib").glob("python3*")) / "site-packages"
    libraries = ROOT / ".venv" / site.relative_to(home)
    # A folder named in a .pth file found in another one is not looked at: the sources themselves stay out.
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    uv = shutil.which("uv", path=f"{ROOT / '.boot' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert uv
    run(uv, "pip", "install", "--python", home / "bin" / "python", "--offline", "--no-deps", wheel, at=tmp_path)

    assert run(home / "bin" / "parvis", "--version", at=tmp_path).strip() == release_version()
    where = run(home / "bin" / "python", "-c", "import bot; print(bot.__file__)", at=tmp_path)
    assert Path(where.strip()).is_relative_to(site)
    (tmp_path / "parvis.toml").write_text(SETTINGS, encoding="utf-8")
    said = run(home / "bin" / "parvis", "migrate", at=tmp_path)
    assert "à jour" in said
    assert (tmp_path / "parvis.db").stat().st_size > 0


def build(folder: Path) -> Path:
    """The wheel, made of these sources."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, at=ROOT)
    return next(folder.glob("*.whl"))


def release_version() -> str:
    """Of the project."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def run(*command: str | Path, at: Path) -> str:
    """What a command wrote; it must succeed."""
    environment = {
        **os.environ,
        "LANG": "fr_FR.UTF-8",
        "LC_ALL": "fr_FR.UTF-8",
        "PARVIS_AUDIT_KEY": "0123456789abcdef" * 4,
    }
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(part) for part in command], cwd=at, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
