"""Fixtures for the tables across cases."""

import pytest

from tests.projections.tables import office_on


@pytest.fixture
async def office(database):
    async with office_on(database) as office:
        yield office
