"""Lesson 01: brokered deals, the pipeline around them, one group chat, the first case's fee."""

from course.models.lead.law import (
    HABITS,
    Habits,
    Kind,
    Outcome,
    Params,
    Policy,
    Result,
    Style,
    silence_posterior,
    simulate,
)

__all__ = [
    "HABITS",
    "Habits",
    "Kind",
    "Outcome",
    "Params",
    "Policy",
    "Result",
    "Style",
    "silence_posterior",
    "simulate",
]
