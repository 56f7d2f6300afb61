"""Sealing what is kept: keys of encryption leave this process only under a key from the environment. Pure."""

from __future__ import annotations

import hashlib
import secrets

from Crypto.Cipher import AES

_NONCE, _TAG = 12, 16  # bytes (NIST SP 800-38D: a nonce of 96 bits, made by chance, and a whole tag)


class SealError(Exception):
    """What was kept cannot be opened: it was sealed under another key, or changed."""


class Seal:
    """AES-256-GCM; the name under which a thing is kept is sealed with it, so that two cannot be exchanged."""

    def __init__(self, secret: str) -> None:
        """secret: any text that is hard to guess."""
        self._key = hashlib.sha256(b"parvis matrix seal\0" + secret.encode()).digest()

    def close(self, name: str, value: bytes) -> bytes:
        """The value sealed: nonce, tag, ciphertext."""
        nonce = secrets.token_bytes(_NONCE)
        cipher = AES.new(self._key, AES.MODE_GCM, nonce=nonce, mac_len=_TAG)
        cipher.update(name.encode())
        sealed, tag = cipher.encrypt_and_digest(value)
        return nonce + tag + sealed

    def open(self, name: str, sealed: bytes) -> bytes:
        """The value. Raises SealError."""
        nonce, tag, body = sealed[:_NONCE], sealed[_NONCE : _NONCE + _TAG], sealed[_NONCE + _TAG :]
        try:
            cipher = AES.new(self._key, AES.MODE_GCM, nonce=nonce, mac_len=_TAG)
            cipher.update(name.encode())
            return cipher.decrypt_and_verify(body, tag)
        except ValueError:
            raise SealError(name) from None
