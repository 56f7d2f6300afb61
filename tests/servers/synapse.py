"""A real Matrix server on 127.0.0.1, for tests and the demo.

Synapse runs as a program of its own, from its own environment (`.synapse`, made by `make setup-synapse`),
and is never imported here.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.servers.process import POLL_SECONDS, ROOT, ServerError, dies_with_us, end, free_port, last_words

PYTHON = ROOT / ".synapse" / "bin" / "python"
START_SECONDS = 60
START_TRIES = 3
REQUEST_SECONDS = 30
_NO_LIMIT = {"per_second": 100_000, "burst_count": 100_000}
# Synapse's defaults allow one message in five seconds and one login in five minutes: tests would mostly wait.
NO_RATE_LIMITS: Mapping[str, object] = {
    "rc_admin_redaction": _NO_LIMIT,
    "rc_delayed_event_mgmt": _NO_LIMIT,
    "rc_invites": {"per_room": _NO_LIMIT, "per_user": _NO_LIMIT, "per_issuer": _NO_LIMIT},
    "rc_joins": {"local": _NO_LIMIT, "remote": _NO_LIMIT},
    "rc_joins_per_room": _NO_LIMIT,
    "rc_key_requests": _NO_LIMIT,
    "rc_login": {"address": _NO_LIMIT, "account": _NO_LIMIT, "failed_attempts": _NO_LIMIT},
    "rc_media_create": _NO_LIMIT,
    "rc_message": _NO_LIMIT,
    "rc_presence": {"per_user": _NO_LIMIT},
    "rc_profile": _NO_LIMIT,
    "rc_registration": _NO_LIMIT,
    "rc_reports": _NO_LIMIT,
    "rc_room_creation": _NO_LIMIT,
    "rc_third_party_invite": _NO_LIMIT,
    "rc_user_directory": _NO_LIMIT,
}


class NameInUseError(ServerError):
    """Somebody is already registered under this name."""


@dataclass(frozen=True)
class Account:
    """A registered person; the token and device are good for nio's `restore_login`, with no login needed."""

    user_id: str
    access_token: str
    device_id: str
    password: str


def is_installed() -> bool:
    """Whether Synapse's environment is there."""
    return PYTHON.exists()


def install() -> None:
    """Make Synapse's environment, showing progress on the terminal; does nothing when it is there already."""
    finished = subprocess.run([sys.executable, str(ROOT / ".ci" / "bootstrap.py"), "synapse"], check=False)
    if finished.returncode:
        raise ServerError("Synapse could not be installed; see above.")


class Synapse:
    """One server. Its directory outlives `stop` and `restart`; `remove` deletes it if it was made here."""

    def __init__(
        self,
        directory: Path | None = None,
        *,
        port: int | None = None,
        server_name: str = "parvis.test",
        rate_limits: bool = False,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Prepare a server.

        Args:
            directory: where it keeps everything; without one, a temporary directory.
            port: the port to listen on; without one, any free port, kept over restarts.
            server_name: what stands after the colon in user ids.
            rate_limits: Synapse's own limits; off unless asked for.
            settings: further entries of homeserver.yaml, winning over ours.
        """
        self._made_here = directory is None
        self.directory = (directory or Path(tempfile.mkdtemp(prefix="parvis-synapse-"))).resolve()
        self._port_is_given = port is not None
        self.port = port or free_port()
        self.server_name = server_name
        self.rate_limits = rate_limits
        self.settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        """The address clients use."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.directory / "synapse.log"

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        self.remove()

    async def start(self) -> None:
        """Start, and return once the server answers."""
        if not is_installed():
            raise ServerError("Synapse is not installed here. Run: make setup-synapse")
        if self.pid is not None:
            raise ServerError("This Synapse is already running.")
        for tries_left in reversed(range(START_TRIES)):
            self._write_configuration()
            try:
                await self._start_once()
            except ServerError:
                # Between choosing a port and opening it, somebody else may have taken it.
                if self._port_is_given or not tries_left or "Address already in use" not in last_words(self.log, 60):
                    raise
                self.port = free_port()
            else:
                self._port_is_given = True
                return

    async def stop(self) -> None:
        """Stop; what the server knows stays in its directory."""
        await self._hang_up()
        process, self._process = self._process, None
        if process is not None:
            await end(process)

    async def kill(self) -> None:
        """End the server as a power cut would."""
        await self._hang_up()
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await end(process)

    async def restart(self) -> None:
        """Stop, and start again on the same port with the same data."""
        await self.stop()
        await self.start()

    def remove(self) -> None:
        """Delete the directory, unless the caller gave it."""
        if self._made_here:
            shutil.rmtree(self.directory, ignore_errors=True)

    async def register(
        self, name: str, *, admin: bool = False, display_name: str | None = None, password: str | None = None
    ) -> Account:
        """Register a person under this name (without server) and return how to act as them."""
        password = password or secrets.token_urlsafe(16)
        path = "/_synapse/admin/v1/register"
        nonce = str((await self.call("GET", path))["nonce"])
        words = [nonce, name, password, "admin" if admin else "notadmin"]
        secret = self._read_configuration()["registration_shared_secret"].encode()
        body = {
            "nonce": nonce,
            "username": name,
            "password": password,
            "admin": admin,
            "mac": hmac.new(secret, "\0".join(words).encode(), hashlib.sha1).hexdigest(),
            "displayname": display_name or name,
        }
        answer = await self.call("POST", path, body)
        if answer.get("errcode") == "M_USER_IN_USE":
            raise NameInUseError(f"{name} is already registered on this server.")
        return self._account(answer, password)

    async def login(self, name: str, password: str, *, device_id: str | None = None) -> Account:
        """Log in a person registered earlier, as a demo does that kept its directory."""
        body: dict[str, object] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": name},
            "password": password,
        }
        if device_id is not None:
            body["device_id"] = device_id
        return self._account(await self.call("POST", "/_matrix/client/v3/login", body), password)

    async def call(
        self, method: str, path: str, body: Mapping[str, object] | None = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """One plain request to the server, answered as JSON; errors are returned, as the server worded them."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if self._session is None:  # kept: a scenario asks a hundred times
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=REQUEST_SECONDS))
        async with self._session.request(method, self.url + path, json=body, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def _account(answer: Mapping[str, Any], password: str) -> Account:
        if "access_token" not in answer:
            raise ServerError(f"Synapse refused: {answer.get('errcode')} {answer.get('error')}")
        return Account(answer["user_id"], answer["access_token"], answer["device_id"], password)

    async def _start_once(self) -> None:
        command = [*dies_with_us(), str(PYTHON), "-m", "synapse.app.homeserver", "-c", str(self._configuration)]
        self.log.write_bytes(b"")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.directory, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as session:
                while not await self._is_healthy(session):
                    self._expect_running()
                    await asyncio.sleep(POLL_SECONDS)
        except TimeoutError:
            await self.stop()
            raise ServerError(f"Synapse did not answer in {START_SECONDS} s:\n{last_words(self.log)}") from None
        except BaseException:
            await self.stop()
            raise

    def _expect_running(self) -> None:
        if self.pid is None:
            raise ServerError(f"Synapse ended while starting:\n{last_words(self.log)}")

    async def _is_healthy(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/health") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    @property
    def _configuration(self) -> Path:
        return self.directory / "homeserver.json"

    def _read_configuration(self) -> dict[str, Any]:
        configuration: dict[str, Any] = json.loads(self._configuration.read_text(encoding="utf-8"))
        return configuration

    def _write_configuration(self) -> None:
        """Write homeserver.json (YAML's older sister is read as well), keeping the secrets of an earlier start."""
        self.directory.mkdir(parents=True, exist_ok=True)
        kept = self._read_configuration() if self._configuration.exists() else {}
        log_configuration = self.directory / "log.json"
        configuration: dict[str, object] = {
            "server_name": self.server_name,
            "public_baseurl": f"{self.url}/",
            "pid_file": str(self.directory / "synapse.pid"),
            "listeners": [
                {
                    "port": self.port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "tls": False,
                    "resources": [{"names": ["client"], "compress": False}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.directory / "homeserver.db")}},
            "log_config": str(log_configuration),
            "media_store_path": str(self.directory / "media"),
            "registration_shared_secret": kept.get("registration_shared_secret") or secrets.token_urlsafe(32),
            "macaroon_secret_key": kept.get("macaroon_secret_key") or secrets.token_urlsafe(32),
            "form_secret": kept.get("form_secret") or secrets.token_urlsafe(32),
            "signing_key": kept.get("signing_key") or f"ed25519 a_test {_unpadded(secrets.token_bytes(32))}",
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "report_stats": False,
            # Passwords here protect nothing; the default costs a third of a second for each.
            "bcrypt_rounds": 4,
            # Without it a public room is made, but not listed.
            "room_list_publication_rules": [{"action": "allow"}],
            **({} if self.rate_limits else NO_RATE_LIMITS),
            **self.settings,
        }
        _write_private(self._configuration, configuration)
        _write_private(log_configuration, self._log_configuration())

    def _log_configuration(self) -> dict[str, object]:
        return {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
            # Standard error is the log file already: one file holds what Synapse logs and what Python prints.
            "handlers": {"file": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"level": "WARNING", "handlers": ["file"]},
            # Its sentences hold people's words and tokens.
            "loggers": {"synapse.storage.SQL": {"level": "WARNING"}},
        }


def _unpadded(key: bytes) -> str:
    return base64.b64encode(key).decode().rstrip("=")


def _write_private(path: Path, content: Mapping[str, object]) -> None:
    path.touch(mode=0o600)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
