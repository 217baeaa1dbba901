"""The shipped rows and both releases."""

from datetime import date

import pytest

from domain.rules.pack import pack_named
from ops.reference_files import read_reference

SHIPPED = read_reference()
OLD = pack_named("cn", "2026.1")
NEW = pack_named("cn", "2026.2")


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="session")
def data():
    return SHIPPED


@pytest.fixture(scope="session")
def pack():
    return NEW
