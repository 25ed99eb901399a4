"""The people of the case (invented): twelve who ask, three who are asked, and their leaders."""

from dataclasses import dataclass
from datetime import date

__all__ = ["EXPERTS", "HEAD_OF_SALES", "REQUESTERS", "Expert", "Requester"]

HEAD_OF_SALES = "Du Heng 杜衡"
_NEVER = date(2099, 1, 1)
_APRIL, _JULY = date(2025, 4, 1), date(2025, 7, 1)


@dataclass(frozen=True)
class Requester:
    """An account manager and how they ask.

    Attributes:
        key: id in the tables.
        first, last: names; ``last`` with the Chinese character, where there is one.
        she: pronouns.
        office: Nanjing or Almaty.
        trade: whom they sell to, a key of :data:`course.cases.priority.customers.TRADES`.
        joined: first day in the firm.
        voice: the character whose phrases they use.
        urgent: share of their tickets ticked as urgent.
        tells: chances that the first request gives background, reviewers, dates, why.
        channels: chances that it comes by phone and by mail; else by chat.
        shouts_from, records_from: the day a habit begins.
        inflates: factor on the cost of delay that they state.
        plays_down: factor on the hours of work that they state.
    """

    key: str
    first: str
    last: str
    she: bool
    office: str
    trade: str
    joined: date
    voice: str
    urgent: float
    tells: tuple[float, float, float, float]
    channels: tuple[float, float]
    shouts_from: date = _NEVER
    records_from: date = _NEVER
    inflates: float = 1.2
    plays_down: float = 0.8

    @property
    def name(self) -> str:
        """The name as it is written in the tables, such as ``Rex Niu 牛``."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True)
class Expert:
    """Somebody who is asked; ``called`` is how colleagues speak to them, ``boss`` of the leader."""

    key: str
    name: str
    called: str
    she: bool
    role: str
    kpi: str
    leader: str
    boss: str
    kinds: tuple[tuple[str, float], ...]  # what they do, and how much work against the average


REQUESTERS = (
    Requester(
        "R01", "Rex", "Niu 牛", False, "Nanjing", "factory", date(2019, 3, 4), "shout",
        0.96, (0.15, 0.08, 0.35, 0.12), (0.45, 0.2), shouts_from=_APRIL, inflates=2.6,
    ),
    Requester(
        "R02", "Dora", "Pang 庞", True, "Nanjing", "retail", date(2017, 9, 1), "sharp",
        0.82, (0.2, 0.1, 0.5, 0.15), (0.3, 0.35), shouts_from=_JULY, inflates=2.0,
    ),
    Requester(
        "R03", "Tim", "Qi 齐", False, "Nanjing", "hospital", date(2022, 7, 11), "beg",
        0.88, (0.3, 0.12, 0.4, 0.2), (0.2, 0.25), inflates=1.6, plays_down=0.4,
    ),
    Requester(
        "R04", "Helen", "Mu 穆", True, "Nanjing", "port", date(2016, 5, 3), "forward",
        0.74, (0.75, 0.12, 0.4, 0.15), (0.05, 0.9),
    ),
    Requester(
        "R05", "Owen", "Chu 储", False, "Nanjing", "cold", date(2014, 2, 17), "explain",
        0.34, (0.92, 0.85, 0.9, 0.92), (0.08, 0.62), inflates=1.0, plays_down=1.0,
    ),
    Requester(
        "R06", "Iris", "Lan 兰", True, "Nanjing", "hospital", date(2018, 10, 8), "credit",
        0.44, (0.8, 0.75, 0.85, 0.75), (0.05, 0.8), records_from=_APRIL, inflates=1.0,
        plays_down=1.0,
    ),
    Requester(
        "R07", "Sam", "Yin 殷", False, "Nanjing", "cold", date(2020, 6, 1), "learn",
        0.7, (0.45, 0.3, 0.55, 0.4), (0.2, 0.5), records_from=_JULY,
    ),
    Requester(
        "R08", "Bruce", "Tong 童", False, "Nanjing", "factory", date(2015, 11, 2), "gift",
        0.72, (0.3, 0.15, 0.4, 0.2), (0.35, 0.15), plays_down=0.6,
    ),
    Requester(
        "R09", "Anna", "Shui 水", True, "Nanjing", "retail", date(2021, 3, 15), "phone",
        0.8, (0.35, 0.1, 0.45, 0.25), (0.88, 0.04),
    ),
    Requester(
        "R10", "Max", "Ran 冉", False, "Almaty", "asia", date(2021, 8, 23), "change",
        0.84, (0.3, 0.15, 0.45, 0.25), (0.2, 0.3), inflates=1.5,
    ),
    Requester(
        "R11", "Aigul", "Omarova", True, "Almaty", "asia", date(2023, 1, 16), "terse",
        0.62, (0.12, 0.1, 0.8, 0.12), (0.05, 0.5),
    ),
    Requester(
        "R12", "Timur", "Bekov", False, "Almaty", "asia", date(2025, 3, 3), "new",
        0.52, (0.75, 0.5, 0.7, 0.6), (0.05, 0.55), inflates=1.0, plays_down=0.7,
    ),
)  # fmt: skip

EXPERTS = (
    Expert(
        "X1", "Wen Zhiqiang 温志强", "Lao Wen", False, "presales",
        "tenders won among those with a presales answer; four reference stories a year",
        "Ouyang Min 欧阳敏", "Director Ouyang",
        (("proposal", 1.1), ("tender answer", 1.5), ("demo environment", 1.0), ("sizing", 0.8),
         ("price sheet", 0.6)),
    ),
    Expert(
        "X2", "Tao Ran 陶然", "Tao Ran", True, "delivery",
        "sites accepted by the customer in the month that was planned",
        "Shang Jun 尚军", "Mr Shang",
        (("site survey", 1.0), ("data migration", 1.4), ("installation", 1.2), ("training", 0.8),
         ("acceptance papers", 0.6)),
    ),
    Expert(
        "X3", "Bian Lei 卞磊", "Lao Bian", False, "R&D",
        "two releases a year on their day; serious faults closed within ten working days",
        "Ji Xiaolan 季晓岚", "Ms Ji",
        (("bug fix", 0.9), ("interface", 1.5), ("custom report", 0.9), ("slow system", 1.1),
         ("security answers", 0.6)),
    ),
)  # fmt: skip
