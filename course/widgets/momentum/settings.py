"""What a learner sets before many customers, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log, nan

import numpy as np
from numpy.typing import NDArray

from course.models.momentum import Move, Outcome, Params, Policy, Result
from course.text import _
from course.widgets.controls import Control, choice, slider, switch

__all__ = ["DRIVE", "Manner", "Run", "Settings", "make_controls", "manner_name", "read_controls"]

DRIVE = (19, 27)
"""Ends of the slider for the customers' own drive, percent: worlds the findings were tested in."""


class Manner(StrEnum):
    """What the seller does, week after week."""

    WAIT = "wait"
    SHOW = "show"
    DRAFT = "draft"
    EDITS = "edits"
    BIG = "big"


_MOVES: Mapping[Manner, frozenset[Move]] = {
    Manner.WAIT: frozenset(),
    Manner.SHOW: frozenset({Move.SHOW}),
    Manner.DRAFT: frozenset({Move.DRAFT}),
    Manner.EDITS: frozenset({Move.DRAFT, Move.EDITS}),
    Manner.BIG: frozenset({Move.DRAFT, Move.BIG_ASK}),
}
_EXTRAS = frozenset({Move.PAPER, Move.LETTER, Move.PILOT})


def manner_name(manner: Manner) -> str:
    """Return a manner in the learner's words."""
    return {
        Manner.WAIT: _("Celebrate and wait"),
        Manner.SHOW: _("Present again, monthly"),
        Manner.DRAFT: _("Draft each step for them"),
        Manner.EDITS: _("Draft, and ask for their edits"),
        Manner.BIG: _("One big ask, all drafted"),
    }[manner]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the learner can set.

    Attributes:
        manner: what the seller does.
        start: week in which the throttle is opened.
        probe: ask first whether it can land this year.
        extras: add the meeting paper, the letter of intent and the pilot.
        satisfaction: of the average customer after the presentation, points 0-10.
        drive: chance that a customer who feels nothing takes, in a week, a step that costs nothing,
            percent.
    """

    manner: Manner = Manner.WAIT
    start: int = 0
    probe: bool = False
    extras: bool = False
    satisfaction: int = 8
    drive: int = 23

    @property
    def acts(self) -> bool:
        """Does the seller do anything at all?"""
        return self.manner is not Manner.WAIT

    def policy(self) -> Policy:
        """Return the seller's decisions; one who waits makes none."""
        if not self.acts:
            return Policy()
        moves = _MOVES[self.manner] | (_EXTRAS if self.extras else frozenset())
        return Policy(moves=moves | ({Move.PROBE} if self.probe else frozenset()), start=self.start)

    def params(self) -> Params:
        """Return the world."""
        share = self.drive / 100
        return Params(satisfaction=float(self.satisfaction), base=log(share / (1 - share)))


@dataclass(frozen=True, eq=False)
class Run:
    """Settings with what came of them."""

    settings: Settings
    result: Result

    @property
    def customers(self) -> int:
        """Number of customers in the run."""
        return int(self.result.outcome.size)

    @property
    def signed(self) -> NDArray[np.bool_]:
        """[n] who signed?"""
        return np.asarray(self.result.outcome == Outcome.SIGNED)

    @property
    def lost(self) -> NDArray[np.bool_]:
        """[n] whose money went elsewhere?"""
        return np.asarray(self.result.outcome == Outcome.LOST)

    @property
    def stalled(self) -> NDArray[np.bool_]:
        """[n] who is still open at the end, below the stall line?"""
        below = self.result.rpm[-1] < self.settings.params().stall_line
        return np.asarray((self.result.outcome == Outcome.OPEN) & below)

    @property
    def hours_per_customer(self) -> float:
        """The seller's hours after the presentation."""
        return float(self.result.hours.mean())

    @property
    def hours_per_signature(self) -> float:
        """All the seller's hours by signatures; NaN if nobody signed."""
        count = int(self.signed.sum())
        return float(self.result.hours.sum()) / count if count else nan

    @property
    def weeks_to_sign(self) -> float:
        """Median over those who signed; NaN if nobody did."""
        return float(np.median(self.result.week[self.signed])) if self.signed.any() else nan


def make_controls(start: Settings) -> dict[str, Control]:
    """Return the controls by name, set to ``start``, in the order in which they are shown."""
    return {
        "manner": choice(
            _("What you do after “we are satisfied”"),
            {manner_name(manner): manner for manner in Manner},
            value=start.manner,
        ),
        "start": slider(
            _("Throttle opened"),
            value=start.start,
            low=0,
            high=16,
            show=lambda week: _("in week {week}").format(week=int(week)) if week else _("at once"),
            help=_("Weeks after the presentation."),
        ),
        "probe": switch(
            _("Ask first: can it land this year?"),
            value=start.probe,
            help=_("Half an hour. Then your drafts fit what the customer's house needs."),
        ),
        "extras": switch(
            _("Meeting paper, letter of intent, pilot"),
            value=start.extras,
            help=_("Up to 34 hours on top, most of them for the pilot."),
        ),
        "satisfaction": slider(
            _("Satisfaction"),
            value=start.satisfaction,
            low=6,
            high=10,
            show=lambda points: _("{points} of 10").format(points=int(points)),
            help=_("The average customer, right after your presentation."),
        ),
        "drive": slider(
            _("Their own drive"),
            value=start.drive,
            low=DRIVE[0],
            high=DRIVE[1],
            show=lambda percent: _("{percent} % a week").format(percent=int(percent)),
            help=_("How often they take a step that costs them nothing, once delight is gone."),
        ),
    }


def read_controls(
    controls: Mapping[str, Control], otherwise: Mapping[str, float] | None = None
) -> Settings:
    """Return what the controls say, or would say were some sliders moved elsewhere."""
    value = {name: control.value for name, control in controls.items()} | dict(otherwise or {})
    return Settings(
        manner=Manner(value["manner"]),
        start=int(value["start"]),
        probe=bool(value["probe"]),
        extras=bool(value["extras"]),
        satisfaction=int(value["satisfaction"]),
        drive=int(value["drive"]),
    )
