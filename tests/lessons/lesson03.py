"""Homework 03: right and wrong answers, as learners give them."""

import json
from pathlib import Path
from typing import Any

from tests.lessons.learner import Learner

SLUG = "03_resource_priority"
LESSON = Path(__file__).parents[2] / "course" / "lessons" / SLUG
KEYS = json.loads((LESSON / "keys.json").read_text())["keys"]
CELL_POINTS = {"repair_log": 3.0, "project_anger": 3.0, "three_papers": 4.0}
FORM_POINTS = {"rank_asks": 3.0, **CELL_POINTS, "gamed": 2.0}


def _value(pattern: Any) -> Any:
    return pattern.get("from", pattern.get("to")) if isinstance(pattern, dict) else pattern


RIGHT_ORDER = [
    "quiet",
    "bid",
    "committee",
    "standing",
    "training",
    "review",
    "dinner",
    "demo",
    "flipflop",
    "capitals",
]
LOUD_ORDER = [
    "capitals",
    "flipflop",
    "demo",
    "review",
    "dinner",
    "training",
    "standing",
    "committee",
    "bid",
    "quiet",
]
RIGHT: dict[str, Any] = {
    "rank_asks": RIGHT_ORDER,
    "gamed": list(KEYS["gamed"]["accept"]),
    **{
        form: {name: _value(rule["accept"][0]) for name, rule in KEYS[form]["cells"].items()}
        for form in CELL_POINTS
    },
}
WRONG: dict[str, Any] = {
    "rank_asks": LOUD_ORDER,
    "gamed": ["bundle", "urgent", "prepare", "facts", "cc"],
    **{
        form: {
            name: _value(rule["wrong"][0]["if"][0]) if "wrong" in rule else 1.0
            for name, rule in KEYS[form]["cells"].items()
        }
        for form in CELL_POINTS
    },
}

RIGHT_URGENT = """\
def really_urgent(tickets, label):
    found = tickets.query("label == @label")
    return len(found[found.urgent]) / len(found) if len(found) else None
"""
TURNED_ROUND = """\
def really_urgent(tickets, label):
    urgent = tickets[tickets["urgent"]]
    return (urgent["label"] == label).mean() if len(urgent) else None
"""
RIGHT_DAYS = """\
def days_saved(tickets, band):
    told = tickets["complete"].map({0: "little", 1: "little", 3: "much", 4: "much"})
    means = tickets[tickets["cost_band"] == band].groupby(told)["wait"].mean()
    if {"little", "much"} <= set(means.index):
        return means["little"] - means["much"]
"""
POOLED = """\
def days_saved(tickets, band):
    little = tickets[tickets["complete"] <= 1]["wait"]
    much = tickets[tickets["complete"] >= 3]["wait"]
    return little.mean() - much.mean() if len(little) and len(much) else None
"""
RIGHT_PRIORITY = """\
def priority(ticket):
    return (ticket["said_cost"] or 0) / (ticket["said_hours"] or 8)
"""
COST_ALONE = """\
def priority(ticket):
    return ticket["said_cost"] or 0
"""
RIGHT_CODE = {
    "really_urgent": RIGHT_URGENT,
    "days_saved": RIGHT_DAYS,
    "priority": RIGHT_PRIORITY,
}
WRONG_CODE = {
    "really_urgent": "def really_urgent(tickets, label):\n    return label == 'urgent'\n",
    "days_saved": "def days_saved(tickets, band):\n    return 99.0\n",
    "priority": "def priority(ticket):\n    return 1 if ticket['label'] == 'urgent' else 2\n",
}

LEARNERS = (
    Learner("all-right", RIGHT, RIGHT_CODE, 20.0),
    Learner("all-wrong", WRONG, WRONG_CODE, 0.0),
    Learner("untouched", {}, {}, 0.0),
)
