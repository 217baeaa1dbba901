"""The steps of a loan, and of the loans that it took over, as one run (借新还旧)."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import msgspec

from domain.cases.lending import ChargeKind
from domain.figures.claiming import Silent, is_priced, own_course, promised_steps
from domain.figures.course import Kind, Step, in_order
from domain.figures.story import Story, lent_less, lent_with_withheld

INTEREST: Final = frozenset({ChargeKind.INTEREST, ChargeKind.OVERDUE_INTEREST})


def moved_steps(story: Story) -> list[Step]:
    """Money that moved and what was charged, as recorded, the loans taken over included.

    What was found to be taken back at disbursement is taken off what was lent.
    """
    own = lent_less(story.steps, story.taken_back_minor)
    return own if story.before is None else in_order([*moved_steps(story.before), *own])


def chain_steps(
    story: Story, silent: Callable[[Story], Silent], *, as_contracted: bool
) -> list[Step]:
    """Everything that a run by the contract's terms goes through, in order.

    `as_contracted`: with all that the contract calls lent; else what reached the client. Where
    interest is computed, charges recorded as interest are left out.
    """
    own = list(_own(story, silent(story), as_contracted=as_contracted))
    if story.before is not None:
        own = [_anew(step, story.loan.occurred_on) for step in own]
    if story.before is None or story.loan.renews is None:
        return own if _is_plain(own) else in_order(own)
    day = story.loan.occurred_on
    earlier = chain_steps(story.before, silent, as_contracted=as_contracted)
    fresh = sum(step.minor for step in own if step.kind is Kind.LENT and step.on <= day)
    minor = story.loan.renews.carried_over.minor + fresh
    held = (
        0
        if as_contracted
        else sum(step.withheld_minor for step in earlier if step.kind is Kind.LENT)
    )
    paper = story.loan_id, story.loan.grade
    renewed = Step(day, Kind.RENEWED, minor, *paper, withheld_minor=held)
    kept = [step for step in earlier if step.on <= day or step.kind in _MONEY]
    return in_order([*kept, renewed, *own])


_MONEY: Final = (
    Kind.LENT,
    Kind.CHARGED,
    Kind.PAID,
    Kind.RENEWED,
    Kind.NEW_CHARGED,
    Kind.NEW_PAID,
)
_ANEW: Final = {Kind.CHARGED: Kind.NEW_CHARGED, Kind.PAID: Kind.NEW_PAID}


def _anew(step: Step, day: date) -> Step:
    """What a new contract charges or is paid on its first day comes after it took the debt over."""
    if step.on != day or step.kind not in _ANEW:
        return step
    return msgspec.structs.replace(step, kind=_ANEW[step.kind])


def _is_plain(steps: list[Step]) -> bool:
    """Whether all of them are the story's own, which stand in order."""
    return all(step.kind in _MONEY for step in steps)


def _own(story: Story, silent: Silent, *, as_contracted: bool) -> Iterator[Step]:
    if as_contracted:
        steps = lent_with_withheld(story.steps)
    else:
        steps = lent_less(story.steps, story.taken_back_minor)
    if is_priced(own_course(story, silent)):
        steps = [step for step in steps if step.charge not in INTEREST]
    yield from steps
    lent = sum(step.minor for step in steps if step.kind is Kind.LENT)
    if story.loan.renews is not None:
        lent += story.loan.renews.carried_over.minor
    yield from promised_steps(story, silent, lent)
