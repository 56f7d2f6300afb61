"""What stands between the bot and its platforms: proxies, and who is trusted to vouch for a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.cli.doctoring.seen import Seen
from bot.config import PlatformSettings, WiredSettings


def proxies(hosts: Mapping[str, str]) -> Iterator[Seen]:
    """What HTTPS_PROXY and NO_PROXY mean for each platform. hosts: platform -> "slack.com" or "host:port"."""
    known = getproxies()
    proxy = known.get("https") or known.get("http") or ""
    if proxy and not urlsplit(proxy).hostname:
        yield Seen("proxy", "wrong", about=_bare(proxy))
        return
    for platform, host in hosts.items():
        passed_by = not proxy or bool(proxy_bypass(host))
        code = "proxy-none" if not proxy else "proxy-passed-by" if passed_by else "proxy"
        yield Seen(code, "fine", platform, host, name=_bare(proxy))


def _bare(proxy: str) -> str:
    """Without the name and password that may stand in it."""
    return proxy.rpartition("@")[2].rpartition("//")[2]


def certificates(env: Mapping[str, str], platforms: Mapping[str, PlatformSettings]) -> Iterator[Seen]:
    """Whose word is taken. env: the environment, of which OpenSSL reads SSL_CERT_FILE (its manual, "openssl-env")."""
    file = env.get("SSL_CERT_FILE", "")
    if file and not Path(file).is_file():
        yield Seen("certificates-env", "wrong", about=file)
    elif file:
        yield Seen("certificates-env", "fine", about=file)
    for name, settings in platforms.items():
        if isinstance(settings, WiredSettings) and settings.ca_file:
            yield Seen("certificates", "fine", name, settings.ca_file)
