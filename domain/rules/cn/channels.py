"""Where a complaint can go: addressee, what it must hold, and what comes next (law/cn.md 4.1)."""

from typing import Final

import msgspec

from domain.cases.complaints import ComplaintChannel


class Needed(msgspec.Struct, frozen=True):
    """One thing that a complaint has to hold."""

    code: str
    zh: str
    en: str


NAME: Final = Needed("complainant", "投诉人姓名、身份信息、联系方式", "Name, identity and contact")
RESPONDENT: Final = Needed("respondent", "被投诉人", "Who is complained about")
REQUEST: Final = Needed("request", "投诉请求", "What is asked for")
FACTS: Final = Needed("facts", "主要事实", "The main facts")
GROUNDS: Final = Needed("grounds", "相关依据", "Grounds and what shows them")
AUTHORITY: Final = Needed(
    "authority", "代理人身份与授权委托书", "The agent's identity and signed authority"
)
COMPLAINT: Final = (NAME, RESPONDENT, REQUEST, FACTS, GROUNDS, AUTHORITY)


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One way to complain."""

    zh: str
    en: str
    needs: tuple[Needed, ...] = ()
    """Empty: nothing is established."""
    next: tuple[ComplaintChannel, ...] = ()
    """Where it can go after a refusal or a silence."""


_C = ComplaintChannel
CHANNELS: Final[dict[ComplaintChannel, Channel]] = {
    _C.LENDER: Channel(
        zh="贷款机构消费者权益保护部门",
        en="The lender's complaints office",
        needs=COMPLAINT,
        next=(_C.NFRA_12378, _C.LOCAL_FINANCE, _C.MEDIATION),
    ),
    _C.NFRA_12378: Channel(
        zh="金融监管总局派出机构（12378）",
        en="The regulator's local office (12378)",
        needs=COMPLAINT,
        next=(_C.NFRA_REPORT, _C.MEDIATION),
    ),
    _C.NFRA_REPORT: Channel(
        zh="金融监管总局派出机构（举报）",
        en="The regulator's local office (report of a violation)",
        next=(_C.MEDIATION,),
    ),
    _C.PBOC_12363: Channel(
        zh="中国人民银行分支机构（12363）",
        en="The central bank's branch (12363)",
        next=(_C.MEDIATION,),
    ),
    _C.LOCAL_FINANCE: Channel(
        zh="地方金融管理局（小贷、担保公司）",
        en="The local financial administration (small-loan and guarantee companies)",
        next=(_C.MEDIATION,),
    ),
    _C.CREDIT_BUREAU: Channel(zh="征信机构", en="The credit bureau", next=(_C.PBOC_12363,)),
    _C.MARKET_REGULATOR: Channel(
        zh="市场监督管理部门（12315）", en="The market regulator (12315)", next=(_C.MEDIATION,)
    ),
    _C.INDUSTRY_ASSOCIATION: Channel(
        zh="行业协会", en="The industry association", next=(_C.NFRA_12378,)
    ),
    _C.MEDIATION: Channel(zh="金融纠纷调解组织", en="A mediation body"),
    _C.POLICE: Channel(zh="公安机关", en="The police"),
    _C.OTHER: Channel(zh="其他机构", en="Another body"),
}
"""Each channel. A channel without a term of its own has no clock."""
