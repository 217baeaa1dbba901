"""Loans of one creditor side by side, with payments that name none of them (民法典 art. 560)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from domain.figures.course import Kind, Member, Run, Step
from domain.figures.running import State
from domain.figures.several import Shared, used_on


def run_together(
    members: Sequence[Member],
    payments: Sequence[tuple[Shared, Sequence[Sequence[UUID]]]],
    as_of: date,
) -> dict[UUID, Run]:
    """Several loans of one creditor on `as_of`, with payments that name none of them.

    `payments` come with their debts in the order of the rule (`several.ranked`).
    """
    states = {member.loan_id: State(member.course) for member in members}
    todo: list[tuple[tuple[date, Kind, int, UUID], Callable[[], None]]] = []
    for member in members:
        for step in member.steps:
            key = (step.on, step.kind, step.minor, step.entry_id)
            todo.append((key, partial(states[member.loan_id].take, step)))
    for shared, groups in payments:
        kind = Kind.NEW_PAID if shared.is_anew else Kind.PAID
        key = (shared.on, kind, shared.minor, shared.entry_id)
        todo.append((key, partial(_share_out, states, shared, groups)))
    for key, take in sorted(todo, key=lambda each: each[0]):
        if key[0] <= as_of:
            take()
    return {loan_id: state.end(as_of) for loan_id, state in states.items()}


def _share_out(states: dict[UUID, State], shared: Shared, groups: Sequence[Sequence[UUID]]) -> None:
    for loan_id, minor in used_on(shared, groups, states).items():
        paid = Step(shared.on, Kind.PAID, minor, shared.entry_id, shared.grade)
        states[loan_id].take(paid)
