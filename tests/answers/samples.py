"""A form of every kind with its key: the smallest that show all they can do."""

from typing import Any

from course.answers.forms import Form, form_from_json


def options(*names: str) -> list[dict[str, str]]:
    return [{"id": name, "label": f"The {name}"} for name in names]


def raw(kind: str, **more: Any) -> dict[str, Any]:
    """The JSON of a sample form; ``more`` replaces or adds, None takes away."""
    full = {"id": "f", "kind": kind, "title": "Title", "prompt": "What?", **FORMS[kind], **more}
    return {name: value for name, value in full.items() if value is not None}


def form(kind: str, **more: Any) -> Form:
    return form_from_json(raw(kind, **more))


def rule(accept: Any, *wrong: Any) -> dict[str, Any]:
    said = {"if": list(wrong), "say": "No.", "misconception": "mistaken"}
    return {"accept": [accept], "right": "Yes.", **({"wrong": [said]} if wrong else {})}


FORMS: dict[str, dict[str, Any]] = {
    "single": {"choices": options("a", "b")},
    "multiple": {"choices": options("a", "b", "c", "d")},
    "classify": {"items": options("x", "y"), "classes": options("a", "b")},
    "order": {"items": options("c", "a", "b")},
    "number": {"unit": "%", "min": 0, "max": 100},
    "text": {"words": 2},
    "table": {
        "rows": options("r", "s"),
        "columns": [
            {"id": "n", "label": "N", "type": "number", "unit": "k€"},
            {"id": "d", "label": "D", "type": "date"},
        ],
    },
    "plan": {
        "fields": [
            {"id": "how", "label": "How", "type": "choice", "options": options("a", "b")},
            {"id": "many", "label": "Many", "type": "number", "min": 1, "max": 9},
            {"id": "start", "label": "Start", "type": "date", "min": "2026-01-01"},
            {"id": "end", "label": "End", "type": "date"},
            {"id": "why", "label": "Why", "type": "text", "words": 2},
            {"id": "sure", "label": "Sure", "type": "yesno", "required": False},
        ],
        "consistent": [{"ascending": ["start", "end"], "say": "End after the start."}],
    },
    "matching": {"left": options("x", "y"), "right": options("a", "b", "c")},
    "schedule": {
        "lines": 4,
        "least": 3,
        "steps": options("draft", "one", "two", "three", "four", "five", "six"),
        "owners": options("us", "them", "law"),
    },
}

KEYS: dict[str, dict[str, Any]] = {
    "single": rule("a", "b"),
    "multiple": {
        "accept": ["a", "b"],
        "notes": {"c": {"say": "No.", "misconception": "mistaken"}},
    },
    "classify": {"cells": {"x": rule("a", "b"), "y": rule("b")}},
    "order": {
        "order": ["a", "b", "c"],
        "wrong": [{"first": "b", "then": "a", "say": "No.", "misconception": "mistaken"}],
    },
    "number": rule({"from": 40, "to": 50}, {"from": 90}),
    "text": rule({"mentions": ["monday", "周一"]}, {"mentions": ["asap"]}),
    "table": {
        "cells": {
            "r.n": rule(5, 6),
            "r.d": rule({"from": "2026-03-01"}),
            "s.n": rule(1),
            "s.d": rule("2026-03-02"),
        }
    },
    "plan": {
        "cells": {
            "how": rule("a", "b"),
            "many": rule({"to": 5}),
            "start": rule({"from": "2026-01-01"}),
            "end": rule({"to": "2026-12-31"}),
            "why": rule({"mentions": ["ill"]}),
        }
    },
    "matching": {"cells": {"x": rule("a", "b"), "y": rule("b")}},
    "schedule": {
        "theirs": ["them", "law"],
        "ladder": ["one", "two", "three", "four", "five", "six"],
        "doers": {"four": ["them"], "five": ["law"]},
        "today": "2026-03-02",
        "deadline": "2026-05-29",
        "closed": [["2026-05-01", "2026-05-05"]],
        "windows": [["2026-03-16", "2026-03-27"]],
        "parts": {
            "theirs": {"say": "Theirs.", "misconception": "mistaken", "weight": 2},
            "money": {"say": "Money."},
            "end": {"say": "End."},
            "order": {"say": "Order."},
            "doers": {"say": "Doers.", "weight": 0.5},
            "dates": {"say": "Dates.", "weight": 0.5},
        },
        "example": {
            "l1": {"step": "one", "owner": "them", "by": "2026-03-03"},
            "l2": {"step": "four", "owner": "them", "by": "2026-03-16"},
            "l3": {"step": "six", "owner": "us", "by": "2026-05-29"},
        },
    },
}

RIGHT: dict[str, Any] = {
    "single": "a",
    "multiple": ["a", "b"],
    "classify": {"x": "a", "y": "b"},
    "order": ["a", "b", "c"],
    "number": 45,
    "text": "On Monday.",
    "table": {"r": {"n": 5, "d": "2026-03-04"}, "s": {"n": 1.0, "d": "2026-03-02"}},
    "plan": {
        "how": "a",
        "many": 3,
        "start": "2026-02-01",
        "end": "2026-03-01",
        "why": "somebody is ill",
    },
    "matching": {"x": "a", "y": "b"},
    "schedule": {
        "l1": {"step": "six", "owner": "us", "by": "2026-04-20"},
        "l2": {"step": "one", "owner": "them", "by": "2026-03-03"},
        "l4": {"step": "four", "owner": "them", "by": "2026-03-27"},
    },
}

MISTAKEN: dict[str, Any] = {
    "single": "b",
    "multiple": ["a", "b", "c"],
    "classify": {"x": "b"},
    "order": ["b", "a", "c"],
    "number": 95,
    "text": "asap, please",
    "table": {"r": {"n": 6}},
    "plan": {"how": "b"},
    "matching": {"x": "b", "y": "c"},
    "schedule": {"l1": {"step": "draft", "owner": "us", "by": "2026-03-03"}},
}

KINDS = sorted(FORMS)
