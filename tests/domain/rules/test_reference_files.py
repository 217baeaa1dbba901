"""The shipped files, and what malformed ones are told."""

import shutil

import pytest

from ops.reference_files import DATA, BadReferenceFile, read_reference
from tests.domain.rules.conftest import SHIPPED


@pytest.fixture
def folder(tmp_path):
    for name in ("lpr.csv", "holidays.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def test_the_version_names_the_bytes(folder):
    assert read_reference(folder).version == SHIPPED.version
    with (folder / "lpr.csv").open("a", encoding="utf-8") as file:
        file.write("2026-10-20,3.00,3.50,A,invented for this test\n")
    assert read_reference(folder).version != SHIPPED.version


BAD = {
    "a day that is none": ("lpr.csv", "2026-10-32,3.00,3.50,A,x", "line 88: '2026-10-32'"),
    "a rate that is none": ("lpr.csv", "2026-10-20,3,00%,3.50,A", "line 88: '00%'"),
    "words for a rate": ("lpr.csv", "2026-10-20,three,3.50,A,x", "line 88: 'three'"),
    "not a number": ("lpr.csv", "2026-10-20,NaN,3.50,A,x", "line 88: 'NaN'"),
    "a day in another form": ("lpr.csv", "20261020,3.00,3.50,A,x", "line 88: '20261020'"),
    "no source": ("lpr.csv", "2026-10-20,3.00,3.50,A,", "line 88: a column"),
    "a column too many": ("lpr.csv", "2026-10-20,3.00,3.50,A,x,y", "line 88: a column"),
    "a row twice": ("lpr.csv", "2026-09-20,3.00,3.50,A,x", "line 88: not later"),
    "an open quote": ("lpr.csv", '2026-10-20,3.00,3.50,A,"x', "line 88"),
    "an unknown kind": ("holidays.csv", "2027-01-01,half,x", "line 292: kind is 'half'"),
    "a day twice": ("holidays.csv", "2026-01-01,off,x", "line 292: 2026-01-01 stands twice"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_malformed_row_is_refused_with_its_line(folder, what):
    name, row, told = BAD[what]
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    with pytest.raises(BadReferenceFile) as refused:
        read_reference(folder)
    assert str(refused.value).startswith(f"{name}, ")
    assert told in str(refused.value)


def test_a_missing_file_or_column_is_refused(folder):
    text = (folder / "lpr.csv").read_text("utf-8")
    (folder / "lpr.csv").write_text(text.replace("status", "state", 1), "utf-8")
    with pytest.raises(BadReferenceFile, match="line 1: columns must be"):
        read_reference(folder)
    (folder / "lpr.csv").unlink()
    with pytest.raises(BadReferenceFile, match="cannot be read"):
        read_reference(folder)


def test_a_benchmark_says_until_when_it_is_known(folder):
    path = folder / "bank-benchmark.csv"
    path.write_text("date,rate_pct,status,source\n2012-07-06,6.00,K+,x\n", "utf-8")
    with pytest.raises(BadReferenceFile, match="does not say `end`"):
        read_reference(folder)
    with path.open("a", encoding="utf-8") as file:
        file.write("2014-11-21,end,K+,x\n")
    assert len(read_reference(folder).bank_benchmark.rows) == 1
