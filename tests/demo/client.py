"""A Matrix client in the browser: built once, by npm, from its published package, and served on this computer."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tests.demo.on_matrix import usual_port
from tests.servers.process import dies_with_us

OURS = Path(__file__).parent / "web"
PORT = 8009
INSTALL_SECONDS = 300.0
# By name and version: nothing of it is kept in this repository, and npm asks the registry that this machine uses.
PACKAGE = {
    "name": "parvis-demo-client",
    "private": True,
    "type": "module",
    "dependencies": {"hydrogen-view-sdk": "0.3.1"},
    "devDependencies": {"vite": "^5.4.0"},
}
COMMANDS = (("install", "--no-audit", "--no-fund", "--loglevel=error"), ("exec", "--", "vite", "build"))


class ClientError(Exception):
    """The client could not be made; its log says why."""


class Client:
    """The client of one demo folder."""

    def __init__(self, folder: Path) -> None:
        """folder: where it is made, and kept for the next demo."""
        self.folder = folder
        self.log = folder / "build.log"

    @property
    def possible(self) -> bool:
        """Whether it can be made here."""
        return shutil.which("npm") is not None

    @property
    def ready(self) -> bool:
        """Whether it was made before, from the same sources."""
        stamp = self.folder / "stamp"
        return stamp.exists() and stamp.read_text() == self._wanted() and (self.folder / "dist/index.html").exists()

    async def build(self) -> None:
        """Make it. Raises ClientError."""
        await asyncio.to_thread(self._lay_out)
        for command in COMMANDS:
            await self._npm(*command)
        await asyncio.to_thread(self._finish)

    @asynccontextmanager
    async def served(self, homeserver: str) -> AsyncIterator[str]:
        """Serve it on this computer alone; gives its address. homeserver: the URL it proposes."""
        run = secrets.token_hex(8)

        async def index(_request: web.Request) -> web.FileResponse:
            return web.FileResponse(self.folder / "dist" / "index.html")

        async def demo(_request: web.Request) -> web.Response:
            return web.json_response({"homeserver": homeserver, "run": run})

        app = web.Application()
        app.add_routes([web.get("/", index), web.get("/demo.json", demo), web.static("/", self.folder / "dist")])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            port = usual_port(PORT)
            await web.TCPSite(runner, "127.0.0.1", port).start()
            yield f"http://127.0.0.1:{port}/"
        finally:
            await runner.cleanup()

    def _wanted(self) -> str:
        parts = [json.dumps(PACKAGE).encode(), *(path.read_bytes() for path in sorted(OURS.iterdir()))]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    def _lay_out(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log.write_bytes(b"")
        shutil.copytree(OURS, self.folder, dirs_exist_ok=True)
        (self.folder / "package.json").write_text(json.dumps(PACKAGE, indent=2), "utf-8")

    def _finish(self) -> None:
        worker = self.folder / "node_modules/hydrogen-view-sdk/lib-build/sw.js"
        if worker.exists():
            shutil.copyfile(worker, self.folder / "dist" / "sw.js")
        (self.folder / "stamp").write_text(self._wanted())

    async def _npm(self, *words: str) -> None:
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *dies_with_us(),
                "npm",
                *words,
                cwd=self.folder,
                env={**os.environ, "CI": "1"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            async with asyncio.timeout(INSTALL_SECONDS):
                status = await process.wait()
        except TimeoutError:
            raise ClientError(f"npm {words[0]} took more than {INSTALL_SECONDS:.0f} s") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if status:
            raise ClientError(f"npm {words[0]} ended with status {status}")
