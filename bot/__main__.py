"""The command line, and the one place that opens platforms and reads the clock.

What a command needs is imported when it is called: asking for help must not take a second. Its words come from the
catalogs, in the language of the terminal.
"""

# Annotations are read when the program runs, by cyclopts: names in them are imported here.
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

from cyclopts import App, CycloptsError, Group, Parameter

from bot.cli import DEFAULT, ConfigFile, Wrong, verbs
from bot.cli.voice import Voice

_Command = TypeVar("_Command", bound=Callable[..., Any])


def main(words: Sequence[str] | None = None) -> NoReturn:
    """The `parvis` command; exits with its status. words: what was typed after it; the process's own, unless given."""
    if words is None:  # else this is somebody's process already
        _lightly()
    said, typed = verbs.helping(os.environ), sys.argv[1:] if words is None else words
    try:
        status = command(said, typed)(typed, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        from bot.cli.typed import wrongly  # noqa: PLC0415 - see above

        sys.stderr.write(f"{wrongly(error, said)}\n")
        sys.exit(2)
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(wrong.status)
    sys.exit(status if isinstance(status, int) else 0)


def _lightly() -> None:
    """Collect no garbage until all is imported (`bot.cli.opening.desk`), and leave out what structlog would import.

    Found installed, rich is loaded to colour what we write as JSON: four megabytes and forty milliseconds of every
    start. Whoever shows tables imports it later.
    """
    gc.disable()
    hidden: dict[str, Any] = {"rich": None}  # found so, a module counts as not installed (Python Reference, 5.3.1)
    sys.modules |= hidden
    import structlog  # noqa: PLC0415 - see above

    del sys.modules["rich"]
    # What is logged is not what was asked for; `run` has its own ways (`bot.logs`).
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def now() -> datetime:
    """The clock of the process."""
    return datetime.now(UTC)


def command(said: Voice, typed: Sequence[str] | None = None) -> App:
    """The command and all below it. said: in whose language it helps. typed: see `verbs.function`."""
    app = _app(said, "parvis")
    app.version, app.help_epilogue = lambda: version("parvis"), said("cli-help-epilogue")
    app["--version"].help = said("cli-help-version")
    for add in (_bot, _looks, _keeps, _people, _parked, _outbox, _nudge, _audit):
        add(app, said)
    for path in verbs.named():
        verb(app, said, path, verbs.function(path, typed, now))
    return app


def verb(app: App, said: Voice, path: str, function: Callable[..., Any]) -> None:
    """Add a command of a capability: "people gaps"; its group begins here where there is none."""
    group, _, _ = path.rpartition(" ")
    if group and group not in app:
        app.command(_app(said, group, f"verb-{group}"))
    _tells(app[group] if group else app, said, path, f"verb-{path.replace(' ', '-')}")(function)


def _app(said: Voice, name: str, id: str = "") -> App:
    app = App(
        name=name,
        help=said(id or ("cli-help" if name == "parvis" else f"cli-help-{name}")),
        help_format="plaintext",
        version_flags=["--version"] if name == "parvis" else [],
        group_commands=Group(said("cli-help-commands")),
        group_parameters=Group(said("cli-help-parameters")),
    )
    app["--help"].help = said("cli-help-help")
    return app


def _beside(platforms: Mapping[str, Any]) -> dict[str, Any]:
    """The platforms, opened for a look while the bot may be running. platforms: name -> settings."""
    from adapters import open_platform  # noqa: PLC0415

    return {name: open_platform(name, each, now, beside=True) for name, each in platforms.items()}


def _tells(app: App, said: Voice, path: str, id: str = "") -> Callable[[_Command], _Command]:
    """Add a command with its words. path: "parked list"; its last word is its name. id: of its words."""
    id = id or f"cli-help-{path.replace(' ', '-')}"

    def keep(function: _Command) -> _Command:
        for name, kind in function.__annotations__.items():
            for words in (f"{id}.{name}", f"cli-option-{name}"):
                if said.has(words):
                    negative = "" if kind is bool else None  # no "--no-…" for what is off anyway
                    function.__annotations__[name] = Annotated[kind, Parameter(help=said(words), negative=negative)]
                    break
        app.command(function, name=path.rpartition(" ")[2], help=said(id))
        return function

    return keep


def _bot(app: App, said: Voice) -> None:
    @_tells(app, said, "run")
    async def run(*, config: ConfigFile = DEFAULT) -> int:
        from adapters import open_platform  # noqa: PLC0415 - see above
        from bot.cli import checking, opening, running  # noqa: PLC0415

        desk = opening.desk(config)
        checking.introduced(desk)
        return await running.serve(
            desk,
            lambda: {name: open_platform(name, each, now) for name, each in desk.config.platforms.items()},
            now,
            running.killer(os.environ.get("PARVIS_KILL_AT", "")),
        )

    @_tells(app, said, "check")
    def check(*, config: ConfigFile = DEFAULT) -> int:
        from adapters import PLATFORMS  # noqa: PLC0415
        from bot.cli import checking, opening  # noqa: PLC0415

        return checking.checked(opening.desk(config), PLATFORMS)

    @_tells(app, said, "migrate")
    async def migrate(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening, show  # noqa: PLC0415

        desk = opening.desk(config)
        async with opening.opened(desk, migrate=True):
            show.line(desk.voice("cli-migrated", database=desk.config.database.url))
        return 0


def _keeps(app: App, said: Voice) -> None:
    @_tells(app, said, "backup")
    async def backup(file: Path, /, *, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import backup, opening  # noqa: PLC0415 - see above

        return await backup.backed_up(opening.desk(config), file)

    @_tells(app, said, "restored")
    async def restored(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import backup, opening  # noqa: PLC0415

        return await backup.restored(opening.desk(config))


def _people(app: App, said: Voice) -> None:
    people = _app(said, "people")
    app.command(people)

    @_tells(people, said, "people import")
    async def imported(
        file: Path,
        /,
        *,
        dry_run: bool = False,
        departures: int | None = None,
        take_over: bool = False,
        config: ConfigFile = DEFAULT,
    ) -> int:
        from bot.cli import opening, people, running  # noqa: PLC0415 - see above

        desk, killer = opening.desk(config), running.killer(os.environ.get("PARVIS_KILL_AT", ""))
        said = {"dry_run": dry_run, "take_over": take_over}
        return await people.imported(desk, file, now, departures=departures, reached=killer, **said)

    @_tells(people, said, "people unmatched")
    async def unmatched(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening, people  # noqa: PLC0415

        return await people.unmatched(opening.desk(config))

    _held(people, said)


def _looks(app: App, said: Voice) -> None:
    @_tells(app, said, "doctor")
    async def doctor(*, json: bool = False, config: ConfigFile = DEFAULT) -> int:
        from bot.cli.doctor import examined  # noqa: PLC0415 - see above
        from bot.cli.opening import desk as read  # noqa: PLC0415

        desk = read(config)
        return await examined(desk, partial(_beside, desk.config.platforms), now, as_json=json)

    @_tells(app, said, "observe")
    async def observe(
        *, json: bool = False, quick: bool = False, platform: str = "", config: ConfigFile = DEFAULT
    ) -> int:
        from bot.cli.observe import observed  # noqa: PLC0415
        from bot.cli.opening import desk as read  # noqa: PLC0415

        desk = read(config)
        opened = partial(_beside, desk.config.platforms)
        return await observed(desk, opened, now, as_json=json, quick=quick, only=platform)

    @_tells(app, said, "manifest")
    def manifest(*, platform: str = "", link: bool = False, admin: bool = False, config: ConfigFile = DEFAULT) -> int:
        from adapters import PLATFORMS  # noqa: PLC0415 - see above
        from bot.cli.manifest import shown  # noqa: PLC0415

        return shown(config, PLATFORMS, platform, link=link, admin=admin)

    @_tells(app, said, "privacy")
    def privacy(*, out: Path = Path("privacy"), language: str = "", config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import privacy as papers  # noqa: PLC0415

        return papers.written(opening.desk(config), out, language)

    @_tells(app, said, "who-can")
    async def who_can(action: str = "", /, *, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening, rights  # noqa: PLC0415

        return await rights.who_can(opening.desk(config), action, now())


def _held(people: App, said: Voice) -> None:
    """What an administrator does for a person who asks about what is held."""

    @_tells(people, said, "people export")
    async def export(person: str, /, *, out: Path, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import desk as rights_desk  # noqa: PLC0415
        from bot.cli import opening  # noqa: PLC0415

        return await rights_desk.exported(opening.desk(config), person, out, now())

    @_tells(people, said, "people erase")
    async def erase(person: str, /, *, confirm: str = "", config: ConfigFile = DEFAULT) -> int:
        from bot.cli import desk as rights_desk  # noqa: PLC0415
        from bot.cli import opening  # noqa: PLC0415

        return await rights_desk.erased(opening.desk(config), person, confirm, now())


def _parked(app: App, said: Voice) -> None:
    parked = _app(said, "parked")
    app.command(parked)

    @_tells(parked, said, "parked list")
    async def listed(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import parked as set_aside  # noqa: PLC0415

        return await set_aside.listed(opening.desk(config))

    @_tells(parked, said, "parked retry")
    async def retry(id: int, /, *ids: int, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import parked as set_aside  # noqa: PLC0415

        return await set_aside.retried(opening.desk(config), (id, *ids), now())

    @_tells(parked, said, "parked drop")
    async def drop(id: int, /, *ids: int, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import parked as set_aside  # noqa: PLC0415

        return await set_aside.dropped(opening.desk(config), (id, *ids), now())


def _outbox(app: App, said: Voice) -> None:
    outbox = _app(said, "outbox")
    app.command(outbox)

    @_tells(outbox, said, "outbox list")
    async def listed(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import outbox as promises  # noqa: PLC0415

        return await promises.listed(opening.desk(config))

    @_tells(outbox, said, "outbox dead")
    async def dead(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import outbox as promises  # noqa: PLC0415

        return await promises.dead(opening.desk(config))

    @_tells(outbox, said, "outbox retry")
    async def retry(name: str, /, *names: str, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import outbox as promises  # noqa: PLC0415

        return await promises.retried(opening.desk(config), (name, *names), now())

    @_tells(outbox, said, "outbox drop")
    async def drop(name: str, /, *names: str, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import outbox as promises  # noqa: PLC0415

        return await promises.dropped(opening.desk(config), (name, *names))

    @_tells(outbox, said, "outbox progress")
    async def progress(batch: str, /, *, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening  # noqa: PLC0415
        from bot.cli import outbox as promises  # noqa: PLC0415

        return await promises.progress(opening.desk(config), batch)


def _nudge(app: App, said: Voice) -> None:
    nudge = _app(said, "nudge")
    app.command(nudge)

    @_tells(nudge, said, "nudge preview")
    async def preview(*, json: bool = False, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import nudging, opening  # noqa: PLC0415 - see above

        return await nudging.preview(opening.desk(config), now, as_json=json)

    @_tells(nudge, said, "nudge status")
    async def status(*, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import nudging, opening  # noqa: PLC0415

        return await nudging.status(opening.desk(config), now)


def _audit(app: App, said: Voice) -> None:
    audit = _app(said, "audit")
    app.command(audit)

    @_tells(audit, said, "audit verify")
    async def verify(*, heads: list[Path] | None = None, config: ConfigFile = DEFAULT) -> int:
        from bot.cli import opening, trail  # noqa: PLC0415

        return await trail.verified(opening.desk(config), heads or ())


if __name__ == "__main__":
    main()
