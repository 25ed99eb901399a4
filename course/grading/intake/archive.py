"""Unpacks a zip that was handed in instead of what is in it. In memory: no name in it is a path."""

import io
import stat
import zipfile

from course.grading.intake.allowance import Allowance
from course.grading.intake.folder import Contents, ignored, odd_name
from course.grading.intake.model import RefusedError
from course.text import _

__all__ = ["unpack"]

_ENTRY = b"PK\x01\x02"  # starts each entry of a zip's table of contents
_CHUNK = 1 << 20
_ENCRYPTED = 1


def unpack(data: bytes, ignore: tuple[str, ...], allowance: Allowance) -> Contents:
    """Return the files in a zip; RefusedError if it is none, or too much is in it.

    Links, odd names and what lies outside are left out; what the zip says of sizes is not believed.
    """
    # Before zipfile reads the table: an entry takes 46 bytes there, and many times that in memory.
    if data.count(_ENTRY) > allowance.files:
        raise _refused(_("it holds more than {count} files").format(count=allowance.files))
    contents = Contents()
    left = allowance.total_mb << 20
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                parts = entry.filename.split("/")
                if entry.is_dir() or any(ignored(part, ignore) for part in parts):
                    continue
                problem = _problem(entry, parts, allowance)
                if problem:
                    contents.problems[entry.filename] = problem
                    continue
                read = _read(archive, entry, left)
                left -= len(read)
                contents.files[entry.filename] = read
    except RefusedError:
        raise
    except Exception as error:  # of many kinds, for there is much that can be wrong in a zip
        raise _refused(_("it is damaged")) from error
    return contents


def _problem(entry: zipfile.ZipInfo, parts: list[str], allowance: Allowance) -> str:
    mode = entry.external_attr >> 16
    if any(odd_name(part) for part in parts):
        return _("its name is no path inside the folder")
    if len(parts) > allowance.depth:
        return _("it lies too deep inside other folders")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return _("it is a link or no ordinary file")
    if entry.flag_bits & _ENCRYPTED:
        return _("it needs a password")
    # The others may make gigabytes of a few bytes at once.
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("it is packed in an unusual way")
    return ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    data = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            data += chunk
            if len(data) > left:
                raise _refused(_("unpacked, it is too large"))
    return bytes(data)


def _refused(problem: str) -> RefusedError:
    return RefusedError(
        _("A zip file was handed in, but {problem}.").format(problem=problem),
        _("Hand in the notebook itself."),
    )
