"""The life of `parvis run`: started, watched, stopped in good order."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot import logs
from bot.app import App
from bot.audit import HeadsFile
from bot.chat import LockedOut, Platform, PlatformError
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, alone, opened
from bot.cli.outbox import ASKED
from bot.config import Config, Listener, secret_variables
from bot.web import Metrics, Public, Web, waiting
from storage.database import Store

log = structlog.get_logger("run")

_ASKED_TO_STOP = (signal.SIGINT, signal.SIGTERM)


async def serve(
    desk: Desk,
    platforms: Callable[[], Mapping[str, Platform]],
    now: Callable[[], datetime],
    checkpoint: Callable[[str], None],
    made: type[App] = App,
) -> int:
    """Run the bot until a signal asks it to stop, or something fails for good (FOUND).

    platforms: opens them. now: the clock (UTC, aware). checkpoint: called at every named step. made: what is run.
    Raises Wrong when it cannot start, or when a platform refuses the bot.
    """
    config = desk.config
    logs.configure(
        sys.stderr,
        logs.secrets_of([getattr(config, key) for key in type(config).model_fields]),
        payloads=[name for kind in desk.kinds.values() for name in kind.loggers],
        shapes=[shape for kind in desk.kinds.values() for shape in kind.secrets],
    )
    asked = _signals()
    if not config.rooms.animator:
        log.warning("no animators' room", key="rooms.animator", meaning=desk.voice("cli-run-no-room"))
    with alone(desk):
        async with opened(desk, migrate=True) as store:
            app, metrics = _app(config, store, platforms(), now, checkpoint, made)
            async with _listening(desk, app, metrics):
                await app.start()
                gc.freeze()  # all that was made by now stays as long as the process
                log.info("started", platforms=sorted(config.platforms), store=store.dialect)
                try:
                    error = await _end(app, asked)
                finally:
                    log.info("stopping")
                    await app.stop()
    log.info("stopped")
    if error is None:
        return FINE
    if isinstance(error, PlatformError):
        raise Wrong(_refused(desk, app.tasks.stopped.removeprefix("platform "), error))
    show.note(desk.voice("cli-run-failed", part=app.tasks.stopped))
    return FOUND


def _refused(desk: Desk, platform: str, error: PlatformError) -> str:
    """In words: which platform, and where the secret is that it did not accept."""
    voice, at = desk.voice, f"[platforms.{platform}]"
    if not isinstance(error, LockedOut) or platform not in desk.config.platforms:
        return voice("cli-run-refused", platform=platform, reason=error.reason)
    settings = desk.config.platforms[platform]
    known = secret_variables(platform, type(settings))
    if error.which in known:
        variable = known[error.which]
        return voice("cli-run-locked-out", platform=platform, reason=error.reason, variable=variable, at=at)
    given = [variable for key, variable in known.items() if getattr(settings, key) is not None]
    return voice("cli-run-locked-out-unknown", platform=platform, reason=error.reason, variable=", ".join(given), at=at)


def _app(
    config: Config,
    store: Store,
    platforms: Mapping[str, Platform],
    now: Callable[[], datetime],
    checkpoint: Callable[[str], None],
    made: type[App],
) -> tuple[App, Metrics]:
    metrics = Metrics(partial(waiting, store, ASKED))
    heads = config.audit.file(config.database.url)
    app = made(
        config,
        store,
        platforms,
        now,
        checkpoint,
        holder=_holder(store),
        sent=metrics.observe,
        event=metrics.event,
        took=metrics.took,
        head=HeadsFile(heads) if heads else None,
    )
    metrics.shows(app.parts.gauges)
    return app, metrics


def _holder(store: Store) -> str:
    """The name under which duties are held: with SQLite there is one process, which takes its own back at once."""
    return "parvis" if store.dialect == "sqlite" else f"{socket.gethostname()}:{os.getpid()}"


@asynccontextmanager
async def _listening(desk: Desk, app: App, metrics: Metrics) -> AsyncIterator[None]:
    config = desk.config
    async with AsyncExitStack() as stack:
        if config.web.private is not None:
            private = config.web.private
            await _listen(stack, desk, "private", private, Web(private, app.ready, metrics))
        if config.web.public is not None:
            public = config.web.public
            await _listen(stack, desk, "public", public, Public(public, app.intake.hooks))
        yield


async def _listen(stack: AsyncExitStack, desk: Desk, key: str, at: Listener, web: Web | Public) -> None:
    try:
        await web.start()
    except OSError as error:
        where = f"{at.host}:{at.port}"
        reason = str(error.strerror)
        raise Wrong(desk.voice("cli-run-port", key=key, where=where, reason=reason)) from None
    stack.push_async_callback(web.stop)
    log.info("listening", what=key, host=at.host, port=web.port)


def _signals() -> asyncio.Event:
    """Set by the first signal that asks to stop; a second one ends the process at once."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        asked.set()
        for each in _ASKED_TO_STOP:
            loop.remove_signal_handler(each)

    for each in _ASKED_TO_STOP:
        loop.add_signal_handler(each, stop)
    return asked


async def _end(app: App, asked: asyncio.Event) -> BaseException | None:
    """Wait for a signal (None), or for what fails for good."""
    assert app.tasks.failed is not None
    signalled = asyncio.ensure_future(asked.wait())
    both: set[asyncio.Future[Any]] = {signalled, app.tasks.failed}
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    signalled.cancel()
    return app.tasks.failed.result() if app.tasks.failed.done() else None


def killer(where: str) -> Callable[[str], None]:
    """A checkpoint for crash tests: the process kills itself at a named step, and its log says at which.

    where: "STEP" or "STEP:NTH"; several with commas between them, of which the first one reached counts; "" never.
    "STEP:NTH:stop" stops the process instead (SIGSTOP): it goes on when it is told to.
    """
    left: dict[str, tuple[int, signal.Signals]] = {}
    for each in filter(None, where.split(",")):
        step, _, rest = each.partition(":")
        nth, _, how = rest.partition(":")
        left[step] = int(nth or 1), signal.SIGSTOP if how == "stop" else signal.SIGKILL

    def reached(name: str) -> None:
        if name not in left:
            return
        nth, how = left.pop(name)
        if nth > 1:
            left[name] = nth - 1, how
            return
        log.warning("struck", step=name, signal=how.name)
        os.kill(os.getpid(), how)

    return reached
