"""`ops/docs/imports.md`, made from the words and codes themselves."""

from typing import Final

from api.imports_table import FILE_BYTES_MAX, ROWS_MAX
from domain.cases.imports import CHUNK_ROWS_MAX
from domain.importing.columns import HEADER_ROWS, WORDS
from domain.importing.values import DIRECTION_WORDS
from domain.importing.verdicts import FILES, VERDICTS

_HEAD: Final = """# Importing logs of calls and messages

A phone's log comes in as a file, CSV or XLSX. `POST /v1/cases/{{case_id}}/import-previews` says row
by row what would come in and keeps nothing; `POST .../imports` takes the file into custody as
evidence and its rows in by chunks of {chunk}. Rows count for nothing in any reading before the
import is finished; each is a contact then, with an id that never changes. `GET .../imports` says
how far each is. One that broke off goes on by the same request with the same Idempotency-Key, or
by `POST .../imports/{{import_id}}/resumptions`, or is dropped (`import-drops`); a finished one can
be dropped too. One row is put right by `import-row-corrections` or `import-row-withdrawals`; its id
is the `entry_id` in the timeline with `rows=true`.

Who is at the other end is said by the caller: `parties` list their numbers, `rest` is everybody
else. Without `rest`, rows of other numbers stay out: a phone's log holds private calls.

A row is known by its digest, a keyed hash of what it says: phone by phone it comes in once, however
often its file is sent. The key is sealed with the client's data and forgotten with them. Two calls
of one number in the same minute and of the same length are one row where the log has no seconds.

## What is understood

- At most {size} MiB and {rows:,} rows. CSV in UTF-8 with and without mark, UTF-16, GBK or GB18030;
  cells parted by comma, semicolon, tab or bar. XLSX: the first visible sheet that has the headings.
- The headings stand in one of the first {header} rows. Number, time and direction have to be there.
- Times: `2026-03-01 21:59:00`, `2026/3/1 21:59`, `2026.3.1 21:59`, `01.03.2026 21:59`,
  `2026年3月1日 21:59`, 上午/下午, AM/PM, with an offset or in the import's zone; seconds or
  milliseconds since 1970; a spreadsheet's own dates. `03/04/2026` could be either and stays out.
- Durations: `80`, `80秒`, `00:01:20`, `01:20` (minutes and seconds), `1分20秒`, `1h 2m 3s`.
- A call was taken where its duration says so, and not where its direction does; else it is unknown.
- Formulas are text: flagged, never computed. `="13800138000"` is the number in it.

"""


def imports() -> str:
    """The text of `ops/docs/imports.md`."""
    head = _HEAD.format(
        chunk=CHUNK_ROWS_MAX, size=FILE_BYTES_MAX // 1024 // 1024, rows=ROWS_MAX, header=HEADER_ROWS
    )
    return head + "\n".join((*_words(), "", *_verdicts(), "", *_files(), ""))


def _words() -> list[str]:
    rows = [f"| {column.value} | {', '.join(words)} |" for column, words in WORDS.items()]
    ways = [f"| {meaning} | {', '.join(sorted(ws))} |" for meaning, ws in DIRECTION_WORDS.items()]
    return [
        "## Headings\n\n| column | words |\n|---|---|",
        *rows,
        "\n## Directions\n\n| meaning | words |\n|---|---|",
        *ways,
    ]


def _verdicts() -> list[str]:
    rows = [
        f"| `{code.value}` | {each.weight.value} | {each.what} | {each.right} |"
        for code, each in VERDICTS.items()
    ]
    head = (
        "## Verdicts on rows\n\n| code | the row | what | what would be right |\n|---|---|---|---|"
    )
    return [head, *rows]


def _files() -> list[str]:
    """What `import-unreadable` names in its detail."""
    rows = [f"| `{code.value}` | {each.what} | {each.right} |" for code, each in FILES.items()]
    head = "## Files that cannot be read\n\n| code | what | what would be right |\n|---|---|---|"
    return [head, *rows]
