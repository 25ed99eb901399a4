"""Who the learner is, and which variant of a case is theirs.

The id names folders and files of a submission, so it is kept to what every file system, nbgrader's
folder patterns and its exchange can carry; what was typed or configured is kept beside it.
"""

import contextlib
import getpass
import hashlib
import json
import os
import re
import unicodedata
from pathlib import Path

from course.answers.errors import CourseError
from course.answers.files import write_atomically
from course.answers.mode import grading
from course.text import _

__all__ = ["PROFILE_FILE", "clean_id", "known_id", "remember", "suggest_id", "variant_seed"]

PROFILE_FILE = ".learner.json"
"""Kept in the working folder by ``course start``: the id is asked once for all lessons."""

WORKSPACE_MARK = ".course.json"
"""What makes a folder a working folder; written by ``course start``."""

_MAX_LENGTH = 64
_MAX_BYTES = 120  # a file name holds 255, and that of a zip names lesson and time as well
# \w takes letters and digits of every script; the exchange separates with "+", globs use *?[].
_ALLOWED = re.compile(r"[\w](?:[\w.@-]*[\w])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_id(typed: str) -> str:
    """Return a learner id in canonical form: small letters, for some file systems know no other.

    Raises :class:`CourseError` saying what is in the way and proposing an id that works.
    """
    text = unicodedata.normalize("NFC", typed.lower()).strip()
    if not text:
        raise CourseError(_("Please enter a learner id: your e-mail address or your name."))
    long = text != _cut(text)
    fine = _ALLOWED.fullmatch(text) and not long and not _RESERVED.fullmatch(text)
    if fine and ".." not in text:
        return text
    odd = sorted({char for char in text if not re.fullmatch(r"[\w.@-]", char)})
    shown = ", ".join(_("a space") if char == " " else repr(char) for char in odd)
    if odd:
        said = _("A learner id becomes a folder name, which cannot hold {odd}.").format(odd=shown)
    elif long:
        said = _("A learner id becomes a folder name; this one is too long.")
    else:
        said = _("A learner id becomes a folder name; “{typed}” cannot be one.").format(typed=text)
    proposal = suggest_id(text)
    cure = _("Try “{proposal}”.").format(proposal=proposal) if proposal else ""
    raise CourseError(f"{said} {cure}".strip())


def suggest_id(typed: str) -> str:
    """Return the nearest id that works, or an empty string if nothing is left of the text."""
    text = unicodedata.normalize("NFC", typed.lower()).strip()
    text = re.sub(r"\s+", ".", text)
    text = re.sub(r"[^\w.@-]", "-", text)
    text = re.sub(r"([.-])[.-]+", r"\1", text).strip(".-@")
    text = f"id-{text}" if _RESERVED.fullmatch(text) else text
    return _cut(text).strip(".-@")


def _cut(text: str) -> str:
    return text[:_MAX_LENGTH].encode(errors="ignore")[:_MAX_BYTES].decode(errors="ignore")


def known_id(folder: Path) -> tuple[str, str]:
    """Return the learner's id and where it is known from, or two empty strings.

    A JupyterHub knows its users; a managed set-up may set ``COURSE_LEARNER``; else the working
    folder's profile, found in ``folder`` or above it. The sidecar's own id is the caller's: it
    comes first, because grading must see the variant that the learner saw. While grading nothing is
    known here: all of this would tell who the instructor is.
    """
    if grading() == "autograde":
        return "", ""
    for name in ("JUPYTERHUB_USER", "COURSE_LEARNER"):
        configured = os.environ.get(name, "")
        if configured and suggest_id(configured):
            return _clean_or_suggest(configured), name
    for place in (folder, *folder.resolve().parents):
        profile = place / PROFILE_FILE
        if profile.is_file():
            try:
                found = json.loads(profile.read_text(encoding="utf-8"))["id"]
                return clean_id(found), PROFILE_FILE
            except (OSError, ValueError, KeyError, TypeError, AttributeError, CourseError):
                return "", ""  # asked again; the file is written anew then
    return "", ""


def remember(folder: Path, learner_id: str) -> None:
    """Keep the id for the other lessons of the same working folder, if there is one above."""
    for place in folder.resolve().parents:
        if (place / WORKSPACE_MARK).is_file():
            # A convenience: where it cannot be written, the next lesson asks again.
            with contextlib.suppress(OSError):
                data = json.dumps({"id": learner_id}, ensure_ascii=False) + "\n"
                write_atomically(place / PROFILE_FILE, data.encode())
            return


def _clean_or_suggest(configured: str) -> str:
    try:
        return clean_id(configured)
    except CourseError:
        # Nobody typed this, so nobody can be asked to type it differently.
        return suggest_id(configured)


def system_name() -> str:
    """Return a name to offer when asking: the operating system's user, if that names a person."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    return "" if name in ("root", "jovyan", "user", "admin") else suggest_id(name)


def variant_seed(course: str, learner_id: str) -> int:
    """Return the seed of a learner's variant: the same everywhere, different between learners."""
    digest = hashlib.sha256(f"{course}\n{learner_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big")
