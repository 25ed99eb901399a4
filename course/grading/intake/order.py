"""Where each cell of a rebuilt notebook stands."""

from collections.abc import Mapping, Sequence

from course.grading.spec.model import CellSpec

__all__ = ["arrange"]

Place = tuple[int | None, int | None]


def arrange(
    spec: Sequence[CellSpec], known: Mapping[int, int], count: int, dropped: set[int]
) -> list[Place]:
    """Return the cells of the rebuilt notebook as (position in ``spec``, position as submitted).

    ``known`` maps submitted positions (there are ``count``) to those in ``spec``. The learner's
    order stays, but nbgrader's cells keep the assignment's among themselves: those that were moved
    or deleted go back to their place; so do all cells, if none was submitted. There a test comes as
    late as it can, so that what the learner wrote before it has run; everything else as early as it
    can.
    """
    steady = _steady(spec, known)
    there = set(known.values())
    back: dict[int, int | None] = {
        i: None for i, cell in enumerate(spec) if i not in there and (cell.grade_id or not count)
    }
    for j, i in known.items():
        if j not in steady and spec[i].grade_id:
            back[i] = j
    waiting = sorted(back)
    order: list[Place] = []

    def put_back(until: int, *, early: bool) -> None:
        while waiting and waiting[0] < until and not (early and spec[waiting[0]].kind == "test"):
            i = waiting.pop(0)
            order.append((i, back[i]))

    anchors = [known[j] for j in sorted(steady)]
    following = iter([*anchors[1:], len(spec)])
    put_back(anchors[0] if anchors else len(spec), early=True)
    for j in range(count):
        if j in steady:
            put_back(known[j], early=False)
            order.append((known[j], j))
            put_back(next(following), early=True)
        elif j not in dropped and known.get(j) not in back:
            order.append((known.get(j), j))
    put_back(len(spec), early=False)
    return order


def _steady(spec: Sequence[CellSpec], known: Mapping[int, int]) -> set[int]:
    """Return the submitted positions of known cells that kept their order among themselves.

    Of all such sets it is the one with the most of nbgrader's cells and then with the most others.
    """
    places = sorted(known)
    cells = [known[j] for j in places]
    if cells == sorted(cells):
        return set(places)
    best: list[tuple[int, int]] = []  # weight of the heaviest run that ends here, and its last step
    for at, cell in enumerate(cells):
        before = max(((best[k][0], k) for k in range(at) if cells[k] < cell), default=(0, -1))
        best.append((before[0] + (len(cells) if spec[cell].grade_id else 1), before[1]))
    steady = set()
    at = max(range(len(best)), key=lambda k: best[k][0])
    while at >= 0:
        steady.add(places[at])
        at = best[at][1]
    return steady
