"""The warning before an act of the client that would move the limitation clock (law/cn.md 1.8)."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from domain.rules.cn import rule_ids as ids
from domain.rules.cn.counting import after_years
from domain.rules.cn.limitation_clock import YEARS
from domain.rules.cn.limitation_facts import Limitation, LimitationKind, LimitationState

CLIENTS_ACTS: Final = frozenset(
    {LimitationKind.PROMISE, LimitationKind.PART_PAYMENT, LimitationKind.PLAN_AGREED}
)


class Weight(StrEnum):
    """How much is at stake."""

    GIVES_UP = "gives-up-the-defence"
    MIGHT_GIVE_UP = "might-give-up-the-defence"
    RESTARTS = "restarts-the-clock"


class PromiseWarning(msgspec.Struct, frozen=True, kw_only=True):
    """What to say before a proposal goes out."""

    weight: Weight
    zh: str
    en: str
    expires_on: date | None
    """The last day as it stands."""
    would_expire_on: date
    """The last day after the act, as counted, before it rolls off a holiday."""
    rule_ids: tuple[str, ...]


def warning_before_promise(now: Limitation, act: LimitationKind, on: date) -> PromiseWarning:
    """The warning for an act of the client on `on`, given the clock as of that day.

    ValueError for what is no act of the client.
    """
    if act not in CLIENTS_ACTS:
        raise ValueError(f"{act} is not an act of the client")
    again = after_years(on, YEARS)
    if now.state is LimitationState.RUNNING:
        weight, rules = Weight.RESTARTS, (ids.CONSENT, ids.INTERRUPTION)
        zh = f"时效尚未届满；此举将使三年重新起算，至{again}。"
        en = f"The clock still runs; this starts three years anew, to {again}."
    elif now.state is LimitationState.EXPIRED:
        weight, rules = Weight.GIVES_UP, (ids.WAIVER, ids.DEFENCE_ONLY)
        zh = "时效已届满；承诺还款后不得再以时效抗辩，已付款项不得要求返还。"
        en = (
            "Time has run out; what is now promised can be enforced again, what is paid stays paid."
        )
    else:
        weight, rules = Weight.MIGHT_GIVE_UP, (ids.WAIVER, ids.CONSENT)
        zh = "时效是否届满尚不能确定；此举可能使债务人失去时效抗辩。"
        en = "Whether time has run out is not known; this may give the defence up."
    return PromiseWarning(
        weight=weight,
        zh=zh,
        en=en,
        expires_on=now.expires_on,
        would_expire_on=again,
        rule_ids=rules,
    )
