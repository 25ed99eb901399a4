"""Homework 02: answers of five different learners, and what each must earn."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.lessons.learner import Learner

SLUG = "02_satisfaction_into_action"
LESSON = Path(__file__).parents[2] / "course" / "lessons" / SLUG
KEYS = json.loads((LESSON / "keys.json").read_text())["keys"]
FORM_POINTS = {
    "sort_sentences": 4.0,
    "inside_unknown": 1.0,
    "inside_order": 2.0,
    "action_plan": 3.0,
    "brief123": 3.0,
}


def _first(form: str) -> dict[str, str]:
    return {name: rule["accept"][0] for name, rule in KEYS[form]["cells"].items()}


RIGHT: Mapping[str, Any] = {
    "sort_sentences": _first("sort_sentences"),
    "inside_unknown": KEYS["inside_unknown"]["accept"],
    "inside_order": ["note", "paper", "xia", "meeting", "window", "money", "legal", "sign"],
    "action_plan": KEYS["action_plan"]["example"],
    "brief123": _first("brief123"),
}
"""An answer to each form that earns everything."""


def lines(*rows: tuple[str, str, str]) -> dict[str, dict[str, str]]:
    """A plan of (step, owner, day as ``09-08``)."""
    return {
        f"l{number}": {"step": step, "owner": owner, "by": f"2026-{day}"}
        for number, (step, owner, day) in enumerate(rows, 1)
    }


TO_DO_LIST = lines(
    ("brief", "iris", "09-08"),
    ("paper", "iris", "09-09"),
    ("sheet", "iris", "09-10"),
    ("contract", "chai", "09-11"),
    ("call", "iris", "09-14"),
    ("show", "iris", "09-15"),
    ("brochure", "iris", "09-16"),
)
"""What the seller will do, and nobody else."""
_NEXT = {"advance": "stall", "stall": "continuation", "continuation": "advance"}
WRONG: Mapping[str, Any] = {
    "sort_sentences": {name: _NEXT[value] for name, value in RIGHT["sort_sentences"].items()},
    "inside_unknown": ["liked", "limit", "contract", "reports"],
    "inside_order": RIGHT["inside_order"][::-1],
    "action_plan": lines(("brochure", "house", "10-03")),
    "brief123": {
        name: rule["wrong"][0]["if"][0] for name, rule in KEYS["brief123"]["cells"].items()
    },
}
"""An answer to each form that earns nothing."""

RIGHT_ACTION = """\
def first_action(entries, start, ours):
    found = []
    for row in entries.to_dict("records"):
        if row["owner"] == "customer" and row["assignee"] not in ours and not pd.isna(row["due"]):
            found.append((row["at"].normalize() - start).days)
    return min(found) if found else None
"""
FLATTERED = """\
def first_action(entries, start, ours):
    theirs = entries[(entries["owner"] == "customer") & entries["due"].notna()]
    return None if theirs.empty else (theirs["at"].min() - start).days
"""
RIGHT_GAP = """\
def gap_within(deals, sign):
    table = deals.groupby(["cohort", sign])["signed"].mean().unstack()
    table = table.reindex(columns=[False, True]).dropna()
    if table.empty:
        return None
    sizes = deals["cohort"].value_counts()[table.index]
    return float(((table[True] - table[False]) * sizes).sum() / sizes.sum())
"""
POOLED = """\
def gap_within(deals, sign):
    yes, no = deals[deals[sign]], deals[~deals[sign]]
    return float(yes["signed"].mean() - no["signed"].mean()) if len(yes) and len(no) else None
"""
RIGHT_LIGHT = """\
def red_light(opportunity):
    if opportunity["next_due"] is not None:
        return False
    return opportunity["last_done"] is None or opportunity["last_done"] >= 14
"""
BUSY_IS_GREEN = """\
def red_light(opportunity):
    return opportunity["seller_entries"] + opportunity["customer_entries"] < 10
"""
RIGHT_CODE = {
    "first_action": RIGHT_ACTION,
    "gap_within": RIGHT_GAP,
    "red_light": RIGHT_LIGHT,
}
WRONG_CODE = {
    "first_action": "def first_action(*given):\n    return -1\n",
    "gap_within": "def gap_within(deals, sign):\n    return 2.0\n",
    "red_light": "def red_light(opportunity):\n    return opportunity['satisfaction'] < 8\n",
}

LEARNERS = (
    Learner("all-right", RIGHT, RIGHT_CODE, 20.0),
    Learner("all-wrong", WRONG, WRONG_CODE, 0.0),
    Learner("untouched", {}, {}, 0.0),
)
