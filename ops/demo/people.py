"""The demo's people and companies. All invented, and made so that none can be a real one.

Names have a surname that nobody bears and a pair of calendar signs; ID numbers have a region that
was never given out and a check digit that is wrong; telephone numbers lie in ranges that no
operator has (China: 120xxxxxxxx; United Kingdom: the range kept for drama).
"""

from dataclasses import dataclass
from typing import Final

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_NO_REGION: Final = "990000"

PRIVATE: Final = "出借人（私人，虚构）"
APP_LENDERS: Final = (
    "示例快借小额贷款公司（虚构）",
    "样例青禾小额贷款公司（虚构）",
    "示例云滴消费金融公司（虚构）",
    "样例满舟助贷平台（虚构）",
    "示例秋千小额贷款公司（虚构）",
)
BANKS: Final = ("示例河湾银行信用卡中心（虚构）", "样例北桥银行信用卡中心（虚构）")
AGENCIES: Final = (
    "示例诺言催收服务公司（虚构）",
    "样例长桥信息咨询公司（虚构）",
    "示例海角法务外包公司（虚构）",
    "样例回音调解服务部（虚构）",
)
GUARANTOR_COMPANY: Final = "样例磐石融资担保公司（虚构）"
ABROAD: Final = "Sample Lending Co (invented)"


@dataclass(frozen=True)
class Person:
    """An invented person; `key` is what the demo's steps call them."""

    key: str
    name: str
    id_number: str
    phones: tuple[str, ...]
    address: str

    def details(self) -> dict[str, object]:
        """The body that registers them as a client."""
        return {
            "name": self.name,
            "id_number": self.id_number,
            "phones": list(self.phones),
            "address": self.address,
        }


def person(number: int) -> Person:
    """The invented person of this number, 1 to 60: always the same one."""
    if not 1 <= number <= 60:
        raise ValueError(f"there are sixty people, not {number}")
    index = number - 1
    name = f"例{_STEMS[index % 10]}{_BRANCHES[index % 12]}"
    born = f"{1968 + number % 36}{1 + number % 12:02d}{1 + number * 7 % 28:02d}"
    return Person(
        key=f"person-{number:02d}",
        name=name,
        id_number=_impossible_id(f"{_NO_REGION}{born}{number:03d}"),
        phones=tuple(mobile(number * 10 + extra) for extra in range(1 + number % 2)),
        address=f"虚构省样例市例子区不存在路{100 + number}号{1 + number % 9}单元",
    )


def person_abroad(number: int) -> Person:
    """An invented client in the United Kingdom."""
    return Person(
        key=f"person-abroad-{number:02d}",
        name=f"Exemplar Sampleton-{number}",
        id_number=f"QQ {number:02d} 00 00 Z",
        phones=(f"07700 900{number:03d}",),
        address=f"{number} Nowhere Road, Sampletown, ZZ99 9ZZ",
    )


def mobile(number: int) -> str:
    """A mobile number in a range that was never assigned."""
    return f"1200000{number:04d}"


def caller(number: int) -> str:
    """A collector's number, in an area code that does not exist."""
    return f"0000-99{number:05d}"


def is_valid_id(number: str) -> bool:
    """Whether an 18-character ID number has the right check digit (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[17] == _CHECKS[total % 11]


def _impossible_id(first17: str) -> str:
    return next(first17 + digit for digit in "0123456789X" if not is_valid_id(first17 + digit))
