"""Stable names of the rules on complaints, courts, insolvency and credit records.

Stored with decisions: never renamed.
"""

from typing import Final

LENDER_SIMPLE: Final = "cn.complaint.lender-15-days"
LENDER_COMPLEX: Final = "cn.complaint.lender-extended"
LENDER_CONTENTS: Final = "cn.complaint.contents"
REVIEW_ASK: Final = "cn.complaint.review-asked-within-30-days"
REVIEW_DECIDE: Final = "cn.complaint.review-decided-within-30-days"
NFRA_HANDOVER: Final = "cn.complaint.nfra-hands-over-7-working-days"
REPORT_ACCEPT: Final = "cn.complaint.report-accepted-15-days"
REPORT_FINDING: Final = "cn.complaint.report-decided-60-days"
PBOC_12363: Final = "cn.complaint.pboc-15-days"
MARKET_HANDLE: Final = "cn.complaint.market-7-working-days"
MARKET_MEDIATION: Final = "cn.complaint.market-mediation-60-days"

OBJECTION: Final = "cn.credit.objection-20-days"
CREDIT_COMPLAINT: Final = "cn.credit.complaint-30-days"
BAD_RECORD: Final = "cn.credit.bad-record-5-years"
FREE_REPORTS: Final = "cn.credit.two-free-reports"
ONE_OFF_REPAIR: Final = "cn.credit.one-off-repair-2026"

DOCKET: Final = "cn.court.docket-7-days"
DEFENCE: Final = "cn.court.defence-15-days"
APPEAL: Final = "cn.court.appeal-15-days"
SUMMARY: Final = "cn.court.summary-3-months"
SMALL_CLAIMS: Final = "cn.court.small-claims-2-months"
CONFIRMATION: Final = "cn.court.confirmation-30-days"
ENFORCEMENT: Final = "cn.court.enforcement-2-years"
ORDER_ACCEPTED: Final = "cn.payment-order.accepted-5-days"
ORDER_ISSUED: Final = "cn.payment-order.issued-15-days"
ORDER_OBJECTION: Final = "cn.payment-order.objection-15-days"
ORDER_MEANS: Final = "cn.payment-order.means-are-no-objection"
ORDER_SERVICE: Final = "cn.payment-order.served-30-days"
PERIOD_END: Final = "cn.court.period-rolls-off-a-holiday"
INTERNET_COURTS: Final = "cn.court.internet-courts-from-2025-11"

SHENZHEN_WHO: Final = "cn.insolvency.shenzhen-who"
SHENZHEN_CREDITOR: Final = "cn.insolvency.shenzhen-creditor-500000"
SHENZHEN_EXEMPT: Final = "cn.insolvency.shenzhen-exempt-200000"
SHENZHEN_EXAMINATION: Final = "cn.insolvency.shenzhen-examination-3-years"
XIAMEN_WHO: Final = "cn.insolvency.xiamen-who"
XIAMEN_CREDITOR: Final = "cn.insolvency.xiamen-creditor-5-incomes"
XIAMEN_EXEMPT: Final = "cn.insolvency.xiamen-exempt-3-incomes"
