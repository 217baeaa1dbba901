"""Clauses on complaints, courts, credit records and insolvency (law/cn.md 4.1 to 4.3)."""

from typing import Final

from domain.rules.cn.citations import K, S, T, cite

COMPLAINTS_2020: Final = "银行业保险业消费投诉处理管理办法（银保监会令2020年第3号）"
REPORTS_2019: Final = "银保监会令2019年第8号"
PBOC_2020: Final = "金融消费者权益保护实施办法（银令〔2020〕5号）"
CONSUMERS: Final = "消费者权益保护法实施条例"
CREDIT: Final = "征信业管理条例"
PROCEDURE: Final = "民事诉讼法"
ORDERS: Final = "督促程序规定"
SHENZHEN: Final = "深圳经济特区个人破产条例"
XIAMEN: Final = "厦门经济特区个人破产条例"

LENDER_SIMPLE: Final = cite(
    S, COMPLAINTS_2020, "",
    "事实清楚、争议简单的，自收到投诉之日起15日内作出处理决定并告知。",
    "Clear and simple: decided and told within 15 days of receipt.",
)  # fmt: skip
LENDER_COMPLEX: Final = cite(
    S, COMPLAINTS_2020, "",
    "情况复杂的延长至30日；特殊复杂并经批准的再延长30日。",
    "Complex: 30 days; exceptional and approved: 30 more.",
)  # fmt: skip
LENDER_CONTENTS: Final = cite(
    T, COMPLAINTS_2020, "13-14",
    "投诉应有投诉人姓名、身份信息、联系方式，被投诉人，投诉请求、主要事实和相关依据；代理的提供授权。",
    "Name, identity, contact of who complains; the respondent; request, main facts and grounds; "
    "signed authority of an agent.",
)  # fmt: skip
REVIEW_ASK: Final = cite(
    K, COMPLAINTS_2020, "",
    "对处理决定有异议的，自收到之日起30日内申请核查。",
    "A review is asked for within 30 days of the decision.",
)  # fmt: skip
REVIEW_DECIDE: Final = cite(
    K, COMPLAINTS_2020, "",
    "自收到核查申请之日起30日内作出核查决定。",
    "The review is decided within 30 days of being asked for.",
)  # fmt: skip
NFRA_HANDOVER: Final = cite(
    K, COMPLAINTS_2020, "",
    "监管部门自收到投诉之日起7个工作日内转送被投诉机构。",
    "The regulator passes a complaint on within 7 working days.",
)  # fmt: skip
REPORT_ACCEPT: Final = cite(
    K, REPORTS_2019, "", "举报自收到之日起15日内决定是否受理。",
    "A report of a violation is accepted or not within 15 days.",
)  # fmt: skip
REPORT_FINDING: Final = cite(
    K, REPORTS_2019, "", "自受理之日起60日内作出意见，可延长30日。",
    "A finding within 60 days of acceptance; 30 more are possible.",
)  # fmt: skip
PBOC_12363: Final = cite(
    K, PBOC_2020, "", "自收到之日起15日内处理，复杂的60日。",
    "Handled within 15 days; 60 where complex.",
)  # fmt: skip
MARKET_HANDLE: Final = cite(
    T, CONSUMERS, "46", "自收到投诉之日起7个工作日内处理并告知。",
    "Handled and told within 7 working days of receipt.",
)  # fmt: skip
MARKET_MEDIATION: Final = cite(
    T, CONSUMERS, "46", "当事人同意调解的，自受理之日起60日内终结调解。",
    "An agreed mediation ends within 60 days.",
)  # fmt: skip
OBJECTION: Final = cite(
    T, CREDIT, "25", "自收到异议之日起20日内核查处理并书面答复，期间标注异议。",
    "Checked and answered in writing within 20 days; marked as disputed meanwhile.",
)  # fmt: skip
CREDIT_COMPLAINT: Final = cite(
    T, CREDIT, "26", "受理投诉的机构自受理之日起30日内书面答复。",
    "A written answer within 30 days.",
)  # fmt: skip
BAD_RECORD: Final = cite(
    T, CREDIT, "16", "不良信息自不良行为终止之日起保存5年，超过的应当删除。",
    "Kept five years from the end of the default, then deleted.",
)  # fmt: skip
FREE_REPORTS: Final = cite(
    T, CREDIT, "17", "个人每年有权两次免费获取本人的信用报告。",
    "Two free reports a year.",
)  # fmt: skip
ONE_OFF_REPAIR: Final = cite(
    S, "中国人民银行一次性信用修复安排（2025-12-22）", "",
    "2020-01-01至2025-12-31产生、单笔不超过1万元、2026-03-31前还清的逾期不予展示。",
    "Arrears up to 10,000 each of 2020 to 2025, paid by 2026-03-31, are not shown.",
)  # fmt: skip
DOCKET: Final = cite(
    T, PROCEDURE, "126", "符合起诉条件的，7日内立案；不符合的，7日内裁定不予受理。",
    "Accepted or refused within 7 days.",
)  # fmt: skip
DEFENCE: Final = cite(
    T, PROCEDURE, "128", "被告自收到之日起15日内提出答辩状。",
    "The defence within 15 days of service.",
)  # fmt: skip
APPEAL: Final = cite(
    T, PROCEDURE, "171", "不服判决的，自送达之日起15日内上诉。",
    "An appeal within 15 days of service.",
)  # fmt: skip
SUMMARY: Final = cite(
    T, PROCEDURE, "164", "适用简易程序的，自立案之日起3个月内审结。",
    "Summary procedure ends within 3 months of acceptance.",
)  # fmt: skip
SMALL_CLAIMS: Final = cite(
    T, PROCEDURE, "168", "适用小额诉讼程序的，自立案之日起2个月内审结，一审终审。",
    "Small claims end within 2 months of acceptance; one instance.",
)  # fmt: skip
CONFIRMATION: Final = cite(
    T, PROCEDURE, "205", "自调解协议生效之日起30日内共同申请司法确认。",
    "A joint application for confirmation within 30 days of the agreement taking effect.",
)  # fmt: skip
ENFORCEMENT: Final = cite(
    T, PROCEDURE, "250", "申请执行的期间为二年，自履行期间的最后一日起计算。",
    "Enforcement is applied for within two years of the last day for performing.",
)  # fmt: skip
ORDER_ACCEPTED: Final = cite(
    T, PROCEDURE, "226", "人民法院收到申请后5日内通知是否受理。",
    "The court says within 5 days whether it takes the application.",
)  # fmt: skip
ORDER_ISSUED: Final = cite(
    T, PROCEDURE, "227", "自受理之日起15日内发出支付令。", "Issued within 15 days of acceptance.",
)  # fmt: skip
ORDER_OBJECTION: Final = cite(
    T, PROCEDURE, "227", "债务人自收到支付令之日起15日内清偿或者提出书面异议。",
    "The debtor pays or objects in writing within 15 days of service.",
)  # fmt: skip
ORDER_MEANS: Final = cite(
    T, ORDERS, "7", "对清偿能力、清偿期限、清偿方式提出不同意见的，不影响支付令的效力。",
    "Objecting only about means, time or manner of payment does not count.",
)  # fmt: skip
ORDER_SERVICE: Final = cite(
    T, ORDERS, "6", "发出之日起30日内无法送达债务人的，裁定终结督促程序。",
    "An order that cannot be served within 30 days lapses.",
)  # fmt: skip
PERIOD_END: Final = cite(
    T, PROCEDURE, "85", "开始的时和日不计算在期间内；届满的最后一日是法定休假日的，顺延。",
    "The first day does not count; an end on a holiday moves to the first day after it.",
)  # fmt: skip
INTERNET_COURTS: Final = cite(
    T, "法释〔2025〕14号", "2", "互联网法院管辖案件的新清单不含网络金融借款合同纠纷。",
    "The closed list of the internet courts no longer holds online loan contracts.",
)  # fmt: skip
SHENZHEN_WHO: Final = cite(
    S, SHENZHEN, "2", "在深圳居住且参加深圳社会保险连续满三年，因生产经营、生活消费丧失清偿能力。",
    "Resident and in Shenzhen social insurance three years running; insolvent from business or "
    "living.",
)  # fmt: skip
SHENZHEN_CREDITOR: Final = cite(
    S, SHENZHEN, "9", "单独或者共同对债务人持有五十万元以上到期债权的债权人可以申请。",
    "Creditors holding due claims of RMB 500,000 or more, alone or together, may petition.",
)  # fmt: skip
SHENZHEN_EXEMPT: Final = cite(
    S, SHENZHEN, "36", "豁免财产累计总价值不超过二十万元。",
    "Exempt property up to RMB 200,000.",
)  # fmt: skip
SHENZHEN_EXAMINATION: Final = cite(
    S, SHENZHEN, "95", "免除债务的考察期为三年。", "Examination period of three years.",
)  # fmt: skip
XIAMEN_WHO: Final = cite(
    S, XIAMEN, "", "在厦门连续居住或者从事经营满五年。",
    "Lived or did business in Xiamen five years running.",
)  # fmt: skip
XIAMEN_CREDITOR: Final = cite(
    S, XIAMEN, "", "到期债权超过上年度人均可支配收入五倍的债权人可以申请。",
    "Creditors with due claims over five times last year's per-capita disposable income may "
    "petition.",
)  # fmt: skip
XIAMEN_EXEMPT: Final = cite(
    S, XIAMEN, "", "豁免财产不超过人均可支配收入三倍。",
    "Exempt property up to three times the per-capita disposable income.",
)  # fmt: skip
