"""The command line, and the one place that opens platforms and reads the clock.

What a command needs is imported when it is called: asking for help must not take a second.
"""

# Annotations are read when the program runs, by cyclopts: names in them are imported here.
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import App, CycloptsError, Parameter

from bot.cli import Wrong

_FILE = Parameter(name=["--config", "-c"], env_var="PARVIS_CONFIG", help="The file of settings.")
ConfigFile = Annotated[Path, _FILE]
Action = Annotated[str, Parameter(help='Such as "community.approve" or "community approve".')]
HeadsFiles = Annotated[
    list[Path] | None, Parameter(help="More files that know heads: other heads files, or logs of the bot.")
]
DEFAULT = Path("parvis.toml")

app = App(
    name="parvis",
    help="Lives in the chat a company already has, and helps it open communities and keep them alive.",
    help_epilogue="Exit status: 0 fine, 1 something was found, 2 asked wrongly or wrong settings.",
    help_format="plaintext",
    version=lambda: version("parvis"),
    version_flags=["--version"],
)
parked = App(name="parked", help="Events that could not be handled, and were set aside.")
outbox = App(name="outbox", help="What the bot promised to say: what waits, what could not be said.")
audit = App(name="audit", help="The trail of decisions.")
for part in (parked, outbox, audit):
    app.command(part)


def main(words: Sequence[str] | None = None) -> NoReturn:
    """The `parvis` command; exits with its status. words: what was typed after it; the process's own, unless given."""
    try:
        status = app(words, exit_on_error=False, result_action="return_value")
    except CycloptsError:
        sys.exit(2)  # said already
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)


def now() -> datetime:
    """The clock of the process."""
    return datetime.now(UTC)


@app.command
async def run(*, config: ConfigFile = DEFAULT) -> int:
    """Run the bot until SIGTERM or Ctrl-C; what is in hand is finished first."""
    from adapters import open_platform  # noqa: PLC0415 - see above
    from bot.cli import opening, running  # noqa: PLC0415

    settings = opening.settings(config)
    return await running.serve(
        settings,
        lambda: {name: open_platform(name, each, now) for name, each in settings.platforms.items()},
        now,
        running.killer(os.environ.get("PARVIS_KILL_AT", "")),
    )


@app.command
def check(*, config: ConfigFile = DEFAULT) -> int:
    """Read the settings and say what is wrong with them, all at once; nothing is opened."""
    from bot.cli import opening, show  # noqa: PLC0415

    settings = opening.settings(config)
    platforms = ", ".join(f"{name} ({each.kind})" for name, each in settings.platforms.items())
    show.line(f"{config} is fine. Platforms: {platforms}. Database: {settings.database.url}.")
    return 0


@app.command
async def migrate(*, config: ConfigFile = DEFAULT) -> int:
    """Bring the tables of the database up to date; starting the bot does it too."""
    from bot.cli import opening, show  # noqa: PLC0415

    settings = opening.settings(config)
    async with opening.opened(settings, migrate=True):
        show.line(f"The tables of {settings.database.url} are up to date.")
    return 0


@app.command
async def who_can(action: Action = "", /, *, config: ConfigFile = DEFAULT) -> int:
    """Say who may do something, or everything."""
    from bot.cli import opening, rights  # noqa: PLC0415

    return await rights.who_can(opening.settings(config), action, now())


# ---------------------------------------------------------------- parked


@parked.command(name="list")
async def parked_list(*, config: ConfigFile = DEFAULT) -> int:
    """Show them with their reasons; status 1 when there are any."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import parked as set_aside  # noqa: PLC0415

    return await set_aside.listed(opening.settings(config))


@parked.command(name="retry")
async def parked_retry(id: int, /, *ids: int, config: ConfigFile = DEFAULT) -> int:
    """Handle parked events again, once what stopped them is repaired."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import parked as set_aside  # noqa: PLC0415

    return await set_aside.retried(opening.settings(config), (id, *ids), now())


@parked.command(name="drop")
async def parked_drop(id: int, /, *ids: int, config: ConfigFile = DEFAULT) -> int:
    """Give parked events up."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import parked as set_aside  # noqa: PLC0415

    return await set_aside.dropped(opening.settings(config), (id, *ids), now())


# ---------------------------------------------------------------- outbox


@outbox.command(name="list")
async def outbox_list(*, config: ConfigFile = DEFAULT) -> int:
    """Show how much waits, on which platform, and what is next."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import outbox as promises  # noqa: PLC0415

    return await promises.listed(opening.settings(config))


@outbox.command(name="dead")
async def outbox_dead(*, config: ConfigFile = DEFAULT) -> int:
    """Show what could not be said, and why; status 1 when there is anything."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import outbox as promises  # noqa: PLC0415

    return await promises.dead(opening.settings(config))


@outbox.command(name="retry")
async def outbox_retry(name: str, /, *names: str, config: ConfigFile = DEFAULT) -> int:
    """Try dead promises again, once what stopped them is repaired."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import outbox as promises  # noqa: PLC0415

    return await promises.retried(opening.settings(config), (name, *names), now())


@outbox.command(name="drop")
async def outbox_drop(name: str, /, *names: str, config: ConfigFile = DEFAULT) -> int:
    """Give dead promises up."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import outbox as promises  # noqa: PLC0415

    return await promises.dropped(opening.settings(config), (name, *names))


@outbox.command(name="progress")
async def outbox_progress(batch: str, /, *, config: ConfigFile = DEFAULT) -> int:
    """Show how far a batch is."""
    from bot.cli import opening  # noqa: PLC0415
    from bot.cli import outbox as promises  # noqa: PLC0415

    return await promises.progress(opening.settings(config), batch)


# ---------------------------------------------------------------- audit


@audit.command
async def verify(*, heads: HeadsFiles = None, config: ConfigFile = DEFAULT) -> int:
    """Say whether the trail was changed, cut or rewritten, and where; status 1 when it was."""
    from bot.cli import opening, trail  # noqa: PLC0415

    return await trail.verified(opening.settings(config), heads or ())


if __name__ == "__main__":
    main()
