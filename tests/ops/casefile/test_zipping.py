"""The zip that we write is one that others read, at every size."""

import io
import os
import re
import shutil
import subprocess
import zipfile
import zlib

import pytest

from ops.casefile.names import evidence_path, safe_name
from ops.casefile.zipping import ZipStream
from ops.installation import ROOT
from ops.verifier.verify import PAYLOAD, _ending, _frame

MIB = 1024 * 1024


def zipped(files):
    stream = ZipStream()
    parts = []
    for name, pieces in files.items():
        parts += [stream.begin(name), *(stream.add(piece) for piece in pieces), stream.end()]
    return b"".join([*parts, stream.finish()])


def test_others_read_what_we_write(tmp_path):
    files = {"a/leer.txt": [], "a/王小明.txt": ["明账".encode(), b"!"], "b": [b"x" * MIB] * 3}
    data = zipped(files)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == {
            name: b"".join(pieces) for name, pieces in files.items()
        }
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    path = tmp_path / "found.zip"
    path.write_bytes(data)
    for program in ("unzip", "bsdtar"):
        if shutil.which(program):
            options = ["-tqq"] if program == "unzip" else ["-tf"]
            done = subprocess.run([program, *options, str(path)], capture_output=True, check=False)
            assert done.returncode == 0, done.stderr


def test_the_document_shows_the_very_bytes():
    text = (ROOT / "ops" / "docs" / "case-file.md").read_text("utf-8")
    [shown] = re.findall(r"```\n([0-9a-f\n]+)```", text)
    data = bytes.fromhex(shown)
    assert data == zipped({"f/a.txt": [b"x\n"]})
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.read("f/a.txt") == b"x\n"
        [info] = found.infolist()
    before, after, line = _frame(b"f/a.txt", 2, info.CRC, 0)
    assert data == before + b"x\n" + after + line + _ending(1, len(line), 39 + 16)


def test_the_same_files_are_the_same_bytes():
    files = {"a": [b"one", b"two"], "b": [b""]}
    assert zipped(files) == zipped({"a": [b"onetwo"], "b": []})


def test_more_files_than_the_old_form_can_count():
    files = {f"f{number}": [] for number in range(65_540)}
    data = zipped(files)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert len(found.namelist()) == 65_540
    directory = sum(len(_frame(name.encode(), 0, 0, 0)[2]) for name in files)
    start = len(data) - directory - 98
    assert data.endswith(_ending(65_540, directory, start))


def test_files_that_begin_beyond_4_gib(tmp_path, monkeypatch):
    """Zeros are not written but skipped, and not summed up, so it takes neither room nor time."""
    stream, zeros, path = ZipStream(), bytes(64 * MIB), tmp_path / "large.zip"
    with path.open("wb") as file:
        with monkeypatch.context() as patched:
            patched.setattr(zlib, "crc32", lambda *_: 0)
            for name in ("first", "second"):
                file.write(stream.begin(name))
                for _ in range(34):
                    file.seek(len(stream.add(zeros)), os.SEEK_CUR)
                file.write(stream.end())
        file.write(stream.begin("third") + stream.add(b"here") + stream.end() + stream.finish())
    with zipfile.ZipFile(path) as found:
        first, _, third = found.infolist()
        assert third.header_offset > 4 * 1024 * MIB
        assert found.read("third") == b"here"
        assert first.file_size == 34 * 64 * MIB
    with path.open("rb") as file:
        end = _ending(3, sum(map(len, _lines(found))), found.start_dir)
        file.seek(found.start_dir)
        assert file.read() == b"".join(_lines(found)) + end


def _lines(found):
    return [
        _frame(info.filename.encode(), info.file_size, info.CRC, info.header_offset)[2]
        for info in found.infolist()
    ]


def test_one_file_has_to_be_smaller_than_4_gib():
    stream = ZipStream()
    stream.begin("a")
    stream._size = 2**32 - 2
    with pytest.raises(ValueError, match="4 GiB"):
        stream.add(b"x")


@pytest.mark.parametrize(
    ("name", "safe"),
    (
        ("借条 2025.pdf", "借条 2025.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows\\a.exe", "C__Windows_a.exe"),
        ("con.txt", "_con.txt"),
        (".hidden", "hidden"),
        ("a\nb\x00c.png", "a_b_c.png"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".jpeg", "x" * 75 + ".jpeg"),
    ),
)
def test_a_file_name_can_be_unpacked_anywhere(name, safe):
    assert safe_name(name) == safe
    path = evidence_path("018f0000-0000-7000-8000-0000000000aa", name, "text/plain")
    assert PAYLOAD.fullmatch(f"data/{path}")


def test_a_name_that_is_not_to_be_shown_says_the_kind_only():
    assert evidence_path("i", None, "application/pdf") == "evidence/i/file.pdf"
    assert evidence_path("i", None, "application/x-odd") == "evidence/i/file"
