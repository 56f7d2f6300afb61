"""The bot vouches for its own device, so that people's clients need not warn of it, and give it their keys.

matrix-nio has no part in this. Three keys are made once: a master key, which stands for the account, signs one that
signs devices and one that would sign other people; the second signs the bot's device, and the device the first. They
are kept sealed: a second set could only be published with the account's password.
(https://spec.matrix.org/v1.15/client-server-api/#cross-signing)
"""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from typing import Any

from Crypto.Signature import eddsa

from adapters.matrix.calls import Calls
from adapters.matrix.encryption import Encryption
from adapters.matrix.keyring import SIGNING
from bot.chat import PlatformError, RateLimited, Unreachable

Json = dict[str, Any]
UNPROVEN = "HTTP_401"  # the one answer of a homeserver that has no errcode
USAGES = ("master", "self_signing", "user_signing")


class Key:
    """An ed25519 key that signs JSON (spec, "Signing JSON")."""

    def __init__(self, seed: bytes) -> None:
        """seed: 32 bytes."""
        self._signer = eddsa.new(eddsa.import_private_key(seed), "rfc8032")
        self.public = _unpadded(eddsa.import_private_key(seed).public_key().export_key(format="raw"))

    def sign(self, signed: Json) -> str:
        """The signature of an object, whose `signatures` and `unsigned` do not count."""
        plain = {key: value for key, value in signed.items() if key not in {"signatures", "unsigned"}}
        canonical = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return _unpadded(self._signer.sign(canonical.encode()))


class Signing:
    """Signs the bot's device once, and again when it is another one.

    trouble: why it is not signed ("" when it is, or will be): "others_keys", the account has keys made elsewhere;
    "refused", with the server's code after a colon.
    """

    def __init__(self, calls: Calls, encryption: Encryption) -> None:
        self.trouble = ""
        self._calls = calls
        self._encryption = encryption
        self._seeds: list[str] = []
        self._signed = ""

    def load(self) -> None:
        """What an earlier run kept."""
        kept = self._encryption.ring.found(SIGNING).get("", {})
        self._seeds, self._signed = kept.get("seeds", []), kept.get("signed", "")

    async def chores(self) -> None:
        """Sign this device unless that is done. What fails for now is tried after the next sync."""
        device = self._encryption.device
        if self.trouble or self._signed == device or not self._encryption.olm.account.shared:
            return
        try:
            answer = await self._calls.request("POST", "keys", "query", body={"device_keys": {self._calls.me: []}})
            if not self._ours(answer):
                await self._publish(answer)
            if not self.trouble:
                await self._sign(answer["device_keys"][self._calls.me][device])
        except PlatformError as error:
            if isinstance(error, RateLimited | Unreachable) and error.reason != UNPROVEN:
                return
            self.trouble = f"refused:{error.reason}"  # until the next start: a bot works unsigned, too
        except KeyError:
            return  # the server has not noticed yet which keys the device has

    def _ours(self, answer: Json) -> bool:
        published = answer.get("master_keys", {}).get(self._calls.me, {}).get("keys", {})
        return bool(self._seeds) and self._keys()["master"].public in published.values()

    def _keys(self) -> dict[str, Key]:
        return {usage: Key(bytes.fromhex(seed)) for usage, seed in zip(USAGES, self._seeds, strict=True)}

    async def _publish(self, answer: Json) -> None:
        """Publish the keys of the account, once they are kept; with a password we may replace what is there."""
        proof = self._calls.proof
        if answer.get("master_keys", {}).get(self._calls.me) and not proof:
            self.trouble = "others_keys"
            return
        if not self._seeds:
            self._seeds = [secrets.token_hex(32) for _ in USAGES]
            self._mark()
            await self._encryption.flush()
        body: Json = {f"{usage}_key": self._described(usage) for usage in USAGES}
        for usage in USAGES[1:]:
            self._add(body[f"{usage}_key"], self._keys()["master"])
        await self._calls.request("POST", "keys", "device_signing", "upload", body=body | proof)

    async def _sign(self, device: Json) -> None:
        """The device is signed by the account, and the account by the device."""
        keys, me, mine = self._keys(), self._calls.me, self._encryption.device
        device = {key: value for key, value in device.items() if key not in {"signatures", "unsigned"}}
        self._add(device, keys["self_signing"])
        master = self._described("master")
        signature = self._encryption.olm.sign_json(self._described("master"))
        master["signatures"] = {me: {f"ed25519:{mine}": signature}}
        body = {me: {mine: device, keys["master"].public: master}}
        failures = (await self._calls.request("POST", "keys", "signatures", "upload", body=body)).get("failures")
        if failures:
            self.trouble = "refused:signature"
            return
        self._signed = mine
        self._mark()

    def _described(self, usage: str) -> Json:
        public = self._keys()[usage].public
        return {"user_id": self._calls.me, "usage": [usage], "keys": {f"ed25519:{public}": public}}

    def _add(self, signed: Json, key: Key) -> None:
        signed["signatures"] = {self._calls.me: {f"ed25519:{key.public}": key.sign(signed)}}

    def _mark(self) -> None:
        kept = {"seeds": list(self._seeds), "signed": self._signed}
        self._encryption.ring.mark(SIGNING, lambda: kept)


def _unpadded(value: bytes) -> str:
    return b64encode(value).decode().rstrip("=")
