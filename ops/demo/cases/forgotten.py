"""A person who asked to be forgotten: refused while a court needed the records, done afterwards."""

from typing import Final

from ops.demo.cases.collecting import STEADY, collect
from ops.demo.desk import Desk
from ops.demo.people import APP_LENDERS, person
from ops.demo.sums import monthly, months_after, split

BASIS: Final = "个人信息保护法 art. 47"


def forgotten(desk: Desk) -> None:
    """Settled and closed; a hold for a court; asked, refused, asked again, granted, erased."""
    who = person(60)
    case = desk.open("forgotten", who, "2024-02-05", "平台借款，已结清；客户要求删除个人信息。")
    loan = case.loan("2023-08-08", APP_LENDERS[2], 6000, "small-loan", number="XF-0060")
    case.disbursed("2023-08-08", loan, 6000)
    for month in range(1, 6):
        case.paid(months_after("2023-08-08", month), loan, 530, "alipay")
    case.missed("2024-02-08", loan, 530)
    collect(case, [loan], "2024-02-10", STEADY, lender=APP_LENDERS[2], turn=4)
    case.plan("2024-03-20", [loan], monthly("2024-04-10", split(3350, 5)))
    for due, amount in monthly("2024-04-10", split(3350, 5)):
        case.paid(due, loan, amount)
    case.close("2024-08-30", "plan-completed", "按约还完。")

    hold = desk.step(
        who,
        "legal-holds",
        placed_on="2024-09-02",
        held_for="court",
        review_on="2025-09-02",
        reason="法院调取本案催收记录。",
    )
    desk.step(who, "erasure-requests", requested_on="2025-03-03", requested_by="client")
    desk.step(
        who,
        "erasure-refusals",
        decided_on="2025-03-04",
        ground="legal-hold",
        legal_basis=BASIS,
        reason="法院的调取尚未结束。",
    )
    desk.step(
        who,
        "legal-hold-liftings",
        hold_id=hold,
        lifted_on="2025-09-05",
        reason="法院通知案件已审结。",
    )
    desk.step(
        who,
        "erasure-requests",
        requested_on="2025-09-08",
        requested_by="client",
        reason="客户再次书面要求。",
    )
    decision = desk.step(
        who,
        "erasure-grants",
        decided_on="2025-09-10",
        ground="consent-withdrawn",
        legal_basis=BASIS,
        reason="已无保存的必要。",
    )
    desk.step(who, "erasure", decision_id=decision)
    desk.count_erased("forgotten")


STORIES: Final = (("forgotten", forgotten),)
