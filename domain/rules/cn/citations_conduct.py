"""Clauses on collection conduct (law/cn.md 3), with the force of each instrument in its rule."""

from typing import Final

from domain.rules.book import Mark
from domain.rules.cn.citations import CIVIL_CODE, S, T, cite

GBT: Final = "GB/T 45251-2025 互联网金融 个人网络消费信贷 贷后催收风控指引"
CBA: Final = "中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》"
PIPL: Final = "个人信息保护法"
CFC: Final = "消费金融公司管理办法"

NIGHT_GBT: Final = cite(
    S, GBT, "", "22:00至次日8:00不得催收，另有约定的除外。",
    "No collection from 22:00 to 08:00 unless agreed.",
)  # fmt: skip
NIGHT_CBA: Final = cite(
    S, CBA, "", "未经债务人同意，22:00至次日8:00不得以任何方式催收。",
    "No collection from 22:00 to 08:00 by any channel without the debtor's consent.",
)  # fmt: skip
CALLS_GBT: Final = cite(
    S, GBT, "", "语音催收（含机器人）对同一债务人每日主动有效通话不超过3次。",
    "Voice collection, robots included: at most three effective calls a day to one debtor.",
)  # fmt: skip
ATTEMPTS_CBA: Final = cite(
    S, CBA, "", "未接通的，同一联系方式每日拨打不宜超过6次。",
    "Unanswered: not more than six attempts a day to the same contact point.",
)  # fmt: skip
THIRD_PARTY_CFC: Final = cite(
    S, CFC, "", "不得对与贷款无关的第三人催收。",
    "No collection from a third person who has nothing to do with the loan.",
)  # fmt: skip
THIRD_PARTY_GBT: Final = cite(
    S, GBT, "", "只向债务人催收；联系不上债务人等情形方可联系联系人。",
    "Collect from the debtor only; a contact may be reached only if the debtor cannot be.",
)  # fmt: skip
THIRD_PARTY_CBA: Final = cite(
    S, CBA, "",
    "失联（号码无效、连续三次联系未果等）方可联系无关第三人，只为获取联系方式或代为转告。",
    "An unrelated person only when contact is lost (number invalid, three failed tries in a row), "
    "to ask for contact details or pass a message.",
)  # fmt: skip
DISCLOSED_PIPL: Final = cite(
    T, PIPL, "13, 28-29", "处理个人信息应有合法依据；金融账户等敏感信息须取得单独同意。",
    "Personal information needs a lawful basis; sensitive data a separate consent.",
)  # fmt: skip
DISCLOSED_GBT: Final = cite(
    S, GBT, "", "不得向联系人透露债务。", "A contact is never told of the debt.",
)  # fmt: skip
OBJECTED_GBT: Final = cite(
    S, GBT, "", "联系人拒绝的，停止联系。", "Stop when the contact refuses.",
)  # fmt: skip
VISITS_GBT: Final = cite(
    Mark.KNOWN_LOW, GBT, "", "上门每日不超过1次。",
    "At most one visit a day (one law-firm page only).",
)  # fmt: skip
VISITORS_CBA: Final = cite(
    S, CBA, "22", "上门不少于两人，出示证件，未经同意不得进入住所、办公场所。",
    "A visit by at least two collectors who show their identity; no entry without consent.",
)  # fmt: skip
WORDS_CBA: Final = cite(
    S, CBA, "", "不得冒充司法机关、虚构黑名单、张贴公告、诱导借新还旧、使用私人电话或社交账号。",
    "No posing as a court or police, invented blacklists, posted notices, urging to borrow "
    "elsewhere, private phones or accounts.",
)  # fmt: skip
PUBLISHED_PIPL: Final = cite(
    T, PIPL, "25", "不得公开其处理的个人信息，取得单独同意的除外。",
    "Personal information is not published without separate consent.",
)  # fmt: skip
PRIVATE_LIFE: Final = cite(
    T, CIVIL_CODE, "1032-1033",
    "不得以电话、短信、即时通讯、邮件、传单等侵扰私人生活安宁，不得进入、拍摄住宅。",
    "No intrusion on private life by calls, messages, mail or flyers; no entering or "
    "photographing homes.",
)  # fmt: skip
CRIME: Final = cite(
    T, "刑法", "293-1",
    "以暴力、胁迫、限制自由、侵入住宅、恐吓、跟踪、骚扰催收非法债务，情节严重的。",
    "Force, threats, confinement, home entry, following or harassing to collect an illegal debt.",
)  # fmt: skip
