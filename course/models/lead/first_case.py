"""The fee on case one against the income of a working life: learning by doing (S0.22-26).

A newcomer meets ``cases`` prospective cases one after the other. A broker who has closed ``s`` of
them closes the next one at the standard fee with probability::

    q(s) = q_skilled - (q_skilled - q_new) * exp(-s / learning)

On case one the broker may ask only a share ``x`` (0-1) of the standard fee; asking less makes
closing likelier: ``p(x) = min(1, q_new * exp(pull * (1 - x)))``. With ``W(s, m)`` the expected
income, in standard fees, of ``m`` further cases after ``s`` closings::

    W(s, m) = q(s) * (1 + W(s + 1, m - 1)) + (1 - q(s)) * W(s, m - 1),    W(s, 0) = 0
    income(x) = p(x) * (x + W(1, m)) + (1 - p(x)) * W(0, m),              m = cases - 1

Where ``p`` is below 1, the derivative gives the best share in closed form,
``x = 1 / pull - (W(1, m) - W(0, m))`` cut to 0-1: working for nothing is right only if the first
closing teaches at least ``1 / pull`` standard fees' worth, and it teaches nothing without future
cases. All numbers are assumed.
"""

from dataclasses import dataclass, fields
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["FirstCase", "best_share", "future_income", "lifetime_income"]


@dataclass(frozen=True, kw_only=True)
class FirstCase:
    """A newcomer's prospects.

    Raises:
        ValueError: a field is outside its range, or ``q_skilled`` is below ``q_new``.
    """

    cases: int = 12  # prospective cases, the first one included
    q_new: float = 0.15  # chance that a newcomer closes a case at the standard fee
    q_skilled: float = 0.5  # the same for somebody with long practice
    learning: float = 2.0  # closed cases it takes to make up 63 % of the difference
    pull: float = 1.0  # how much likelier a free case one closes: exp(pull) times

    def __post_init__(self) -> None:
        """Check every number against its range."""
        if isinstance(self.cases, bool) or not isinstance(self.cases, int) or self.cases < 1:
            raise ValueError(f"cases: expected a whole number from 1, got {self.cases!r}")
        ranges = {"q_new": (0, 1), "q_skilled": (0, 1), "learning": (0.01, 1e3), "pull": (0, 10)}
        for each in fields(self):
            if each.name in ranges:
                low, high = ranges[each.name]
                value = getattr(self, each.name)
                if not (isfinite(value) and low <= value <= high):
                    raise ValueError(f"{each.name}: expected {low} to {high}, got {value!r}")
        if self.q_skilled < self.q_new:
            raise ValueError(
                f"q_skilled: expected at least q_new = {self.q_new!r}, got {self.q_skilled!r}"
            )


def future_income(prospects: FirstCase) -> tuple[float, float]:
    """Return W(0, m) and W(1, m), in standard fees: the future after losing and after closing."""
    m = prospects.cases - 1
    closed = np.arange(m + 2)
    gap = prospects.q_skilled - prospects.q_new
    q = prospects.q_skilled - gap * np.exp(-closed / prospects.learning)
    income = np.zeros(m + 2)  # W(s, 0) for s = 0 .. m + 1
    for left in range(1, m + 1):
        # After this pass entry s is right for s <= m + 1 - left, all that later passes look at.
        income[: m + 2 - left] = (
            q[: m + 2 - left] * (1 + income[1 : m + 3 - left])
            + (1 - q[: m + 2 - left]) * income[: m + 2 - left]
        )
    return float(income[0]), float(income[1])


def lifetime_income(prospects: FirstCase, share: ArrayLike) -> NDArray[np.float64]:
    """Expected income of all cases, in standard fees.

    Args:
        prospects: the newcomer's prospects.
        share: any shape; share of the standard fee asked on case one, 0-1.

    Returns:
        Array of the shape of ``share``.

    Raises:
        ValueError: a share is outside 0-1.
    """
    x = np.asarray(share, dtype=np.float64)
    if not bool(np.all((x >= 0) & (x <= 1))):
        raise ValueError(f"share: expected shares of the fee from 0 to 1, got {share!r}")
    lost, won = future_income(prospects)
    p = np.minimum(1.0, prospects.q_new * np.exp(prospects.pull * (1 - x)))
    return np.asarray(p * (x + won) + (1 - p) * lost, dtype=np.float64)


def best_share(prospects: FirstCase) -> float:
    """Share of the standard fee to ask on case one, 0-1, that maximises lifetime income."""
    if prospects.pull == 0 or prospects.q_new == 0:
        return 1.0  # asking less changes nothing
    lost, won = future_income(prospects)
    # Below this share the case is certain to close, and asking even less only gives money away.
    certain = max(0.0, 1 + float(np.log(prospects.q_new)) / prospects.pull)
    return float(np.clip(1 / prospects.pull - (won - lost), certain, 1.0))
