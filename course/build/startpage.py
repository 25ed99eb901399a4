"""The start page: what there is to learn, with links, made from the lessons themselves."""

from collections.abc import Sequence

from course.build.lessons import Lesson
from course.build.notebooks import HOMEWORK, homework_points

__all__ = ["START", "start_page"]

START = "START.md"

_HEAD = """\
# Lead the Deal

**A coaching course for people who sell.** You predict, you play, you see what happens, and you
take the wording home. Nothing here needs programming: wherever you see code, you may ignore it.

**How to begin:** click a lesson below. It opens in a new tab and is ready in a few seconds. Your
answers are saved as you go, beside each lesson; close the browser whenever you like.
"""

_FOOT = """\
---

**Lost?** This page is `START.md` in the list on the left. **Done with a homework?** Hand in at
its end: it packs one file to send, or, on a JupyterHub, use the *Nbgrader* menu if there is one.
**Working alone?** Nothing needs handing in: the *Check* buttons tell you what they can at once.
"""


def start_page(lessons: Sequence[Lesson]) -> str:
    """Return the start page in Markdown; links fit the working folder of ``course start``."""
    parts = [_HEAD]
    for lesson in lessons:
        name = lesson.slug
        parts.append(f"## {lesson.order} · {lesson.title} · {lesson.term}\n")
        parts.append("You will be able to\n")
        parts.append("\n".join(f"- {objective}" for objective in lesson.objectives) + "\n")
        line = f"**[Open the lesson](lessons/{name}/{name}.ipynb)** · {lesson.minutes} minutes"
        if lesson.homework:
            line += (
                f"  \n**[Open the homework](homework/{name}/{HOMEWORK}.ipynb)** · "
                f"{lesson.homework.minutes} minutes, {homework_points(lesson):g} points"
            )
        parts.append(line + "\n")
    parts.append(_FOOT)
    return "\n".join(parts)
