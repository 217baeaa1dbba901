"""The signing key: made once, privately; nothing else passes for it; a foreign one is refused."""

import stat
from uuid import uuid4

import pytest

from ops.keys.outer_key import KeyFault
from ops.keys.signing_key import SigningKey, is_signed, load_signing_key
from ops.settings import Settings
from ops.wiring import open_house
from tests.ops.keys.processes import outputs

# RFC 8032, section 7.1, tests 2 and 3.
RFC_8032 = (
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
)


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_the_published_signatures_come_out(seed, public, message, signature):
    key = SigningKey(bytes.fromhex(seed), "RFC 8032")
    assert key.public_key.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert is_signed(key.public_key, bytes.fromhex(signature), bytes.fromhex(message))
    assert not is_signed(key.public_key, bytes.fromhex(signature), b"other")
    assert not is_signed(bytes(31), bytes.fromhex(signature), bytes.fromhex(message))


def test_made_once_privately_and_then_read_again(tmp_path, wide_umask):
    path = tmp_path / "a" / "signing.key"
    made = load_signing_key(path, is_in_use=False)
    again = load_signing_key(path, is_in_use=True)
    assert (made.made, again.made) == (True, False)
    assert made.seed == again.seed
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith(f"mingzhang signing key 1\nid {made.key_id}\n")
    assert made.seed.hex() not in repr(made)
    assert str(made.seed) not in repr(made)


def test_missing_though_in_use_is_refused_and_nothing_is_made(tmp_path):
    with pytest.raises(KeyFault, match="replace-signing --reason lost"):
        load_signing_key(tmp_path / "signing.key", is_in_use=True)
    assert list(tmp_path.iterdir()) == []


def test_any_changed_byte_and_any_cut_is_refused(tmp_path):
    path = tmp_path / "signing.key"
    load_signing_key(path, is_in_use=False)
    whole = path.read_bytes()
    changed = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    for broken in (*changed, whole[:40], whole[:-1], b"", whole + b"\n"):
        path.write_bytes(broken)
        with pytest.raises(KeyFault, match="not a whole signing key"):
            load_signing_key(path, is_in_use=False)


def test_processes_that_start_at_once_get_one_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from ops.keys.signing_key import load_signing_key\n"
        "k = load_signing_key(Path(sys.argv[1]), is_in_use=False); print(k.key_id, k.made)"
    )
    answers = outputs(code, str(tmp_path / "signing.key"), count=6)
    assert len({key_id for key_id, _ in answers}) == 1
    assert [made for _, made in answers].count("True") == 1


@pytest.mark.anyio
async def test_a_house_says_that_it_made_a_key_and_starts_under_no_other(database, tmp_path):
    settings = Settings(
        data_dir=tmp_path, database_url=database, outer_key_file=tmp_path / "outer.key"
    )
    said = []
    async with open_house(settings, say=said.append) as house:
        organisation = await house.new_organisation()
        (held,) = await house.proofs.keys(organisation)
        assert held.key == house.signing_key.verifier(organisation).text()
    assert any("A new signing key was made" in line for line in said)
    right = settings.signing_key_file.read_bytes()
    settings.signing_key_file.unlink()
    with pytest.raises(KeyFault, match="the signing key is missing"):
        async with open_house(settings, say=said.append):
            pass
    load_signing_key(settings.signing_key_file, is_in_use=False)
    with pytest.raises(KeyFault, match="not the signing key") as fault:
        async with open_house(settings, say=said.append):
            pass
    assert held.key in str(fault.value)
    settings.signing_key_file.write_bytes(right)
    async with open_house(settings, say=said.append) as house:
        assert await house.organisations() == [organisation]
        assert (await house.proofs.keys(organisation)) == (held,)


def test_the_verifier_key_is_named_after_the_journal():
    organisation = uuid4()
    key = SigningKey(bytes(32), "here").verifier(organisation)
    assert key.text().startswith(f"mingzhang/{organisation}+")
