"""Nouns below a case for contacts, complaints, court, credit record and insolvency."""

from typing import Final

from domain.cases.complaints import (
    ComplaintAnswered,
    ComplaintExtended,
    ComplaintMerged,
    ComplaintPassedOn,
    ComplaintReceived,
    ComplaintWithdrawn,
    ReviewAsked,
    ReviewDecided,
)
from domain.cases.contacts import (
    ContactConsented,
    ContactConsentEnded,
    ContactObjected,
    ContactPointNoted,
    ContactsFoundSame,
)
from domain.cases.court import (
    AppealFiled,
    ClaimServed,
    ConfirmationAskedFor,
    DefenceFiled,
    EnforcementApplied,
    EnforcementStepTaken,
    EvidenceHandedIn,
    EvidencePeriodSet,
    HearingHeld,
    HearingSet,
    JudgmentGiven,
    MediationAgreed,
    PaymentOrderObjected,
    PaymentOrderServed,
)
from domain.cases.credit import (
    CreditDisputeAnswered,
    CreditEntryDisputed,
    CreditEntrySeen,
    CreditReportObtained,
)
from domain.cases.insolvency import InsolvencyDecided, InsolvencyFactsNoted, InsolvencyPetitioned
from domain.facts import Fact

PROCEEDINGS_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "contact-points": (
        ContactPointNoted,
        "Record a number or address at which people are reached.",
    ),
    "contact-consents": (ContactConsented, "Record what the client agreed to about contacts."),
    "contact-consent-ends": (ContactConsentEnded, "Record that such a consent was taken back."),
    "contact-objections": (ContactObjected, "Record that somebody wants no more contacts."),
    "contact-doubles": (ContactsFoundSame, "Say which entries are one and the same contact."),
    "complaint-receipts": (
        ComplaintReceived,
        "Record that a complaint was acknowledged.",
    ),
    "complaint-extensions": (ComplaintExtended, "Record a holding letter."),
    "complaint-transfers": (ComplaintPassedOn, "Record that a complaint was passed on."),
    "complaint-answers": (ComplaintAnswered, "Record the final response to a complaint."),
    "complaint-reviews": (ReviewAsked, "Record that a review was asked for."),
    "complaint-review-decisions": (ReviewDecided, "Record the decision on a review."),
    "complaint-withdrawals": (ComplaintWithdrawn, "Record that the client took a complaint back."),
    "complaint-mergers": (ComplaintMerged, "Record that a complaint is handled with another."),
    "claim-services": (ClaimServed, "Record that a suit was served on the client."),
    "defences": (DefenceFiled, "Record the defence."),
    "hearing-dates": (HearingSet, "Record a summons to a hearing."),
    "hearings": (HearingHeld, "Record that a hearing took place."),
    "evidence-periods": (EvidencePeriodSet, "Record the last day for handing in evidence."),
    "evidence-submissions": (EvidenceHandedIn, "Record that evidence was handed in to the court."),
    "mediations": (MediationAgreed, "Record a mediated agreement."),
    "mediation-confirmations": (ConfirmationAskedFor, "Record that confirmation was asked for."),
    "judgments": (JudgmentGiven, "Record a judgment."),
    "appeals": (AppealFiled, "Record an appeal."),
    "enforcements": (EnforcementApplied, "Record that enforcement was applied for."),
    "enforcement-steps": (EnforcementStepTaken, "Record a step of enforcement."),
    "payment-orders": (PaymentOrderServed, "Record a payment order that reached the client."),
    "payment-order-objections": (PaymentOrderObjected, "Record an objection to a payment order."),
    "credit-reports": (CreditReportObtained, "Record a credit report."),
    "credit-entries": (CreditEntrySeen, "Record what a credit report says of one debt."),
    "credit-disputes": (CreditEntryDisputed, "Record an objection to an entry of a credit report."),
    "credit-dispute-answers": (CreditDisputeAnswered, "Record the answer to such an objection."),
    "insolvency-facts": (InsolvencyFactsNoted, "Record what eligibility for insolvency turns on."),
    "insolvency-petitions": (InsolvencyPetitioned, "Record a petition for insolvency."),
    "insolvency-decisions": (InsolvencyDecided, "Record what the court decided on a petition."),
}
"""Last part of the path, and what is recorded by it."""
