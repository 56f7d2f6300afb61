#!/usr/bin/env python3
"""Make the environments this repository works with, from its lock files.

    python3 .ci/bootstrap.py dev        .venv: the bot, its tests and tools
    python3 .ci/bootstrap.py synapse    .synapse: the Matrix server that tests and the demo talk to
    python3 .ci/bootstrap.py runtime    .runtime: what an installation has, and nothing else
    python3 .ci/bootstrap.py release    .release: what makes and describes a release
    python3 .ci/bootstrap.py lock       write the lock files again (--upgrade: with newer versions)

Only Python's standard library is needed. Done twice, it does nothing the second time.
Everything installed is named in locks/ with its hash. Where packages come from is pip's own setting,
handed on to uv when this runs, so that no file here names a package index.
"""

from __future__ import annotations

import argparse
import ast
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOT = ROOT / ".boot"
LOG = BOOT / "setup.log"
LOCKS = ROOT / "locks"
ENVIRONMENTS = {"dev": ROOT / ".venv"} | {name: ROOT / f".{name}" for name in ("synapse", "runtime", "release")}
ATTEMPTS = 2
TAIL_LINES = 25
EXTRAS = ["--extra", "pdf", "--extra", "postgres", "--extra", "scim", "--extra", "sso"]
# What each lock file is made from, in the order they are made.
LOCK_SOURCES: dict[str, list[str]] = {
    "boot": ["locks/boot.in"],
    "synapse": ["locks/synapse.in"],
    "release": ["locks/release.in"],
    "runtime": ["pyproject.toml", *EXTRAS],
    "dev": ["pyproject.toml", *EXTRAS, "--group", "dev"],
}


class SetupError(Exception):
    """The set-up cannot go on; the text says why and what helps."""


class Steps:
    """Shows one line for each step, with its seconds; while it runs the seconds count up on a terminal."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.live = sys.stdout.isatty()

    def run(self, title: str, command: Sequence[str | Path], *, downloads: bool = False) -> None:
        """Run one command; one that downloads is tried a second time, as networks have their moments."""
        began = time.monotonic()
        attempts = ATTEMPTS if downloads else 1
        for attempt in range(1, attempts + 1):
            if self._finished_well(title, command, began):
                self._line(f"  {title}", began, final=True)
                return
            if attempt < attempts:
                self._line(f"  {title}: failed, trying once more", began, final=True)
                time.sleep(2)
        self._line(f"  {title}: FAILED", began, final=True)
        hint = "\n`pip config list` shows where pip, and so this, looks for packages." if downloads else ""
        raise SetupError(f"'{title}' failed. The end of {LOG.relative_to(ROOT)}:\n{tail_of_log()}{hint}")

    def _finished_well(self, title: str, command: Sequence[str | Path], began: float) -> bool:
        with LOG.open("ab") as log:
            log.write(f"\n--- {title}\n".encode())
            log.flush()
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=dict(self.environment),
            )
            try:
                while True:
                    try:
                        return process.wait(timeout=0.5) == 0
                    except subprocess.TimeoutExpired:
                        self._line(f"  {title} …", began, final=False)
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait()

    def _line(self, text: str, began: float, *, final: bool) -> None:
        if not final and not self.live:
            return
        line = f"{text:<62}{time.monotonic() - began:6.1f} s"
        print(("\r" if self.live else "") + line, end="\n" if final else "", flush=True)


def tail_of_log() -> str:
    """The last lines the failed command wrote."""
    return "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:])


def base_python() -> str:
    """The interpreter below any activated environment, so that an environment never stands on another."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def pip_settings(python: str | Path) -> dict[str, str]:
    """What pip was told about where packages are: from its files and PIP_ variables, the latter winning."""
    answer = subprocess.run(
        [str(python), "-m", "pip", "config", "list"], check=False, capture_output=True, text=True, cwd=ROOT
    )
    found: dict[str, str] = {}
    strengths: dict[str, int] = {}
    order = {"global": 0, "install": 1, ":env:": 2}
    for line in answer.stdout.splitlines():
        name, equals, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if not equals or section not in order or order[section] < strengths.get(key, 0):
            continue
        try:
            found[key] = str(ast.literal_eval(value))
        except (SyntaxError, ValueError):
            continue
        strengths[key] = order[section]
    return found


def uv_environment(settings: Mapping[str, str], *, only_main_index: bool = False) -> dict[str, str]:
    """The environment uv runs in: pip's settings in uv's words, unless uv was told something itself."""
    environment = dict(os.environ)
    told: dict[str, str] = {}
    if "index-url" in settings:
        told["UV_DEFAULT_INDEX"] = settings["index-url"].strip()
    if "trusted-host" in settings:
        told["UV_INSECURE_HOST"] = " ".join(settings["trusted-host"].split())
    if "cert" in settings:
        told["SSL_CERT_FILE"] = settings["cert"].strip()
    if not only_main_index:
        if "extra-index-url" in settings:
            told["UV_EXTRA_INDEX_URL"] = " ".join(settings["extra-index-url"].split())
            # As pip does: any index may answer. The hashes in the lock decide what is accepted.
            told["UV_INDEX_STRATEGY"] = "unsafe-best-match"
        if "find-links" in settings:
            told["UV_FIND_LINKS"] = ",".join(settings["find-links"].split())
        if settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
            told["UV_NO_INDEX"] = "1"
    for name, value in told.items():
        environment.setdefault(name, value)
    # Use the Python that is here; uv would otherwise fetch one from elsewhere.
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    # An activated environment must not become uv's target.
    environment.pop("VIRTUAL_ENV", None)
    environment.pop("PYTHONPATH", None)
    return environment


def find_uv() -> Path:
    """The pinned uv in .boot, installed there by pip if it is missing."""
    uv = BOOT / "bin" / "uv"
    wanted = digest(LOCKS / "boot.txt")
    stamp = BOOT / "stamp"
    if uv.exists() and stamp.exists() and stamp.read_text() == wanted:
        return uv
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip", "pyexpat")):
        other = shutil.which("uv")
        if other:
            print(f"  This Python has no venv module; using the uv found at {other}")
            return Path(other)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            f"{base_python()} comes without the venv or ensurepip module.\n"
            f"On Debian and Ubuntu, as root:  apt-get install python{version}-venv\n"
            "Elsewhere: install Python's standard library in full, or put uv on the PATH."
        )
    # pip reads its own settings, so it runs in the environment as it is.
    steps = Steps({**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    if not (BOOT / "bin" / "pip").exists():
        steps.run("Making a place for the installer", [base_python(), "-m", "venv", BOOT])
    pip: list[str | Path] = [
        BOOT / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "-r",
        LOCKS / "boot.txt",
    ]
    steps.run("Fetching the installer (uv)", pip, downloads=True)
    stamp.write_text(wanted)
    return uv


def digest(*parts: Path | str) -> str:
    """One fingerprint of files and texts."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def wanted_stamp(name: str) -> str:
    """What an environment must have been made from to be left alone."""
    # The tools' settings, lower in the file, change nothing about what is installed.
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0] if name == "dev" else ""
    return digest(LOCKS / f"{name}.txt", project, sys.version, base_python())


def is_ready(name: str) -> bool:
    """Whether the environment is there and made from the present lock."""
    place = ENVIRONMENTS[name]
    stamp = place / "stamp"
    return (place / "bin" / "python").exists() and stamp.exists() and stamp.read_text() == wanted_stamp(name)


def install(name: str) -> None:
    """Make one environment, or bring it up to its lock."""
    place = ENVIRONMENTS[name]
    python = place / "bin" / "python"
    lock = LOCKS / f"{name}.txt"
    began = time.monotonic()
    print(f"Setting up {place.name} (details: {LOG.relative_to(ROOT)})", flush=True)
    uv = find_uv()
    steps = Steps(uv_environment(pip_settings(base_python())))
    (place / "stamp").unlink(missing_ok=True)
    if not same_python(python):
        steps.run("Making the environment", [uv, "venv", "--clear", "--python", base_python(), place])
    count = sum(line[:1].isalnum() for line in lock.read_text(encoding="utf-8").splitlines())
    # Compiled now: started without bytecode the bot takes three times as long, and some machines never write it.
    sync: list[str | Path] = [uv, "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", python, lock]
    steps.run(f"Installing {count} locked packages", sync, downloads=True)
    if name == "dev":
        itself: list[str | Path] = [uv, "pip", "install", "--python", python, "--no-deps", "--no-build-isolation"]
        itself += ["--editable", ROOT]
        steps.run("Installing parvis itself", itself)
    (place / "stamp").write_text(wanted_stamp(name))
    print(f"{place.name} is ready, {time.monotonic() - began:.1f} s", flush=True)


def same_python(python: Path) -> bool:
    """Whether an environment's interpreter works and is the version that runs this script."""
    if not python.exists():
        return False
    asked = subprocess.run(
        [str(python), "-c", "import sys; print(sys.version)"], check=False, capture_output=True, text=True
    )
    return asked.returncode == 0 and asked.stdout.strip() == sys.version


def write_locks(*, upgrade: bool) -> None:
    """Resolve every lock file again, for all platforms and Python versions, with hashes and without addresses."""
    uv = find_uv()
    # Only the main index: what lies in an extra one on this machine is not what others will find.
    steps = Steps(uv_environment(pip_settings(base_python()), only_main_index=True))
    for name, sources in LOCK_SOURCES.items():
        command: list[str | Path] = [uv, "pip", "compile", "--universal", "--generate-hashes", "--no-header"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11", *sources]
        command += ["--output-file", f"locks/{name}.txt", *(["--upgrade"] if upgrade else [])]
        steps.run(f"Resolving locks/{name}.txt", command, downloads=True)
        text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
        if "://" in text or str(ROOT) in text:
            raise SetupError(f"locks/{name}.txt names an address or a path of this machine; do not commit it.")


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock that keeps two set-ups in one directory from getting in each other's way."""
    BOOT.mkdir(exist_ok=True)
    with (BOOT / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of this directory to end …", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        LOG.write_bytes(b"")
        yield


def main() -> int:
    """Do what the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(description="Make the environments this repository works with.")
    parser.add_argument("what", nargs="+", choices=[*ENVIRONMENTS, "lock"])
    parser.add_argument("--upgrade", action="store_true", help="lock: take newer versions")
    arguments = parser.parse_args()
    if sys.version_info < (3, 11):
        print(f"Parvis needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        for what in arguments.what:
            if what != "lock" and is_ready(what):
                continue
            with alone():
                if what == "lock":
                    write_locks(upgrade=arguments.upgrade)
                elif not is_ready(what):
                    install(what)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
