import base64
import stat

import pytest

from ops.keys.outer_key import KeyFault, from_text, load_or_make
from tests.ops.keys.processes import outputs


def test_made_once_privately_and_then_read_again(tmp_path, wide_umask):
    path = tmp_path / "a" / "outer.key"
    made = load_or_make(path, key_store_is_empty=True)
    again = load_or_make(path, key_store_is_empty=False)
    assert made.made
    assert not again.made
    assert made.key == again.key
    assert len(made.key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["outer.key"]
    assert path.read_text().startswith(f"mingzhang outer key 1\nid {made.key_id}\n")


def test_missing_over_existing_keys_is_refused_and_nothing_is_made(tmp_path):
    path = tmp_path / "outer.key"
    with pytest.raises(KeyFault, match="missing") as fault:
        load_or_make(path, key_store_is_empty=False)
    assert str(path) in str(fault.value)
    assert "Put it back" in fault.value.right
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", (0, 1, 21, 22, 40, 60, 108))
def test_truncated_file_is_refused_and_left_as_it_is(tmp_path, length):
    path = tmp_path / "outer.key"
    load_or_make(path, key_store_is_empty=True)
    cut = path.read_bytes()[:length]
    path.write_bytes(cut)
    for empty in (True, False):
        with pytest.raises(KeyFault, match="not a whole outer key"):
            load_or_make(path, key_store_is_empty=empty)
    assert path.read_bytes() == cut


def test_any_changed_byte_is_refused(tmp_path):
    path = tmp_path / "outer.key"
    load_or_make(path, key_store_is_empty=True)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(KeyFault):
            load_or_make(path, key_store_is_empty=False)


@pytest.mark.parametrize("content", (b"-----BEGIN PRIVATE KEY-----\nabc\n", bytes(range(256))))
def test_foreign_file_is_refused_without_being_quoted(tmp_path, content):
    path = tmp_path / "outer.key"
    path.write_bytes(content)
    with pytest.raises(KeyFault) as fault:
        load_or_make(path, key_store_is_empty=True)
    assert "abc" not in str(fault.value)
    assert path.read_bytes() == content


def test_from_text_reads_hex_and_both_base64(tmp_path):
    key = bytes(range(220, 252))
    texts = [key.hex(), key.hex().upper(), base64.b64encode(key).decode() + "\n"]
    texts += [base64.urlsafe_b64encode(key).decode().rstrip("=")]
    assert {from_text(text, "OUTER").key for text in texts} == {key}


@pytest.mark.parametrize("text", ("", "secret", "ab" * 31, "ab" * 33, "我" * 32, "=" * 44))
def test_from_text_refuses_the_rest_without_repeating_it(text):
    with pytest.raises(KeyFault, match="OUTER_KEY") as fault:
        from_text(text, "OUTER_KEY")
    assert not text or text not in str(fault.value)


def test_repr_hides_the_key():
    key = from_text("ab" * 32, "x")
    assert "abab" not in repr(key)
    assert "\\xab" not in repr(key)


def test_processes_that_start_at_once_get_one_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from ops.keys.outer_key import load_or_make\n"
        "k = load_or_make(Path(sys.argv[1]), True); print(k.key_id, k.made)"
    )
    answers = outputs(code, str(tmp_path / "outer.key"), count=6)
    assert len({key_id for key_id, _ in answers}) == 1
    assert [made for _, made in answers].count("True") == 1
