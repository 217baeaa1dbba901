"""The releases: named, cited, marked, and honest about what is known from memory."""

import msgspec
import pytest

from domain.rules.book import NOT_REVIEWED, RulePack
from domain.rules.cn import procedure_ids, rule_ids
from domain.rules.cn.rulebook import COMMON
from domain.rules.pack import RELEASED, PackUnknown, RuleUnknown, latest, pack_of, versions_of
from tests.domain.rules.conftest import NEW, OLD, day


def test_three_releases_and_the_newest_is_adopted():
    assert versions_of("cn") == ("2026.1", "2026.2", "2026.3")
    assert OLD.released_on < NEW.released_on < latest().released_on


def test_the_third_release_adds_rules_and_changes_none():
    newest = latest()
    assert newest.rules[: len(NEW.rules)] == NEW.rules
    added = {rule.rule_id for rule in newest.rules[len(NEW.rules) :]}
    assert added == {value for name, value in vars(procedure_ids).items() if name.isupper()}


@pytest.mark.parametrize("pack", RELEASED.values(), ids=lambda pack: pack.reference)
def test_a_release_says_what_it_is(pack):
    assert pack.reviewed == NOT_REVIEWED
    assert pack.switches_on == frozenset()
    assert pack.changelog
    for rule in pack.rules:
        cited = rule.citation
        assert all((rule.title_zh, rule.title_en, cited.code, cited.zh, cited.en))
        assert cited.mark.is_read or rule.switch is not None
        assert rule.in_force_to is None or rule.in_force_from <= rule.in_force_to


def test_every_rule_id_in_the_code_is_in_a_release():
    named = {
        value
        for module in (rule_ids, procedure_ids)
        for name, value in vars(module).items()
        if name.isupper()
    }
    assert named == {rule.rule_id for pack in RELEASED.values() for rule in pack.rules}


def test_the_releases_differ_in_the_readings_that_the_changelog_names():
    old, new = ({rule.rule_id for rule in pack.rules} for pack in (OLD, NEW))
    assert old - new == {rule_ids.REACH_NEW, rule_ids.OVERDUE_FLOATING}
    assert new - old == {rule_ids.REACH_PENDING, rule_ids.OVERDUE_FIXED}
    assert len(NEW.changelog) == 2


def test_a_switch_is_part_of_the_reference():
    pack = pack_of("cn@2026.2+two-years-before-2017+refund-above-four-lpr")
    assert pack.reference == "cn@2026.2+refund-above-four-lpr+two-years-before-2017"
    assert pack_of(pack.reference) == pack
    assert pack.applies(rule_ids.TWO_YEARS)
    assert not NEW.applies(rule_ids.TWO_YEARS)


@pytest.mark.parametrize("reference", ("cn@2025.9", "gb@2026.1", "cn", "", "cn@2026.2@x"))
def test_a_pack_that_was_not_released_is_refused(reference):
    with pytest.raises(PackUnknown, match=r"released: cn@2026\.1, cn@2026\.2"):
        pack_of(reference)


def test_an_unknown_switch_is_refused():
    with pytest.raises(ValueError, match="has no switch x"):
        pack_of("cn@2026.2+x")


def test_an_unknown_rule_is_a_fault():
    with pytest.raises(RuleUnknown):
        NEW.rule("cn.nothing")


def test_a_pack_with_a_rule_from_memory_and_no_switch_cannot_be_made():
    loose = msgspec.structs.replace(NEW.rule(rule_ids.TWO_YEARS), switch=None)
    for rules, told in (((loose,), "without a switch"), ((COMMON[0], COMMON[0]), "twice")):
        with pytest.raises(ValueError, match=told):
            RulePack(
                name="x", version="1", released_on=NEW.released_on, rules=rules, changelog=("x",)
            )


def test_rules_know_the_days_of_their_instrument():
    rule = NEW.rule(rule_ids.CAP_2015)
    edges = ("2015-08-31", "2015-09-01", "2020-08-19", "2020-08-20")
    assert [rule.in_force(day(edge)) for edge in edges] == [False, True, True, False]
