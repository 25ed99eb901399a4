"""``course new``: a lesson folder that builds and passes its tests before a word is changed."""

import re
from pathlib import Path

from course.answers.errors import CourseError
from course.build.lessons import LESSONS, find_lessons

__all__ = ["scaffold"]

_TEMPLATE = Path(__file__).with_name("template")


def scaffold(slug: str, root: Path = LESSONS) -> Path:
    """Make ``root/slug`` from the template; return the folder.

    Raises :class:`CourseError` if the name does not fit or the folder exists.
    """
    match = re.fullmatch(r"(\d{2})_[a-z0-9]+(_[a-z0-9]+)*", slug)
    if match is None:
        raise CourseError(
            f"“{slug}” cannot name a lesson: two digits, then small words, such as 07_renewals."
        )
    folder = root / slug
    if folder.exists():
        raise CourseError(f"{folder} exists already: choose another name, or edit what is there.")
    taken = {lesson.order for lesson in find_lessons(root)}
    order = int(match[1])
    while order in taken:
        order += 1
    title = slug[3:].replace("_", " ").capitalize()
    folder.mkdir(parents=True)
    for source in sorted(_TEMPLATE.iterdir()):
        text = source.read_text(encoding="utf-8")
        for name, value in {"ORDER": str(order), "TITLE": title, "SLUG": slug}.items():
            text = text.replace(f"@{name}@", value)
        (folder / source.name.removesuffix(".tmpl")).write_text(text, encoding="utf-8")
    return folder
