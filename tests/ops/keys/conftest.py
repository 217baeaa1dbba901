import os
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from ops.keys.key_store import FileKeyStore
from ops.keys.outer_key import OuterKey


@pytest.fixture(params=["asyncio"])
def anyio_backend(request) -> str:
    return request.param


@pytest.fixture
def outer() -> OuterKey:
    return OuterKey(os.urandom(32), "a test")


@pytest.fixture
def store(tmp_path, outer) -> FileKeyStore:
    return FileKeyStore(tmp_path / "keys", outer)


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


@pytest.fixture
def wide_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)
