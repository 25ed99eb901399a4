"""Translation of what learners read.

Every sentence the package says to a learner goes through :func:`_`, so that another edition is a
translation and not a fork. The language is taken from ``COURSE_LANGUAGE``, else from the usual
``LANGUAGE``/``LANG`` variables; without a catalogue for it the English text is shown.
"""

import gettext
import os
from functools import cache
from pathlib import Path

__all__ = ["_", "ngettext"]

DOMAIN = "course"
LOCALE_FOLDER = Path(__file__).with_name("locale")


@cache
def _catalogue(wanted: str, folder: str) -> gettext.NullTranslations:
    # With no explicit wish, gettext itself reads LANGUAGE, LC_ALL, LC_MESSAGES and LANG.
    languages = wanted.split(":") if wanted else None
    return gettext.translation(DOMAIN, folder, languages=languages, fallback=True)


def _current() -> gettext.NullTranslations:
    return _catalogue(os.environ.get("COURSE_LANGUAGE", ""), str(LOCALE_FOLDER))


def _(message: str) -> str:
    """Return ``message`` in the learner's language."""
    return _current().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the singular or plural sentence for ``count``, in the learner's language."""
    return _current().ngettext(singular, plural, count)
