"""What holds for the sealer and its proofs, wherever the seal is kept."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest

from domain.checkpoints import (
    Verdict,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    recorded_at,
    verify_note,
)
from domain.organisation import KeyChange
from domain.tree import root, subtrees_of, verify_consistency, verify_inclusion
from ops.keys.outer_key import KeyFault
from ops.keys.signing_key import SigningKey, is_signed
from ops.sealing.adopting import adopt_key, refuse_foreign_key
from ops.sealing.growth import SealStopped
from ops.sealing.memory_store import MemorySealStore
from ops.sealing.proofs import Proofs
from ops.sealing.sealer import Sealer
from tests.ops.appends import append, event, write

KEY = SigningKey(b"\x01" * 32, "here")
OTHER = SigningKey(b"\x02" * 32, "there")


@pytest.fixture
def organisation():
    return uuid4()


@pytest.fixture
def sealer(log, store):
    return Sealer(log, store, KEY)


@pytest.fixture
def proofs(log, store):
    return Proofs(log, store)


async def grow(log, organisation, count):
    """`count` more events, in as few appends as may be."""
    while count > 0:
        some = min(count, 500)
        await log.append(append(organisation, write(uuid4(), 0, *[event() for _ in range(some)])))
        count -= some


async def leaves(log, organisation):
    found = []
    while page := await log.read_journal(organisation, after_position=len(found)):
        found += [one.leaf for one in page]
    return found


def opened(checkpoint):
    return parse_checkpoint(parse_note(checkpoint.note).text)


class SealContract:
    """Fixtures wanted: `log`, `store`."""

    @pytest.mark.anyio
    async def test_nothing_recorded_is_not_sealed(self, sealer, organisation):
        assert await sealer.seal(organisation) is None

    @pytest.mark.anyio
    async def test_a_checkpoint_is_signed_over_every_leaf(self, log, sealer, proofs, organisation):
        await grow(log, organisation, 7)
        checkpoint = await sealer.seal(organisation)
        recorded = await log.read_journal(organisation)
        # The key that it is under was taken into the journal first.
        assert checkpoint.size == 8
        assert recorded[-1].topic == "signing-key-adopted"
        said = opened(checkpoint)
        assert said.root == root(subtrees_of([one.leaf for one in recorded]), 8)
        assert said.origin == f"mingzhang/{organisation}"
        assert recorded_at(said) == recorded[-1].recorded_at
        ((held),) = await proofs.keys(organisation)
        key = parse_verifier_key(held.key)
        assert (key, held.position) == (KEY.verifier(organisation), 8)
        assert verify_note(parse_note(checkpoint.note), key, is_signed) is Verdict.VALID

    @pytest.mark.anyio
    async def test_without_growth_the_checkpoint_stays(self, log, sealer, store, organisation):
        await grow(log, organisation, 3)
        first = await sealer.seal(organisation)
        assert await sealer.seal(organisation) == first
        assert await store.before(organisation, first.size) is None

    @pytest.mark.anyio
    async def test_the_same_journal_gives_the_same_note(self, log, sealer, organisation):
        await grow(log, organisation, 300)
        first = await sealer.seal(organisation)
        # Somewhere else, from nothing but the journal.
        assert await Sealer(log, MemorySealStore(log), KEY).seal(organisation) == first

    @pytest.mark.anyio
    async def test_growth_over_nodes_and_restarts_gives_the_root_of_the_whole(
        self, log, store, proofs, organisation
    ):
        sizes = []
        for count in (1, 254, 1, 256, 5, 1100, 600):
            await grow(log, organisation, count)
            # Each time another process: nothing is remembered but what is stored.
            sizes.append((await Sealer(log, store, KEY).seal(organisation)).size)
        found = await leaves(log, organisation)
        tree = subtrees_of(found)
        for size in sizes:
            assert opened(await proofs.at(organisation, size)).root == root(tree, size)
        for level in (8,):
            kept = await store.nodes(organisation, level, [(0, len(found) >> level)])
            wanted = {index: tree(level, index) for index in range(len(found) >> level)}
            assert kept == wanted

    @pytest.mark.anyio
    async def test_a_sealer_that_goes_on_gives_what_one_that_restarts_gives(
        self, log, store, sealer, organisation
    ):
        for count in (10, 300, 513, 40):
            await grow(log, organisation, count)
            checkpoint = await sealer.seal(organisation)
            tree = subtrees_of(await leaves(log, organisation))
            assert opened(checkpoint).root == root(tree, checkpoint.size)

    @pytest.mark.anyio
    async def test_every_proof_verifies_against_its_checkpoint(
        self, log, sealer, proofs, organisation
    ):
        sizes = []
        for count in (3, 700, 90):
            await grow(log, organisation, count)
            sizes.append((await sealer.seal(organisation)).size)
        found = await leaves(log, organisation)
        for size in sizes:
            checkpoint = await proofs.at(organisation, size)
            top = opened(checkpoint).root
            positions = sorted(
                {1, 2, 255, 256, 257, 511, 512, size - 1, size} & set(range(size + 1))
            )
            paths = await proofs.inclusion(organisation, positions, checkpoint)
            for position, path in zip(positions, paths, strict=True):
                assert verify_inclusion(found[position - 1], position - 1, size, path, top)
            for earlier in sizes:
                if earlier <= size:
                    old = await proofs.at(organisation, earlier)
                    path = await proofs.consistency(organisation, old, checkpoint)
                    assert verify_consistency(earlier, opened(old).root, size, top, path)

    @pytest.mark.anyio
    async def test_the_first_checkpoint_over_a_position_and_the_one_before(
        self, log, sealer, proofs, organisation
    ):
        sizes = []
        for _ in range(3):
            await grow(log, organisation, 4)
            sizes.append((await sealer.seal(organisation)).size)
        assert (await proofs.covering(organisation, sizes[0])).size == sizes[0]
        assert (await proofs.covering(organisation, sizes[0] + 1)).size == sizes[1]
        assert await proofs.covering(organisation, sizes[2] + 1) is None
        assert (await proofs.before(organisation, sizes[1])).size == sizes[0]
        assert await proofs.before(organisation, sizes[0]) is None
        assert (await proofs.latest(organisation)).size == sizes[2]
        assert await proofs.at(organisation, sizes[2] + 1) is None
        for position in (0, sizes[2] + 1):
            with pytest.raises(ValueError, match="has no leaf"):
                await proofs.inclusion(organisation, [position], await proofs.latest(organisation))

    @pytest.mark.anyio
    async def test_sealers_that_run_at_once_never_contradict_one_another(
        self, log, store, proofs, organisation
    ):
        sealers = [Sealer(log, store, KEY) for _ in range(4)]

        async def rounds(one):
            for _ in range(6):
                await grow(log, organisation, 3)
                await one.seal(organisation)

        await asyncio.gather(*(rounds(one) for one in sealers))
        await sealers[0].seal(organisation)
        tree = subtrees_of(await leaves(log, organisation))
        at = await proofs.latest(organisation)
        assert at.size == 4 * 6 * 3 + 1
        while at is not None:
            assert opened(at).root == root(tree, at.size)
            at = await proofs.before(organisation, at.size)

    @pytest.mark.anyio
    async def test_another_key_is_refused_until_the_change_is_declared(
        self, log, store, sealer, proofs, organisation
    ):
        await grow(log, organisation, 2)
        old = await sealer.seal(organisation)
        await refuse_foreign_key(proofs, organisation, KEY)
        with pytest.raises(KeyFault, match="replace-signing"):
            await refuse_foreign_key(proofs, organisation, OTHER)
        with pytest.raises(KeyFault, match="not the signing key"):
            await adopt_key(proofs, organisation, OTHER)
        await grow(log, organisation, 1)
        with pytest.raises(SealStopped, match="another signing key is in force"):
            await Sealer(log, store, OTHER).seal(organisation)
        at = await adopt_key(proofs, organisation, OTHER, KeyChange.EXPOSED)
        assert await adopt_key(proofs, organisation, OTHER, KeyChange.EXPOSED) == at
        with pytest.raises(SealStopped, match="another signing key is in force"):
            await sealer.seal(organisation)
        new = await Sealer(log, store, OTHER).seal(organisation)
        by_size = partial(key_of, await proofs.keys(organisation))
        for checkpoint, key in ((old, KEY), (new, OTHER)):
            held = by_size(checkpoint.size)
            assert held == key.verifier(organisation).text()
            note, public = parse_note(checkpoint.note), parse_verifier_key(held)
            assert verify_note(note, public, is_signed) is Verdict.VALID

    @pytest.mark.anyio
    async def test_a_key_adopted_late_signs_from_where_it_is_in_force(
        self, log, sealer, store, proofs, organisation
    ):
        """As in a journal that an earlier release had filled before there was a seal."""
        await grow(log, organisation, 5_100)
        assert (await sealer.seal(organisation)).size == 5_101
        assert await proofs.before(organisation, 5_101) is None
        await grow(log, organisation, 5_100)
        await adopt_key(proofs, organisation, OTHER, KeyChange.LOST)
        assert (await Sealer(log, store, OTHER).seal(organisation)).size == 10_202
        assert (await proofs.before(organisation, 10_202)).size == 5_101

    @pytest.mark.anyio
    async def test_organisations_have_trees_of_their_own(self, log, sealer, proofs, organisation):
        other = uuid4()
        for one, count in ((organisation, 3), (other, 9)):
            await grow(log, one, count)
            await sealer.seal(one)
        assert (await proofs.latest(organisation)).size == 4
        assert (await proofs.latest(other)).size == 10

    @pytest.mark.anyio
    async def test_it_runs_by_itself_at_intervals(self, log, store, organisation):
        await grow(log, organisation, 2)
        hurried = Sealer(log, store, KEY, every_events=5, every_seconds=0.3, pause_seconds=0.01)
        task = asyncio.create_task(hurried.run(organisation))
        try:
            # After the time, though there are few events.
            assert await reaches(store, organisation, 3)
            # At the number, long before the time.
            slow = Sealer(log, store, KEY, every_events=5, every_seconds=3600, pause_seconds=0.01)
            task.cancel()
            task = asyncio.create_task(slow.run(organisation))
            await grow(log, organisation, 5)
            assert await reaches(store, organisation, 8)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def reaches(store, organisation, size):
    for _ in range(200):
        last = await store.last(organisation)
        if last is not None and last.size >= size:
            return True
        await asyncio.sleep(0.02)
    return False


def key_of(keys, size):
    return [held.key for held in keys if held.position <= size][-1]
