"""Who is on the path; all invented."""

LENDER = "样例消费金融公司（虚构）"
SECOND = "样例小额贷款公司（虚构）"
STRANGER = "陌生收款公司（虚构）"
AGENCY = "样例催收公司（虚构）"
PROMISE = {"code": "limitation-promise", "reason": "已向当事人说明：提出方案后时效重新计算。"}
