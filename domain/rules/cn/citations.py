"""Every clause that the pack for China cites, in Chinese and English, with its mark.

Marks and wording follow the gathered notes (law/cn.md 1.1 to 1.10); article numbers are those
that figures print.
"""

from typing import Final

from domain.rules.book import Citation, Mark

T, S, KH, K = Mark.TEXT, Mark.SECONDARY, Mark.KNOWN_HIGH, Mark.KNOWN


def cite(mark: Mark, code: str, article: str, zh: str, en: str) -> Citation:
    """A citation, in the order in which it is read."""
    return Citation(code=code, article=article, zh=zh, en=en, mark=mark)


LENDING_1991: Final = "法(民)发〔1991〕21号"
LENDING_2015: Final = "法释〔2015〕18号"
LENDING_2020: Final = "法释〔2020〕6号"
LENDING_2021: Final = "法释〔2020〕17号"
REPLY_2020: Final = "法释〔2020〕27号"
CIVIL_CODE: Final = "民法典"
LIMITATION: Final = "诉讼时效规定"
DELAY: Final = "法释〔2014〕8号"

CAP_1991: Final = cite(
    S, LENDING_1991, "6",
    "民间借贷利率最高不得超过银行同类贷款利率的四倍。",
    "A private loan may bear at most four times the bank rate for like loans.",
)  # fmt: skip
CAP_1991_CONTRACT: Final = cite(
    K, LENDING_2021, "31",
    "2015年9月1日以前成立的合同，“当时的司法解释”可指1991年四倍规则。",
    "For contracts before 2015-09-01 the interpretation then in force may be the 1991 rule.",
)  # fmt: skip
BENCHMARK_BEFORE_2015: Final = cite(
    KH, "中国人民银行贷款基准利率", "",
    "六至十二个月贷款基准利率。",
    "Benchmark lending rate for six to twelve months, not checked against its publication.",
)  # fmt: skip
CAP_2015: Final = cite(
    T, LENDING_2015, "26",
    "年利率24%以内的予以支持；超过36%的部分无效，借款人可以请求返还。",
    "Up to 24 % a year is supported; above 36 % is void and can be claimed back.",
)  # fmt: skip
NATURAL_DEBT_2015: Final = cite(
    T, LENDING_2015, "31",
    "自愿支付的24%至36%之间的利息，不予返还；超过36%的应当返还。",
    "What was paid freely between 24 % and 36 % is not returned; above 36 % it is.",
)  # fmt: skip
CAP_2020_FORMATION: Final = cite(
    T, LENDING_2020, "26",
    "利率不得超过合同成立时一年期贷款市场报价利率四倍。",
    "At most four times the one-year LPR when the contract was made.",
)  # fmt: skip
TRANSITION_2020: Final = cite(
    T, LENDING_2020, "32",
    "2019年8月20日之前的借贷行为，可参照原告起诉时一年期贷款市场报价利率四倍。",
    "For loans before 2019-08-20 the court may refer to four times the LPR at suing.",
)  # fmt: skip
CAP_2021_FORMATION: Final = cite(
    T, LENDING_2021, "25",
    "利率不得超过合同成立时一年期贷款市场报价利率四倍。",
    "At most four times the one-year LPR when the contract was made.",
)  # fmt: skip
TRANSITION_2021: Final = cite(
    T, LENDING_2021, "31",
    "2020年8月20日之前成立的合同：至2020年8月19日适用当时的司法解释；"
    "自2020年8月20日到借款返还之日，适用起诉时本规定的利率保护标准。",
    "Contracts made before 2020-08-20: the interpretation then in force through 2020-08-19, from "
    "2020-08-20 until repayment the cap as it stands at suing.",
)  # fmt: skip
REFUND_OVER_FOUR: Final = cite(
    KH, LENDING_2021, "25",
    "已付超过四倍部分，实践中抵扣本金或作为不当得利返还。",
    "Sums paid over four times the LPR are in practice set against principal or returned.",
)  # fmt: skip
OPINION_2017: Final = cite(
    S, "法发〔2017〕22号", "2",
    "金融借款利息、复利、罚息、违约金和其他费用总计超过年利率24%的，可请求调减。",
    "The borrower of a financial loan may ask that all costs over 24 % a year be cut.",
)  # fmt: skip
LOCAL_SEVEN: Final = cite(
    T, REPLY_2020, "",
    "小额贷款、融资担保、区域性股权市场、典当、融资租赁、商业保理、地方资产管理七类不适用民间借贷规定。",
    "The seven local kinds are financial institutions: the private-lending rule is not theirs.",
)  # fmt: skip
LICENSED_EXCLUDED: Final = cite(
    T, LENDING_2021, "1",
    "经金融监管部门批准设立的从事贷款业务的金融机构及其分支机构，不适用本规定。",
    "Lenders licensed by the financial regulator are outside the private-lending rule.",
)  # fmt: skip
LICENSED_FOUR: Final = cite(
    S, "宜宾市中级人民法院判决", "",
    "部分法院对平台、担保人追偿仍参照一年期贷款市场报价利率四倍。",
    "Some courts still use four times the LPR, as for recovery by platforms and guarantors.",
)  # fmt: skip
DISCLOSED_COST: Final = cite(
    S, "个人贷款业务明示综合融资成本规定", "",
    "2026年8月1日起，签约前须以明示表列明全部融资成本，表外不得收费。",
    "From 2026-08-01 the all-in cost is shown before signing; nothing else may be charged.",
)  # fmt: skip
SMALL_LOAN_TARGET: Final = cite(
    S, "小额贷款公司综合融资成本管理工作指引", "",
    "新发放贷款不得超过24%，2027年底前全部新发放贷款降至一年期贷款市场报价利率四倍以内。",
    "No new loan over 24 %; all new loans within four times the LPR by the end of 2027.",
)  # fmt: skip
HEAD_INTEREST: Final = cite(
    T, CIVIL_CODE, "670",
    "利息不得预先在本金中扣除；预先扣除的，按照实际借款数额返还借款并计算利息。",
    "Interest may not be deducted beforehand; principal is what was actually lent.",
)  # fmt: skip
HEAD_INTEREST_2021: Final = cite(
    T, LENDING_2021, "26",
    "预先在本金中扣除利息的，将实际出借的金额认定为本金。",
    "Where interest was deducted beforehand, the sum actually lent is the principal.",
)  # fmt: skip
TOTAL_2021: Final = cite(
    T, LENDING_2021, "29",
    "逾期利息、违约金、其他费用可一并主张，但总计不得超过一年期贷款市场报价利率四倍。",
    "Overdue interest, penalty and other fees together stay within four times the LPR.",
)  # fmt: skip
ENFORCEMENT_COSTS: Final = cite(
    K, LENDING_2021, "29",
    "律师费等实现债权的费用，部分法院不计入上限（有争议）。",
    "Lawyer's fee and other costs of realising the claim: outside the cap for some courts.",
)  # fmt: skip
NO_INTEREST: Final = cite(
    T, CIVIL_CODE, "680",
    "没有约定利息的，视为没有利息；自然人之间约定不明的，视为没有利息。",
    "No interest agreed means none; unclear between natural persons means none.",
)  # fmt: skip
OVERDUE_2015: Final = cite(
    T, LENDING_2015, "29",
    "未约定借期内利率和逾期利率的，逾期按年利率6%；约定借期内利率的，按借期内利率。",
    "Neither rate agreed: 6 % a year once overdue; the rate of the term where one was agreed.",
)  # fmt: skip
OVERDUE_2021: Final = cite(
    T, LENDING_2021, "28",
    "未约定借期内利率和逾期利率的，参照当时一年期贷款市场报价利率；约定借期内利率的，按借期内利率。",
    "Neither rate agreed: the one-year LPR of that time; else the rate of the term.",
)  # fmt: skip
COMPOUNDING: Final = cite(
    T, LENDING_2021, "27",
    "前期利率未超过上限的利息可计入后期本金；本息之和不得超过以最初本金按上限计算的整个期间的本息。",
    "Old interest within the cap may become principal; all in all no more than the first "
    "principal with interest at the cap for the whole time.",
)  # fmt: skip
VOID_LOAN: Final = cite(
    T, LENDING_2021, "13",
    "职业放贷、套取金融机构贷款转贷等，民间借贷合同无效。",
    "A loan by an unlicensed professional lender, of relent bank money and the like is void.",
)  # fmt: skip
