"""Forms made of typed cells: all kinds but *multiple choice* and *order*.

Such a form shows one or more cells; each holds one value of one type, and a key has one rule per
cell. The share earned is the weighted share of accepted cells.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from course.answers.errors import WrongAnswer
from course.answers.fields import Field, Value
from course.answers.forms import Form
from course.answers.outcomes import Outcome, Reason, from_share, labelled
from course.answers.rules import RULE_SCHEMA, judge, rule_problems
from course.text import _

__all__ = ["CellForm", "SingleCellForm"]


@dataclass(frozen=True, kw_only=True)
class CellForm(Form):
    """A form whose answer is an object: cell id → value."""

    key_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["cells"],
        "additionalProperties": False,
        "properties": {
            "cells": {"type": "object", "minProperties": 1, "additionalProperties": RULE_SCHEMA}
        },
    }

    @property
    @abstractmethod
    def cells(self) -> tuple[Field, ...]:
        """The cells in the order shown; their ids are the keys of an answer."""

    def read(self, raw: object) -> dict[str, Value] | None:
        """Return cell id → value for every cell, or None if all are empty.

        A cell that cannot be read counts as empty (:meth:`unreadable` names it), so that one stale
        value does not cost the others; if nothing can be read, :class:`WrongAnswer` is raised.
        """
        if raw is None:
            return None
        # Ids that the form does not have (any more) are left where they are, in the file.
        value, troubles = self._read_cells(self.by_cell(raw))
        if all(v is None for v in value.values()):
            if troubles:
                raise WrongAnswer(troubles[0])
            return None
        return value

    def unreadable(self, raw: object) -> Sequence[str]:
        """Return a sentence for each cell whose stored value cannot be read."""
        return self._read_cells(self.by_cell(raw))[1] if raw is not None else []

    def by_cell(self, raw: object) -> Mapping[str, Any]:
        """Return a stored answer as cell id → stored value; raises :class:`WrongAnswer`."""
        if not isinstance(raw, Mapping):
            raise WrongAnswer(
                _("The stored answer to “{title}” is not a set of named values.").format(
                    title=self.title
                )
            )
        return raw

    def _read_cells(self, raw: Mapping[str, Any]) -> tuple[dict[str, Value], list[str]]:
        value: dict[str, Value] = {}
        troubles = []
        for cell in self.cells:
            try:
                value[cell.id] = cell.read(raw.get(cell.id))
            except WrongAnswer as error:
                value[cell.id] = None
                troubles.append(str(error))
        return value, troubles

    def open_items(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each cell that is missing or not feasible."""
        value = value or {}
        problems = ((cell, cell.problem(value.get(cell.id))) for cell in self.cells)
        return [labelled(cell.label, problem) for cell, problem in problems if problem]

    def describe(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each cell: its label and what was entered."""
        value = value or {}
        return [labelled(cell.label, cell.describe(value.get(cell.id))) for cell in self.cells]

    def contradictions(self, value: dict[str, Value]) -> Mapping[str, str]:
        """Return cells that contradict others, with what to say: they earn nothing."""
        return {}

    def judge(self, value: dict[str, Value], key: Mapping[str, Any]) -> Outcome:
        """Return the weighted share of accepted cells, with a reason for every cell."""
        rules, contradictions = key["cells"], self.contradictions(value)
        earned = total = 0.0
        reasons: list[Reason] = []
        for cell in self.cells:
            rule = rules.get(cell.id)
            if rule is None:  # an optional cell: shown, not scored
                continue
            right, reason = judge(cell, value.get(cell.id), rule)
            if right and cell.id in contradictions:
                right, reason = False, Reason(contradictions[cell.id], cell.label)
            weight = rule.get("weight", 1.0)
            total += weight
            earned += weight * right
            if reason.text:
                reasons.append(reason)
        return from_share(earned / total if total else 1.0, reasons)

    def key_problems(self, key: Mapping[str, Any]) -> Sequence[str]:
        """Return rules for cells that do not exist, required cells without one, bad values."""
        by_id = {cell.id: cell for cell in self.cells}
        problems = [f"“{name}” is not a part of this form" for name in key["cells"].keys() - by_id]
        problems += [
            f"“{cell.id}” has no rule"
            for cell in self.cells
            if cell.required and cell.id not in key["cells"]
        ]
        for name, rule in key["cells"].items():
            if name in by_id:
                problems += [f"“{name}”: {p}" for p in rule_problems(by_id[name], rule)]
        return problems


@dataclass(frozen=True, kw_only=True)
class SingleCellForm(Form):
    """A form with one cell; the answer is its bare value and the key its one rule."""

    key_schema: ClassVar[dict[str, Any]] = RULE_SCHEMA

    @property
    @abstractmethod
    def cell(self) -> Field:
        """The one cell."""

    def read(self, raw: object) -> Value:
        """Return the value, or None if nothing was entered."""
        return self.cell.read(raw)

    def open_items(self, value: Value) -> Sequence[str]:
        """Return at most one line."""
        problem = self.cell.problem(value)
        return [labelled(self.title, problem)] if problem else []

    def describe(self, value: Value) -> Sequence[str]:
        """Return the value in words, one line."""
        return [self.cell.describe(value)]

    def judge(self, value: Value, key: Mapping[str, Any]) -> Outcome:
        """Return right or wrong, with the reason for it."""
        right, reason = judge(self.cell, value, key)
        reasons = [Reason(reason.text, "", reason.misconception)] if reason.text else []
        return from_share(float(right), reasons)

    def key_problems(self, key: Mapping[str, Any]) -> Sequence[str]:
        """Return values in the key that can never be entered."""
        return rule_problems(self.cell, key)
