"""Which cell of a submitted notebook is which cell of the assignment.

What a cell says of itself counts first: nbgrader's grade id, then Jupyter's cell id. Where copies
say the same, the one that was changed counts; if several were, the last, as in nbgrader. Cells that
say nothing (tools strip metadata, people paste text) are known by the text they were given with, by
the names that an answer defines, or by standing where an answer is missing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from course.grading.intake.model import listed, shown
from course.grading.intake.parse import FoundCell
from course.grading.spec.model import CellSpec
from course.grading.spec.names import defined
from course.text import _

__all__ = ["Matching", "match", "plain"]

_BLANKS_AT_END = re.compile(r"(?<![ \t])[ \t]++$", re.MULTILINE)
_LOOKED_AT = 10_000  # characters of a text that are compared line by line
_ALIGN_LIMIT = 100_000  # comparisons; more than any course needs, and still a fraction of a second


@dataclass
class Matching:
    """``known`` maps positions of submitted cells to those of the specification, one to one.

    ``texts`` are answers that were found inside another cell; ``dropped`` are copies that add
    nothing.
    """

    known: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Return a text without what saving may change at the ends of its lines."""
    text = text.strip()
    if " \n" in text or "\t\n" in text:  # most have none, and this is asked of every cell
        text = _BLANKS_AT_END.sub("", text)
    return text


def match(spec: Sequence[CellSpec], found: Sequence[FoundCell]) -> Matching:
    """Find out which submitted cell is which cell of the specification."""
    result = Matching()
    copies = _by_claims(spec, found, result)
    if len(result.known) < len(spec):
        _by_text(spec, found, result)
        _by_names(spec, found, result)
        _by_place(spec, found, result, copies)
    return result


def _by_claims(spec: Sequence[CellSpec], found: Sequence[FoundCell], result: Matching) -> set[int]:
    """Match by grade id and cell id; return the copies that stay in the notebook."""
    grade_ids = {cell.grade_id: i for i, cell in enumerate(spec) if cell.grade_id}
    cell_ids = {cell.cell_id: i for i, cell in enumerate(spec)}
    claims: dict[int, list[int]] = {}
    strange = []
    for j, cell in enumerate(found):
        i = grade_ids.get(cell.grade_id)
        if i is None:
            i = cell_ids.get(cell.cell_id)
            if cell.grade_id:
                strange.append(shown(cell.grade_id))
        if i is not None:
            claims.setdefault(i, []).append(j)
    copies: set[int] = set()
    for i, places in claims.items():
        if len(places) == 1:
            result.known[places[0]] = i
        else:
            copies |= _choose(spec[i], i, places, found, result)
    if strange:
        result.notes.append(
            _("These grade ids are not of this assignment, and were ignored: {names}.").format(
                names=listed(strange)
            )
        )
    return copies


def _choose(
    cell: CellSpec, i: int, places: Sequence[int], found: Sequence[FoundCell], result: Matching
) -> set[int]:
    """Decide which of several copies counts; drop those that add nothing, return the others."""
    given = {plain(cell.shown), plain(cell.source), ""}
    texts = {j: plain(found[j].text) for j in places}
    changed = [j for j in places if texts[j] not in given]
    same = [j for j in places if texts[j] in given]
    # The text of a fixed cell is the instructor's anyway: the copy that stayed is where it belongs.
    counts = (same or changed)[-1] if cell.fixed else (changed or same)[-1]
    result.known[counts] = i
    useless = {j for j in places if texts[j] in given or texts[j] == texts[counts]} - {counts}
    result.dropped |= useless
    if cell.grade_id:
        said = _("There were {count} copies of cell {name}.").format(
            count=len(places), name=cell.grade_id
        )
        if cell.answered and len(changed) > 1:
            said += " " + _("The last one that was changed counts as the answer.")
        result.notes.append(said)
    return set(places) - useless - {counts}


def _by_text(spec: Sequence[CellSpec], found: Sequence[FoundCell], result: Matching) -> None:
    """Match cells whose text is what was given: in order first, then wherever they stand."""
    if len(result.known) == len(found):
        return
    taken = set(result.known.values())
    given = [plain(cell.shown) for cell in spec]
    texts = [plain(cell.text) for cell in found]
    if len(spec) * len(found) <= _ALIGN_LIMIT:
        # What is known already stands in both rows as the same thing, and so holds them in place.
        left = [f"\0{i}" if i in taken else given[i] for i in range(len(spec))]
        right = [f"\0{result.known[j]}" if j in result.known else t for j, t in enumerate(texts)]
        for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            for offset in range(block.size):
                i, j = block.a + offset, block.b + offset
                if j not in result.known and j not in result.dropped and texts[j]:
                    result.known[j] = i
                    taken.add(i)
    counted = Counter(given)
    places: dict[str, list[int]] = {}
    for j in _free(found, result):
        places.setdefault(texts[j], []).append(j)
    for i, text in enumerate(given):
        if i not in taken and text and counted[text] == 1 and text in places:
            result.known[places[text][-1]] = i


def _by_names(spec: Sequence[CellSpec], found: Sequence[FoundCell], result: Matching) -> None:
    """Match answers by the functions, classes and variables that they define."""
    wanted = [i for i in _missing(spec, result) if spec[i].answered and spec[i].defines]
    if not wanted:
        return
    counted = Counter(name for cell in spec if cell.answered for name in cell.defines)
    own = {i: {name for name in spec[i].defines if counted[name] == 1} for i in wanted}
    code = [j for j in _free(found, result) if found[j].cell_type == "code"]
    names = {j: set(defined(found[j].text)) for j in code}
    for i in wanted:
        overlap = [(len(own[i] & names[j]), j) for j in names if j not in result.known]
        best = max(overlap, default=(0, 0))
        if best[0]:
            result.known[best[1]] = i
    # Answers that were merged into the test below, or typed there: its own text is restored.
    fixed = {j: cell for j, i in result.known.items() if (cell := spec[i]).fixed}
    names = {
        j: set(defined(found[j].text)) - set(cell.defines)
        for j, cell in fixed.items()
        if cell.cell_type == "code" and plain(found[j].text) != plain(cell.shown)
    }
    for i in own.keys() & set(_missing(spec, result)):
        for j in names:
            if own[i] & names[j]:
                result.texts[i] = found[j].text.replace(fixed[j].shown, "").strip()


def _by_place(
    spec: Sequence[CellSpec], found: Sequence[FoundCell], result: Matching, copies: set[int]
) -> None:
    """Match answers that are missing between two known cells with what stands between these."""
    for i in _missing(spec, result):
        # What was given with a name would have been found by it.
        if not spec[i].answered or defined(spec[i].shown):
            continue
        where = {i: j for j, i in result.known.items()}
        before = max((k for k in where if k < i), default=None)
        after = min((k for k in where if k > i), default=None)
        start = 0 if before is None else where[before] + 1
        end = len(found) if after is None else where[after]
        fits = [
            j
            for j in _free(found[:end], result)
            if j >= start
            and j not in copies
            and found[j].cell_type == spec[i].cell_type
            and found[j].text.strip()
        ]
        if fits:
            given = _lines(spec[i].shown)
            shared = {j: len(given & _lines(found[j].text)) for j in fits}
            result.known[max(fits, key=lambda j: (shared[j], -j))] = i


def _lines(text: str) -> set[str]:
    return set(plain(text[:_LOOKED_AT]).split("\n"))


def _missing(spec: Sequence[CellSpec], result: Matching) -> list[int]:
    taken = {*result.known.values(), *result.texts}
    return [i for i, cell in enumerate(spec) if cell.grade_id and i not in taken]


def _free(found: Sequence[FoundCell], result: Matching) -> list[int]:
    return [j for j in range(len(found)) if j not in result.known and j not in result.dropped]
