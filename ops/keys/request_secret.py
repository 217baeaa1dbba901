"""The secret behind keyed digests of requests, which tell a repeat from a key used twice.

It outlives rotations of the outer key: kept under it, in the key store. Installations older than
that file derived it from their outer key, so theirs begins with what it was.
"""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ops.keys.outer_key import KEY_BYTES, OuterKey


def first_secret(outer: OuterKey) -> bytes:
    """What an outer key's installation used before the secret was kept: HKDF (RFC 5869)."""
    derive = HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"mingzhang/request-digest/1"
    )
    return derive.derive(outer.key)
