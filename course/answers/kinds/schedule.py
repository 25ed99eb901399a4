"""Schedule: who takes which step by when, on the way to one end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from course.answers.fields import OPTIONS_SCHEMA, Field, Option, Value
from course.answers.kinds.table import Table
from course.answers.outcomes import Outcome, Reason, from_share
from course.text import _, ngettext

if TYPE_CHECKING:
    from course.models.momentum.plan import Fault

__all__ = ["Schedule"]

_PARTS = ("theirs", "money", "end", "order", "doers", "dates")
_DAY = {"type": "string", "format": "date"}
_SPANS = {
    "type": "array",
    "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": _DAY},
}
_NAMES = {"type": "array", "minItems": 1, "items": {"type": "string"}}
_PART = {
    "type": "object",
    "required": ["say"],
    "additionalProperties": False,
    "properties": {
        "say": {"type": "string", "minLength": 1},
        "misconception": {"type": "string"},
        "weight": {"type": "number", "exclusiveMinimum": 0},
    },
}


@dataclass(frozen=True)
class _Line:
    """A line that is filled in: its row, and what it says."""

    row: Option
    step: str
    owner: str
    by: date


@dataclass(frozen=True, kw_only=True)
class Schedule(Table):
    """Dated steps in any order; answer: line → ``step``, ``owner``, ``by``.

    A form names the ``steps`` and ``owners`` to choose from, and how many ``lines`` there are. The
    key is about the plan as a whole, by the rules of :func:`course.models.momentum.plan.faults`:
    which owners are the other side (``theirs``), which steps are the ``ladder`` inside their house,
    who can take a step (``doers``), ``today``, the ``deadline``, days on which nobody works besides
    weekends (``closed``), and when money can be asked for (``windows``). Its ``parts`` are what is
    scored, each wholly or not at all; ``example`` is a plan that has them all.

    Who plans fewer different steps than ``least`` earns only that share of the rest: the same line
    six times is one line.
    """

    kind: ClassVar[str] = "schedule"
    fields_schema: ClassVar[dict[str, Any]] = {
        "lines": {"type": "integer", "minimum": 2},
        "least": {"type": "integer", "minimum": 1},
        "steps": OPTIONS_SCHEMA,
        "owners": OPTIONS_SCHEMA,
    }
    required_fields: ClassVar[tuple[str, ...]] = ("lines", "least", "steps", "owners")
    key_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["theirs", "ladder", "today", "deadline", "windows", "parts", "example"],
        "additionalProperties": False,
        "properties": {
            "theirs": _NAMES,
            "ladder": {**_NAMES, "minItems": 6, "maxItems": 6},
            "doers": {"type": "object", "additionalProperties": _NAMES},
            "today": _DAY,
            "deadline": _DAY,
            "closed": _SPANS,
            "windows": _SPANS,
            "parts": {
                "type": "object",
                "required": list(_PARTS),
                "additionalProperties": False,
                "properties": dict.fromkeys(_PARTS, _PART),
            },
            "example": {"type": "object"},
        },
    }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        steps, owners = (tuple(Option(**item) for item in raw.pop(k)) for k in ("steps", "owners"))
        lines = range(1, raw.pop("lines") + 1)
        rows = tuple(Option(f"l{n}", _("Line {number}").format(number=n)) for n in lines)
        columns = (
            Field("step", _("what happens"), "choice", steps),
            Field("owner", _("whose task it is"), "choice", owners),
            Field("by", _("by"), "date"),
        )
        return cls(**{**raw, "rows": rows, "columns": columns})

    def describe(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a sentence for each line that was begun."""
        said = []
        for row in self.rows:
            cells = [
                (column, (value or {}).get(f"{row.id}.{column.id}")) for column in self.columns
            ]
            if any(filled is not None for _column, filled in cells):
                words = " · ".join(column.describe(filled) for column, filled in cells)
                said.append(f"{row.label}: {words}")
        return said or [_("(empty)")]

    def judge(self, value: dict[str, Value], key: Mapping[str, Any]) -> Outcome:
        """Return the weighted share of the key's parts that the plan has."""
        lines = self._lines(value)
        reasons: list[Reason] = []
        earned = total = 0.0
        for name, broken in self._broken(lines, key).items():
            part = key["parts"][name]
            total += part.get("weight", 1.0)
            if broken is None:
                earned += part.get("weight", 1.0)
                continue
            names = [line.row.label for line in broken]
            reasons.append(Reason(part["say"], ", ".join(names), part.get("misconception", "")))
        different, least = len({line.step for line in lines}), self.least or 1
        if different < least:
            said = ngettext(
                "{count} different step is planned in full, of at least {least}: the points count "
                "in that proportion.",
                "{count} different steps are planned in full, of at least {least}: the points "
                "count in that proportion.",
                different,
            ).format(count=different, least=least)
            reasons.insert(0, Reason(said))
        return from_share(earned / total * min(1.0, different / least), reasons)

    def key_problems(self, key: Mapping[str, Any]) -> Sequence[str]:
        """Return ids that do not exist, and an example that would not earn everything."""
        steps, owners = ({option.id for option in column.options} for column in self.columns[:2])
        doers = key.get("doers", {})
        used = [*((name, owners) for name in key["theirs"])]
        used += [(name, steps) for name in [*key["ladder"], *doers]]
        used += [(name, owners) for names in doers.values() for name in names]
        problems = [
            f"“{name}” is not among the choices" for name, known in used if name not in known
        ]
        if not problems:
            outcome = self.score(key["example"], key)
            problems += [f"example: {reason.text}" for reason in outcome.reasons]
        return problems

    def _lines(self, value: Mapping[str, Value]) -> list[_Line]:
        found = []
        for row in self.rows:
            step, owner, by = self._row(row, value).values()
            if step and owner and by:
                found.append(_Line(row, str(step), str(owner), date.fromisoformat(str(by))))
        return found

    def _broken(
        self, lines: Sequence[_Line], key: Mapping[str, Any]
    ) -> Mapping[str, Sequence[_Line] | None]:
        """Return for each part the lines that break it, none named if all do; None if it holds."""
        # Here, because numpy comes with it, which a page that only shows forms can do without.
        from course.models.momentum.plan import Entry, Fault, Owner, faults
        from course.models.momentum.terms import Step

        ladder = {name: Step(place) for place, name in enumerate(key["ladder"], 1)}
        closed, windows = (_spans(key.get(name, ())) for name in ("closed", "windows"))
        theirs = set(key["theirs"])
        plan = [
            Entry(Owner.CUSTOMER if x.owner in theirs else Owner.SELLER, x.by, ladder.get(x.step))
            for x in lines
        ]
        found = faults(
            plan,
            today=date.fromisoformat(key["today"]),
            deadline=date.fromisoformat(key["deadline"]),
            windows=windows,
            is_workday=lambda day: day.weekday() < 5 and not _inside(day, closed),
        )

        def named(*kinds: "Fault") -> Sequence[_Line] | None:
            if not any(kind in found for kind in kinds):
                return None
            places = sorted({place for kind in kinds for place in found.get(kind, ())})
            return [lines[place] for place in places]

        able = key.get("doers", {})
        unable = [x for x in lines if x.step in able and x.owner not in able[x.step]]
        rungs = {line.step for line in lines} & ladder.keys()
        return {
            "theirs": named(Fault.SELLERS_LIST),
            "money": named(Fault.NO_BUDGET, Fault.WINDOW_CLOSED),
            "end": named(Fault.NO_SIGNATURE, Fault.TOO_LATE),
            "order": named(Fault.OUT_OF_ORDER) if len(rungs) > 2 else [],
            "doers": unable or None,
            "dates": named(Fault.IN_THE_PAST, Fault.REST_DAY),
        }


def _spans(raw: Sequence[Sequence[str]]) -> list[tuple[date, date]]:
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in raw]


def _inside(day: date, spans: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)
