"""The form of a manifest, as the document gives it."""

import json
import re
from pathlib import Path

import msgspec

from ops.backup.key_backup import sealed
from ops.backup.manifest import KeysManifest, encode
from ops.keys.outer_key import OuterKey

DOCUMENT = Path(__file__).parents[3] / "ops" / "docs" / "backup.md"


def test_the_documents_vector_is_what_is_written():
    (text,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    outer = OuterKey(b"\x0b" * 32, "the document")
    listed = msgspec.json.decode(text, type=KeysManifest)
    assert listed.outer_key == outer.key_id
    bare = msgspec.structs.replace(listed, seal=None)
    assert sealed(outer, bare) == listed
    assert encode(listed).decode() == text


def test_the_seal_binds_every_field():
    outer = OuterKey(b"\x0b" * 32, "a test")
    (text,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    content = json.loads(text)
    seals = set()
    for change in ({}, {"keys": 1}, {"made_at": "2026-03-02T04:00:01Z"}, {"outer_key": "0" * 16}):
        changed = msgspec.convert(content | change, KeysManifest)
        seals.add(sealed(outer, changed).seal)
    assert len(seals) == 4
