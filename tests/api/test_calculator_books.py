"""What calculators rest on: the adopted pack, another by name, or none."""

import msgspec
import pytest

from api.capabilities import Capability
from api.decoding import decode
from api.figure_routes import FIGURES
from domain.rules.pack import LATEST
from ops.rules_desk import adopt
from tests.api.calculating import compute
from tests.api.desk import assert_problem, cny

pytestmark = pytest.mark.anyio


async def test_the_adopted_pack_is_used_unless_another_is_named(ruled):
    fee = {"claim": cny("37000")}
    adopted = await compute(ruled, "court-fee", fee)
    assert adopted["pack"] == LATEST
    named = await compute(ruled, "court-fee", fee, params={"pack": "cn@2026.1"})
    assert (named["pack"], named["data"]) == ("cn@2026.1", adopted["data"])
    await adopt(ruled.services.casework, ruled.organisation, "cn@2026.1", ["refund-above-four-lpr"])
    switched = "cn@2026.1+refund-above-four-lpr"
    assert (await compute(ruled, "court-fee", fee))["pack"] == switched
    again = await ruled.http.post(f"/v1/figures/court-fee?pack={switched}", json=fee)
    assert again.json()["pack"] == switched


@pytest.mark.parametrize("pack", ("cn@1999.1", "gb@2026.1", "", "cn@2026.2+magic", "cn"))
async def test_a_pack_that_was_never_released_is_refused(ruled, pack):
    answer = await ruled.http.post(
        "/v1/figures/court-fee", json={"claim": cny("1.00")}, params={"pack": pack}
    )
    assert_problem(answer, 422, "invalid-input", "pack")


async def test_before_a_pack_is_adopted_only_arithmetic_is_answered(desk):
    for route in FIGURES:
        name = route.path.rpartition("/")[2]
        answer = await compute(desk, name, route.example)
        assert (answer["pack"], answer["rules"]) == (None, [])
        is_arithmetic = name in {"rate", "schedule"}
        assert (answer["unknown"] is None) == is_arithmetic, name
    assert "rules adopt" in answer["unknown"]["settled_by"]
    spoken = await compute(desk, "rate", {"rate_words": "三分"})
    assert (spoken["stated"], spoken["unknown"]) == (None, answer["unknown"])


async def test_nothing_is_recorded_and_every_answer_says_what_it_rests_on(ruled):
    head = await ruled.head()
    for route in FIGURES:
        answer = await compute(ruled, route.path.rpartition("/")[2], route.example)
        assert answer["pack"] == LATEST
        assert len(answer["data"]) == 12
        for rule in answer["rules"]:
            assert all(rule[key] for key in ("rule_id", "code", "zh", "en", "mark"))
    assert await ruled.head() == head


async def test_another_organisations_pack_is_not_seen(ruled):
    other = await ruled.colleague(organisation=ruled.services.new_id())
    async with other:
        answer = await other.post("/v1/figures/court-fee", json={"claim": cny("1.00")})
    assert answer.json()["pack"] is None


def test_every_calculator_has_an_example_and_the_one_capability():
    for route in FIGURES:
        decode(msgspec.json.encode(route.example), route.body)
        assert route.capability is Capability.FIGURES_COMPUTE
        assert not route.is_write
