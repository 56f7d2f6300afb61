#!/usr/bin/env python3
"""Make a release, and say what is in it.

    python3 .ci/release.py make        dist/: the wheel and its sources, the bill of materials, sums
    python3 .ci/release.py licences    docs/licences.md: the licence of every package that an installation has

Both look at .runtime, the locked packages of an installation and nothing else (`bootstrap.py runtime release` makes it
and the tools). Only Python's standard library is needed here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PAGE = ROOT / "docs" / "licences.md"
TOOLS, RUNTIME = ROOT / ".release" / "bin", ROOT / ".runtime" / "bin"
LOCK = ROOT / "locks" / "runtime.txt"

# What may go with an MIT program to whoever installs it, without asking anything of their own code.
ACCEPTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unlicense",
    "CNRI-Python",  # of an early Python, as permissive as today's: parts of `regex` are from there
    "OFL-1.1",  # of fonts, which may go with any program
    # Of a library that is imported as it is, installed under its own name, and can be replaced: what imports it keeps
    # its own licence (LGPL 3, section 4).
    "LGPL-3.0-or-later",
}  # fmt: skip
# How packages that give no expression (core metadata 2.4, License-Expression) call them.
CALLED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "Internet Systems Consortium license": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Some say nothing in their metadata, but bring the licence's text: a sentence that is in that licence only.
SENTENCES = {"Permission is hereby granted, free of charge, to any person obtaining a copy": "MIT"}

INTRODUCTION = """# Licences

Parvis is under the MIT licence ([LICENSE](../LICENSE)). These are the packages that an installation has besides, at
the versions of `locks/runtime.txt`, with the licence that each says it is under. All of them let Parvis be used,
changed and handed on as its own licence does. `make licences` writes this page; tests see that it is complete.

| package | version | licence |
|---|---|---|
"""


class ReleaseError(Exception):
    """It cannot be released so; the text says why."""


def canonical(name: str) -> str:
    """A package's name in its one form (Python Packaging User Guide, name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path = LOCK) -> dict[str, str]:
    """Name -> version of what a lock file names."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    found = (line.split(";")[0].strip(" \\").split("==") for line in lines if re.match(r"\w.*==", line))
    return {canonical(name): version.strip() for name, version in found}


def licence(said: str, text: str) -> str:
    """One expression (SPDX) of what a package says of its licence. Raises ReleaseError on an unknown or unfit one.

    said: what its metadata holds, several names divided by ";". text: of its licence file.
    """
    parts = [CALLED.get(part, part) for part in (line.strip() for line in said.splitlines()[0].split(";"))]
    expression = " OR ".join(dict.fromkeys(parts))
    if expression == "UNKNOWN":
        flat = " ".join(text.split())
        expression = next((name for sentence, name in SENTENCES.items() if sentence in flat), expression)
    unfit = set(re.findall(r"[^\s()]+", expression)) - ACCEPTED - {"AND", "OR", "WITH"}
    if unfit:
        raise ReleaseError(f"neither known nor accepted: {expression}")
    return expression


def licences() -> str:
    """The page of licences. Raises ReleaseError when a locked package is missing, or its licence unfit."""
    answer = run(
        TOOLS / "pip-licenses", f"--python={RUNTIME / 'python'}", "--format=json", "--from=mixed",
        "--with-license-file", "--no-license-path", "--with-system", "--ignore-packages", "parvis",
    )  # fmt: skip
    told = {canonical(each["Name"]): each for each in json.loads(answer)}
    rows = []
    for name, version in sorted(locked().items()):
        found = told.get(name)
        if found is None or found["Version"] != version:
            raise ReleaseError(f"{name} {version} is not in .runtime")
        try:
            rows.append(f"| {name} | {version} | {licence(found['License'], found['LicenseText'])} |\n")
        except ReleaseError as error:
            raise ReleaseError(f"{name} {version}: {error}") from None
    return INTRODUCTION + "".join(rows)


def make() -> None:
    """Make dist/ anew. Raises ReleaseError."""
    if PAGE.read_text(encoding="utf-8") != licences():
        raise ReleaseError("docs/licences.md is not what is installed: make licences")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    shutil.rmtree(DIST, ignore_errors=True)
    # The same sources give the same files: their time is that of the last commit.
    os.environ["SOURCE_DATE_EPOCH"] = run("git", "log", "-1", "--format=%ct").strip()
    run(TOOLS / "python", "-m", "hatchling", "build", "-d", DIST)
    wheel = DIST / f"parvis-{version}-py3-none-any.whl"
    install(wheel, version)
    said = run(RUNTIME / "parvis", "--version").strip()
    if said != version:
        raise ReleaseError(f"the wheel says that it is {said}")
    described(version)
    sums = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in sorted(DIST.iterdir())]
    (DIST / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def install(wheel: Path, version: str) -> None:
    """Put the wheel into .runtime, by name, so that no trace of this machine's folders comes with it."""
    uv = ROOT / ".boot" / "bin" / "uv"
    where = ("--python", RUNTIME / "python", "--no-deps", "--no-index", "--find-links", wheel.parent)
    run(uv if uv.exists() else "uv", "pip", "install", "--reinstall", *where, f"parvis=={version}")


def described(version: str) -> None:
    """Write the bill of materials. Raises ReleaseError when it lacks what is locked, or tells of this machine."""
    file = DIST / f"parvis-{version}.cdx.json"
    project = ("--pyproject", ROOT / "pyproject.toml")
    run(TOOLS / "cyclonedx-py", "environment", *project, "--output-reproducible", "-o", file, RUNTIME / "python")
    text = file.read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = json.loads(text)["components"]
    there = {canonical(each["name"]): each["version"] for each in listed}
    if there != {**locked(), "parvis": version} and there != locked():
        differing = sorted(set(there.items()) ^ set(locked().items()))
        raise ReleaseError(f"the bill of materials is not the lock: {differing}")
    if str(ROOT) in text or "file://" in text:
        raise ReleaseError("the bill of materials names a folder of this machine")


def run(*command: str | Path) -> str:
    """What a command wrote. Raises ReleaseError with what it complained of."""
    done = subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise ReleaseError(f"{Path(command[0]).name} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def main() -> int:
    """Do what the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(description="Make a release, and say what is in it.")
    parser.add_argument("what", choices=["make", "licences"])
    try:
        if parser.parse_args().what == "licences":
            PAGE.write_text(licences(), encoding="utf-8")
            print(f"{PAGE.relative_to(ROOT)} is written")
        else:
            make()
            print("".join(f"{each.stat().st_size:>10,}  dist/{each.name}\n" for each in sorted(DIST.iterdir())), end="")
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
