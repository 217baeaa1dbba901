"""Stamps are asked for, checked and kept; whatever the authority does, sealing goes on."""

import asyncio
import shutil
import socket
from uuid import uuid4

import pytest

from ops.keys.signing_key import SigningKey
from ops.memory_log import MemoryEventLog
from ops.sealing.memory_store import MemorySealStore
from ops.sealing.sealer import Sealer
from ops.sealing.stamping import ANSWER_MAX, Stamper, StampRefused, stamp_newest
from ops.serving import serving as house_serving
from ops.settings import Settings
from ops.wiring import open_house
from tests.ops.sealing.authority import Authority, serving
from tests.ops.sealing.seal_contract import grow

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "two", "Somebody Else")


@pytest.mark.anyio
async def test_a_stamp_over_a_note_verifies_by_openssl(authority):
    with serving(authority.answer) as url:
        stamp = await Stamper(url, authority.ca).stamp(b"a note\n")
    assert authority.verifies(b"a note\n", stamp)
    assert not authority.verifies(b"another note\n", stamp)


@pytest.mark.anyio
async def test_the_authority_learns_nothing_but_a_digest(authority):
    asked = []

    def answer(request):
        asked.append(request)
        return authority.answer(request)

    with serving(answer) as url:
        await Stamper(url, authority.ca).stamp(b"who owes what to whom\n")
        await Stamper(url, authority.ca).stamp(b"who owes what to whom\n")
    assert b"owes" not in asked[0]
    # A nonce makes each request one of its own.
    assert asked[0] != asked[1]


@pytest.mark.anyio
async def test_an_answer_that_does_not_hold_is_not_taken(authority, stranger):
    with serving(authority.answer) as url:
        old = await Stamper(url, authority.ca).stamp(b"a note\n")
    for answer, said in (
        (lambda _: old, "something else"),
        (lambda _: b"", "does not hold"),
        (lambda _: b"<html>", "does not hold"),
        (lambda request: authority.answer(request)[:-7], "does not hold"),
        (lambda request: authority.answer(request)[:-5] + b"xxxxx", "does not hold"),
        (lambda request: stranger.answer(request), "does not hold"),
        (lambda request: authority.answer(b"\x30\x00") or request, "did not grant|does not hold"),
        (lambda _: b"x" * (ANSWER_MAX + 1), "more than a stamp"),
    ):
        with serving(answer) as url, pytest.raises(StampRefused, match=said):
            await Stamper(url, authority.ca).stamp(b"a note\n")


@pytest.mark.anyio
async def test_an_authority_that_does_not_answer_is_given_up(authority):
    with (
        serving(lambda _: b"no", status=503) as url,
        pytest.raises(StampRefused, match="does not stamp now"),
    ):
        await Stamper(url, None).stamp(b"x")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(StampRefused, match="does not stamp now"):
            await Stamper(f"http://127.0.0.1:{silent.getsockname()[1]}/", None).stamp(b"x")
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(StampRefused, match="does not stamp now"):
            await Stamper(address, None, seconds=0.2).stamp(b"x")


@pytest.mark.anyio
async def test_the_newest_checkpoint_is_stamped_once(authority):
    log = MemoryEventLog()
    store, organisation = MemorySealStore(log), uuid4()
    sealer = Sealer(log, store, SigningKey(bytes(32), "here"))
    with serving(authority.answer) as url:
        stamper = Stamper(url, authority.ca)
        assert await stamp_newest(stamper, store, organisation) is None
        await grow(log, organisation, 3)
        checkpoint = await sealer.seal(organisation)
        stamp = await stamp_newest(stamper, store, organisation)
    assert authority.verifies(checkpoint.note.encode(), stamp)
    # The authority is gone by now, and is not asked again.
    assert await stamp_newest(stamper, store, organisation) == stamp
    assert await store.stamp(organisation, checkpoint.size) == stamp


async def becomes(look):
    for _ in range(400):
        if (found := await look()) is not None:
            return found
        await asyncio.sleep(0.02)
    return None


@pytest.mark.anyio
async def test_a_serving_house_seals_and_stamps_and_seals_on_without_the_authority(
    database, tmp_path, authority
):
    def settings(url):
        return Settings(
            data_dir=tmp_path,
            database_url=database,
            outer_key_file=tmp_path / "outer.key",
            seal_seconds=1,
            stamp_url=url,
            stamp_seconds=1,
            stamp_roots=authority.ca,
        )

    with serving(authority.answer) as url:
        async with open_house(settings(url), say=lambda _: None) as house:
            organisation = await house.new_organisation()
            async with house_serving(house, "127.0.0.1", 0):
                first = await becomes(lambda: house.seals.last(organisation))
                stamp = await becomes(lambda: house.seals.stamp(organisation, first.size))
            assert authority.verifies(first.note.encode(), stamp)
    # Nobody listens there any more.
    async with (
        open_house(settings(url), say=lambda _: None) as house,
        house_serving(house, "127.0.0.1", 0),
    ):
        await grow(house.log, organisation, 3)
        again = await becomes(lambda: house.seals.covering(organisation, first.size + 1))
    assert again is not None
