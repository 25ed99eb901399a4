"""The terms of the lead model: what a broker may decide, and the world the deals live in.

Plain frozen data, checked when it is built; the dynamics are in :mod:`course.models.lead`.
Every number here is *assumed*: none is calibrated to real deals. The findings the course teaches
are those that hold over ranges of them (``tests/models/lead/test_law.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from math import isfinite
from types import MappingProxyType

__all__ = ["HABITS", "Habits", "Params", "Policy", "Style"]


class Style(StrEnum):
    """How the broker behaves once both parties know each other."""

    SILENT = "silent"
    BEGGING = "begging"
    ATTENDING = "attending"
    RULE = "rule"


def _within(owner: object, name: str, low: float, high: float) -> None:
    """Raise ValueError unless the number ``owner.name`` lies in [low, high]."""
    value = getattr(owner, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name}: expected a number, got {value!r}; pass an int or a float")
    if not (isfinite(value) and low <= value <= high):
        raise ValueError(
            f"{name}: expected {low:g} to {high:g}, got {value!r}; choose a value in that range"
        )


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a style does to a deal, week by week.

    Raises:
        ValueError: a field is outside its range.
    """

    value: float  # process value the parties come to see in the broker, % of deal value
    lift: float  # share of the missing momentum restored each week, 0-1
    attended: float = 0.0  # share of the parties' meetings the broker sits in, 0-1
    meeting_lift: float = 0.0  # extra share of missing momentum restored by such a meeting, 0-1
    hours: float = 0.0  # hours per deal and week besides meetings
    chases: bool = False  # one chase a week in the group, which may be answered or not

    def __post_init__(self) -> None:
        """Check every number against its range."""
        _within(self, "value", 0, 100)
        for name in ("lift", "attended", "meeting_lift"):
            _within(self, name, 0, 1)
        _within(self, "hours", 0, 168)


HABITS: Mapping[Style, Habits] = MappingProxyType(
    {
        Style.SILENT: Habits(value=0.0, lift=0.0, hours=0.1),
        Style.BEGGING: Habits(value=1.0, lift=0.0, attended=0.75, meeting_lift=0.03, hours=1.6),
        Style.ATTENDING: Habits(value=8.5, lift=0.05, attended=1.0, meeting_lift=0.18, hours=0.4),
        Style.RULE: Habits(
            value=13.0, lift=0.19, attended=0.04, meeting_lift=0.18, hours=0.6, chases=True
        ),
    }
)


@dataclass(frozen=True, kw_only=True)
class Params:
    """The world the deals live in (all defaults assumed).

    Raises:
        ValueError: a field is outside its range, the two shares of opportunists exceed one, or a
            style has no habits.
    """

    weeks: int = 26  # horizon
    willing: float = 0.6  # share of deals in which both parties want the deal
    conditional: float = 0.55  # share who bypass a broker seen as worth less than the fee
    always: float = 0.1  # share who bypass any fee; the rest are honest
    deal_value: float = 50.0  # median deal value, 10,000 CNY
    value_spread: float = 0.6  # standard deviation of the log of deal value
    setup_hours: float = 3.0  # hours to introduce the parties, per deal
    meeting_rate: float = 0.6  # chance of a meeting between the parties, per week
    meeting_hours: float = 6.0  # hours of a meeting with its travel
    seen_start: float = 8.0  # process value seen right after the introduction, % of deal value
    seen_pace: float = 0.3  # share of the gap to the style's value closed per week
    seen_spread: float = 0.4  # parties value the same style (1 - spread) to (1 + spread) as much
    momentum_start: float = 0.5  # momentum right after the introduction, 0-1
    momentum_decay: float = 0.15  # share of momentum lost per week
    close_rate: float = 0.7  # closing hazard of a willing deal at full momentum, no fee, per week
    fee_drag: float = 0.08  # relative fall of that hazard per % of fee: fees are haggled over
    bypass_conditional: float = 0.016  # hazard per % of fee above the value seen, per week
    bypass_always: float = 0.03  # hazard per % of fee, per week
    agreement_cut: float = 0.6  # share of the bypass hazard that a written agreement removes
    death_rate: float = 0.01  # hazard of dying at full momentum, per week
    stall_rate: float = 0.06  # further hazard of dying at no momentum, per week
    reply_willing: float = 0.8  # chance that willing parties answer a chase
    reply_unwilling: float = 0.2  # chance that unwilling parties answer a chase
    chase_lift: float = 0.08  # share of missing momentum restored by an answered chase
    bad_cop_factor: float = 1.75  # what a neutral reason multiplies that by
    habits: Mapping[Style, Habits] = field(default_factory=lambda: HABITS)

    def __post_init__(self) -> None:
        """Check every number against its range."""
        if isinstance(self.weeks, bool) or not isinstance(self.weeks, int) or self.weeks < 1:
            raise ValueError(f"weeks: expected a whole number from 1, got {self.weeks!r}; try 26")
        ranges: dict[str, tuple[float, float]] = {
            "deal_value": (0, 1e9),
            "value_spread": (0, 3),
            "setup_hours": (0, 1e3),
            "meeting_hours": (0, 168),
            "seen_start": (0, 100),
            "close_rate": (0, 10),
            "bypass_conditional": (0, 10),
            "bypass_always": (0, 10),
            "death_rate": (0, 10),
            "stall_rate": (0, 10),
            "bad_cop_factor": (0, 10),
        }
        for each in fields(self):
            if each.name not in ("weeks", "habits"):
                _within(self, each.name, *ranges.get(each.name, (0, 1)))
        if self.conditional + self.always > 1:
            raise ValueError(
                "conditional + always: expected at most 1, got "
                f"{self.conditional!r} + {self.always!r}; lower one of the two shares"
            )
        if missing := [style.value for style in Style if style not in self.habits]:
            raise ValueError(
                f"habits: expected one entry per style, missing {missing}; add them to the mapping"
            )


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the broker decides.

    Raises:
        ValueError: the fee is outside 0-100 %, the style is unknown, or ``drop_after`` is not a
            whole number from 1 (or None, for never).
    """

    style: Style = Style.RULE
    fee: float = 10.0  # % of deal value
    agreement: bool = False  # a written fee agreement before the introduction
    drop_after: int | None = None  # chases unanswered in a row; only styles that chase can drop
    bad_cop: bool = False  # chases carry a neutral reason both parties can point to

    def __post_init__(self) -> None:
        """Check the decisions; accept a style by its name."""
        if self.style not in list(Style):
            raise ValueError(
                f"style: expected one of {[s.value for s in Style]}, got {self.style!r}"
            )
        object.__setattr__(self, "style", Style(self.style))
        _within(self, "fee", 0, 100)
        k = self.drop_after
        if k is not None and (isinstance(k, bool) or not isinstance(k, int) or k < 1):
            raise ValueError(
                f"drop_after: expected a whole number from 1, or None for never, got {k!r}"
            )
