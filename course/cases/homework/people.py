"""The people of the case (invented): ten who sell, six who write plans, and their leaders."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

__all__ = ["CHARACTERS", "PRESALES", "SELLERS", "Character", "Colleague", "Seller"]


@dataclass(frozen=True)
class Colleague:
    """Somebody of the firm: key in the tables, full name, what others call them, pronoun."""

    key: str
    name: str
    called: tuple[str, ...]
    she: bool
    joined: date

    @property
    def short(self) -> str:
        """What colleagues say to them."""
        return self.called[0]


@dataclass(frozen=True)
class Seller(Colleague):
    """A salesperson; ``voice`` is the character, a key of :data:`CHARACTERS`."""

    voice: str


@dataclass(frozen=True)
class Character:
    """How somebody deals with homework; all chances are assumed.

    Attributes:
        asks: chance that a field is asked for at the customer's, in a request of middle complexity.
        specific: chance that feedback reaches presales with its content.
        alarms: chance that a customer's claim is passed on as an alarm; ``reports``: as what it is,
            a claim with its source. Else it is kept.
        credits: chance that presales is thanked or named after a request is done.
        takes: chance that the work is shown as one's own.
        promises: chance that presales' hours are given away; ``asks_first``: that they were asked.
    """

    asks: float
    specific: float
    alarms: float
    reports: float
    credits: float
    takes: float
    promises: float
    asks_first: float


CHARACTERS = MappingProxyType(
    {
        "weathervane": Character(0.55, 0.5, 0.85, 0.05, 0.3, 0.08, 0.2, 0.3),
        "muddler": Character(0.28, 0.25, 0.45, 0.15, 0.3, 0.05, 0.3, 0.25),
        "spender": Character(0.5, 0.5, 0.3, 0.2, 0.04, 0.4, 0.85, 0.04),
        "clear": Character(0.84, 0.85, 0.04, 0.6, 0.75, 0.0, 0.15, 0.95),
    }
)

SELLERS = (
    Seller("S01", "Gong Lei 龚磊", ("Leizi", "Xiao Gong"), False, date(2019, 4, 1), "weathervane"),
    Seller("S02", "Ruan Qing 阮晴", ("Qingqing", "Sister Ruan"), True, date(2017, 8, 7),
           "weathervane"),
    Seller("S03", "Pi Tao 皮涛", ("Taozi", "Lao Pi"), False, date(2014, 3, 3), "muddler"),
    Seller("S04", "Miao Fang 苗芳", ("Fangfang", "Sister Miao"), True, date(2020, 9, 14),
           "muddler"),
    Seller("S05", "Ke Wei 柯伟", ("Dawei", "Xiao Ke"), False, date(2023, 7, 10), "muddler"),
    Seller("S06", "Hua Zheng 华正", ("Brother Hua", "Lao Hua"), False, date(2013, 5, 6),
           "spender"),
    Seller("S07", "Xi Lan 奚岚", ("Sister Lan", "Director Xi"), True, date(2018, 1, 15), "spender"),
    Seller("S08", "An Ping 安平", ("Lao An",), False, date(2012, 10, 8), "clear"),
    Seller("S09", "Jin Shu 金姝", ("Xiao Jin", "Shushu"), True, date(2021, 6, 21), "clear"),
    Seller("S10", "You Hang 尤航", ("Hangzi", "Xiao You"), False, date(2022, 2, 14), "clear"),
)  # fmt: skip

PRESALES = (
    Colleague("P1", "Tu Jianguo 涂建国", ("Lao Tu", "Master Tu"), False, date(2009, 7, 1)),
    Colleague("P2", "Nong Yue 农悦", ("Yueyue", "Xiao Nong"), True, date(2022, 7, 4)),
    Colleague("P3", "Cen Bo 岑博", ("Doctor Cen", "Lao Cen"), False, date(2016, 11, 7)),
    Colleague("P4", "Shu Min 舒敏", ("Sister Min", "Min"), True, date(2015, 3, 16)),
    Colleague("P5", "Wei Ning 韦宁", ("Ningning", "Xiao Wei"), True, date(2024, 2, 26)),
    Colleague("P6", "Le Yang 乐阳", ("Yangzi", "Brother Yang"), False, date(2018, 5, 28)),
)
