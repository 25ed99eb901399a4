"""The case of lesson 02: 220 presentations that were liked, and what became of them. Simulated.

``load(seed)`` gives a learner's variant; :mod:`course.cases.momentum.dirt` says what is wrong with
the data and how to put it right. ``early_signals`` and ``standing`` sum up what was known when.
"""

from course.cases.momentum.build import generate, load
from course.cases.momentum.signals import clean, early_signals, standing

__all__ = ["clean", "early_signals", "generate", "load", "standing"]
