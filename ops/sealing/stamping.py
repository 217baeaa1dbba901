"""Stamps by an authority outside (RFC 3161): that a checkpoint was there at a time.

The authority is sent the SHA-256 of the note and nothing else. What it answers is kept whole, for
`openssl ts -verify` and others to read.
"""

import asyncio
import importlib
import urllib.error
import urllib.request
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.x509 import load_pem_x509_certificates

from ops.faults import Mendable
from ops.sealing.store import SealStore

ANSWER_MAX: Final = 64 * 1024
"""Longest answer that is taken, in bytes; a usual one has a few thousand."""
SECONDS: Final = 15.0
_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_GRANTED: Final = 0


class StampRefused(Mendable, RuntimeError):
    """No stamp was had, or one that does not hold; nothing of it is kept."""


class Stamper:
    """Asks one authority."""

    def __init__(self, url: str, roots: Path | None, *, seconds: float = SECONDS) -> None:
        """Certificates in `roots` (PEM) are those that the authority's signature must lead to.

        Without them status, digest and nonce are checked, and the signature is not.
        """
        self._url, self._roots, self._seconds = url, roots, seconds

    async def stamp(self, message: bytes) -> bytes:
        """The authority's answer (TimeStampResp) over these bytes. Raises StampRefused."""
        return await asyncio.to_thread(self._stamp, message)

    def _stamp(self, message: bytes) -> bytes:
        library = _library()
        builder = library.TimestampRequestBuilder(
            data=message, hash_algorithm=library.base.HashAlgorithm.SHA256, nonce=True
        )
        request = builder.build()
        answer = self._ask(request.as_bytes())
        try:
            self._check(library, request, answer, message)
        except StampRefused:
            raise
        # The library raises ValueError and errors of its own for what cannot be read.
        except Exception as error:
            raise StampRefused(f"{self._url} gave a stamp that does not hold: {error}") from error
        return answer

    def _ask(self, request: bytes) -> bytes:
        asked = urllib.request.Request(  # noqa: S310 - http or https, see Settings
            self._url, request, {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=self._seconds) as response:  # noqa: S310
                answer: bytes = response.read(ANSWER_MAX + 1)
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise StampRefused(f"{self._url} does not stamp now: {reason}") from error
        if len(answer) > ANSWER_MAX:
            raise StampRefused(f"{self._url} answered with more than a stamp has")
        return answer

    def _check(self, library: Any, request: Any, answer: bytes, message: bytes) -> None:
        response = library.decode_timestamp_response(answer)
        if response.status != _GRANTED:
            raise StampRefused(f"{self._url} did not grant a stamp: status {response.status}")
        info = response.tst_info
        imprint = info.message_imprint
        if (
            info.nonce != request.nonce
            or imprint.hash_algorithm.dotted_string != _SHA256
            or imprint.message != sha256(message).digest()
        ):
            raise StampRefused(f"{self._url} stamped something else than was asked for")
        if self._roots is not None:
            verifier = library.VerifierBuilder.from_request(request)
            for root in load_pem_x509_certificates(self._roots.read_bytes()):
                verifier = verifier.add_root_certificate(root)
            verifier.build().verify_message(response, message)


async def stamp_newest(stamper: Stamper, store: SealStore, organisation: UUID) -> bytes | None:
    """The stamp of the newest checkpoint, asked for where there is none yet; None without one.

    Raises StampRefused, LogUnavailable.
    """
    last = await store.last(organisation)
    if last is None:
        return None
    if await store.stamp(organisation, last.size) is None:
        await store.add_stamp(organisation, last.size, await stamper.stamp(last.note.encode()))
    return await store.stamp(organisation, last.size)


def _library() -> Any:
    try:
        return importlib.import_module("rfc3161_client")
    except ModuleNotFoundError as error:
        raise StampRefused(
            "stamping needs the package rfc3161-client: pip install 'mingzhang[stamps]'"
        ) from error
