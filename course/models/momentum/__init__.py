"""Lesson 02: from satisfaction to a signature, step by step inside the customer's house."""

from course.models.momentum.law import (
    EDITED,
    FULL_RPM,
    LATE,
    MATERIALS,
    WAITING,
    Move,
    Outcome,
    Params,
    Policy,
    Result,
    Step,
    simulate,
    simulate_each,
    stall_week,
)

__all__ = [
    "EDITED",
    "FULL_RPM",
    "LATE",
    "MATERIALS",
    "WAITING",
    "Move",
    "Outcome",
    "Params",
    "Policy",
    "Result",
    "Step",
    "simulate",
    "simulate_each",
    "stall_week",
]
