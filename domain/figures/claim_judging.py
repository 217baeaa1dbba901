"""How an item of a claim is judged against the records, the contract and the caps."""

from typing import Final
from uuid import UUID

from domain.cases.lending import ClaimKind
from domain.figures.claim_grounds import CAPPED, Grounds
from domain.figures.claim_rows import AgainstLine, ClaimRow, LineAmount, Verdict
from domain.figures.figure import Figure, Unknown
from domain.figures.line import Line
from domain.money import Money

NO_CAPS: Final = frozenset({"contract", "documented", "void"})
"""Labelled lines that limit nothing; every other one is a cap."""
_BESIDE: Final = {
    ClaimKind.PRINCIPAL: "principal",
    ClaimKind.COST: "apart",
    ClaimKind.UNITEMISED: "owed",
}
LUMP: Final = Unknown(
    reason="the sum is not itemised", settled_by="an itemised claim, each kind by itself"
)


def row_of(kind: ClaimKind, recorded: Figure, grounds: Grounds) -> ClaimRow:
    """The row of one kind: its difference, its verdicts and what they rest on."""
    claimed = grounds.claimed[kind]
    verdict, explained_by = _verdict(kind, claimed, recorded, grounds)
    verdicts: tuple[Verdict, ...] = (verdict,)
    if kind in CAPPED and claimed.minor > 0 and grounds.is_over_a_cap:
        is_agreed = verdict is Verdict.AGREED
        verdicts = (Verdict.OVER_THE_CAP,) if is_agreed else (verdict, Verdict.OVER_THE_CAP)
    documented = _documented(recorded, grounds.currency)
    amount = recorded.amount
    return ClaimRow(
        kind=kind,
        claimed=claimed,
        recorded=recorded,
        difference=None if amount is None else claimed - amount,
        verdicts=verdicts,
        explained_by=explained_by,
        entries=_entries(recorded) if verdict is Verdict.CONTRADICTED else (),
        unknown=LUMP if kind is ClaimKind.UNITEMISED else recorded.unknown,
        documented=documented,
        on_words=None if amount is None or documented is None else amount - documented,
        lines=tuple(_beside(line, kind) for line in grounds.lines),
    )


def _verdict(
    kind: ClaimKind, claimed: Money, recorded: Figure, grounds: Grounds
) -> tuple[Verdict, str | None]:
    if recorded.amount is None or kind is ClaimKind.UNITEMISED:
        return Verdict.UNKNOWN, None
    if claimed == recorded.amount:
        return Verdict.AGREED, "records"
    if claimed < recorded.amount:
        return Verdict.NOT_CLAIMED, None
    if kind is ClaimKind.PRINCIPAL:
        return _principal(claimed, grounds)
    if kind is ClaimKind.INTEREST:
        over = None if grounds.contract is None else grounds.cost_over(grounds.contract)
        if over is not None and over.minor == 0:
            return Verdict.AGREED, "contract"
        if over is None and grounds.has_rate:
            return Verdict.UNEXPLAINED, None
    charged = sum(part.amount.minor for part in recorded.parts if part.amount.minor > 0)
    # What was charged and then paid would explain the claim, had it not been paid.
    return (Verdict.CONTRADICTED if claimed.minor <= charged else Verdict.UNEXPLAINED), None


def _principal(claimed: Money, grounds: Grounds) -> tuple[Verdict, str | None]:
    """More principal than is recorded: how the payments were used may explain it, or nothing."""
    most = grounds.most_principal
    if most is None or claimed <= most:
        is_contract = grounds.contract is not None
        return (Verdict.AGREED, "contract") if is_contract else (Verdict.UNEXPLAINED, None)
    return Verdict.CONTRADICTED, None


def _entries(recorded: Figure) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(part.entry_id for part in recorded.parts))


def _documented(figure: Figure, currency: str) -> Money | None:
    """Part of a figure that rests on more than a word; the part on words is the rest."""
    if figure.amount is None:
        return None
    solid = (part.amount for part in figure.parts if part.grade.is_documented)
    return sum(solid, Money.zero(currency))


def _beside(line: Line, kind: ClaimKind) -> LineAmount:
    name = _BESIDE.get(kind, "cost")
    figure: Figure = getattr(line, name)
    return LineAmount(line_id=line.line_id, figure=name, amount=figure.amount)


def against(line: Line, grounds: Grounds, claimed: Money) -> AgainstLine:
    """The whole claim against one line."""
    owed = line.owed.amount
    return AgainstLine(
        line_id=line.line_id,
        title_zh=line.title_zh,
        title_en=line.title_en,
        why=line.why,
        rule_ids=line.rule_ids,
        hypothetical=line.hypothetical,
        is_cap=line.line_id not in NO_CAPS,
        owed=owed,
        difference=None if owed is None else claimed - owed,
        cost_over=grounds.cost_over(line),
        unknown=line.owed.unknown,
    )
