"""What a Python needs to see of a machine in order to run, and what it must not see."""

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

import course

__all__ = ["SECRET", "SETTINGS", "closed", "import_folders", "interpreter", "modules", "outermost"]

_PACKAGE = Path(course.__file__).parent

# Of /etc, what programs need: the rest is the machine's own business.
SETTINGS = tuple(
    Path("/etc", name)
    for name in (
        "alternatives",
        "fonts",
        "ld.so.cache",
        "ld.so.conf",
        "ld.so.conf.d",
        "localtime",
        "mime.types",
        "nsswitch.conf",
        "os-release",
        "timezone",
    )
)

# Inside of what is shown: the authors' sources (an editable install has them), where nbgrader's
# exchange is by default, and where Jupyter's and nbgrader's settings may hold passwords.
SECRET = (
    _PACKAGE / "lessons",
    Path("/usr/local/share/nbgrader"),
    Path("/usr/local/etc"),
    Path("/usr/etc"),
    Path(sys.prefix, "etc"),
)


def interpreter() -> list[Path]:
    """Return the files and folders of this Python, its packages and this course."""
    names = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    names |= {sysconfig.get_path(key) for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    link = Path(sys.executable)
    while link.is_symlink():  # a virtual environment's Python is a link to a link to ...
        link = Path(os.path.normpath(link.parent / link.readlink()))
        names.add(str(link))
    return _with_targets([*map(Path, names), _PACKAGE])


def modules(names: Iterable[str]) -> list[Path]:
    """Return where importable modules are; ModuleNotFoundError if there is no such module."""
    found: list[Path] = []
    for name in names:
        spec = importlib.util.find_spec(name.partition(".")[0])
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if spec.submodule_search_locations:
            found += map(Path, spec.submodule_search_locations)
        elif spec.has_location and spec.origin:
            found.append(Path(spec.origin))
    return _with_targets(found)


def closed(shown: Iterable[Path]) -> Path | None:
    """Return a folder on the way to what is shown that only its owner may enter, or None."""
    for path in shown:
        for folder in (path, *path.parents):
            if not folder.stat().st_mode & 0o001 and folder.is_dir():
                return folder
    return None


def import_folders(shown: Iterable[Path]) -> list[Path]:
    """Return the folders that Python must list in order to import what is shown."""
    return [Path(entry) for entry in sys.path if any(p.parent == Path(entry) for p in shown)]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that exist, sorted, without those inside of another one."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if path.exists() and not any(path.is_relative_to(outer) for outer in kept):
            kept.append(path)
    return kept


def _with_targets(paths: Sequence[Path]) -> list[Path]:
    """Return the paths, absolute, and what they are if they lead over symbolic links."""
    absolute = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  # keeps links
    return [*absolute, *(path.resolve() for path in absolute)]
