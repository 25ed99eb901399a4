"""The brokered-deals case of lesson 01: 160 deals, their group chats and how they ended. Simulated.

``load(seed)`` gives a learner's variant; :mod:`course.cases.lead.dirt` says what is wrong with the
data and how to put it right. ``chase_log`` is a small table of its own, about the year before.
"""

from course.cases.lead.build import generate, load
from course.cases.lead.chases import DEALS, chase_log
from course.cases.lead.script import scenes
from course.cases.lead.silence import broker_silence

__all__ = ["DEALS", "broker_silence", "chase_log", "generate", "load", "warm_up"]


def warm_up() -> None:
    """Do now what is done once in a process: read the packaged scenes."""
    scenes()
