"""Small invented papers for the evidence register: text, tables, a PDF and a PNG made by hand."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


_PAGE = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"


@dataclass(frozen=True)
class Paper:
    """A file as it lies on the table."""

    name: str
    media_type: str
    data: bytes


def text(name: str, *lines: str) -> Paper:
    """A plain text file."""
    return Paper(name, "text/plain", ("\n".join(lines) + "\n").encode())


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Paper:
    """A CSV file, as a telephone or a bank exports it."""
    lines = [",".join(row) for row in (head, *rows)]
    return Paper(name, "text/csv", ("\r\n".join(lines) + "\r\n").encode())


def picture(name: str, seed: int) -> Paper:
    """A small PNG of grey bars that stands for a screenshot; `seed` makes it one of its kind."""
    width, height = 24, 16
    rows = b"".join(
        b"\x00" + bytes((x * seed + y * 13) % 251 for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (
        _chunk(b"IHDR", header),
        # Level 0: the same bytes whichever zlib is installed.
        _chunk(b"IDAT", zlib.compress(rows, 0)),
        _chunk(b"IEND", b""),
    )
    return Paper(name, "image/png", _PNG_SIGNATURE + b"".join(chunks))


def page(name: str, *lines: str) -> Paper:
    """A one-page PDF with a few lines of Latin text."""
    drawn = "".join(f"({_escaped(line)}) Tj 0 -18 Td\n" for line in lines)
    content = f"BT /F1 12 Tf 60 780 Td\n{drawn}ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %s >>" % _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return Paper(name, "application/pdf", _pdf(objects))


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
