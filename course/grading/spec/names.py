"""What a notebook cell defines and imports, read without running or compiling it.

Cells of learners are read this way too. Python's own parser is not made for hostile text (it can be
made to recurse deeply or to take minutes), and knows no ``%magic``; these patterns see what stands
at the start of a line, which is where notebooks define things.
"""

import re

__all__ = ["defined", "imported"]

_DEFINITION = re.compile(
    r"^(?:async[ \t]++)?+(?:def|class)[ \t]++(?P<block>\w++)"
    r"|^(?P<names>\w++(?:[ \t]*+,[ \t]*+\w++)*+)[ \t]*+(?::[^=\n]++)?+=(?!=)",
    re.MULTILINE,
)
_IMPORT = re.compile(
    r"^[ \t]*+(?:from[ \t]++(?P<origin>\w++(?:\.\w++)*+)[ \t]++import\b"
    r"|import[ \t]++(?P<modules>\w[^\n#;]*+))",
    re.MULTILINE,
)


def defined(source: str) -> tuple[str, ...]:
    """Return the functions, classes and variables that a cell defines, in order, once each."""
    found: dict[str, None] = {}
    for match in _DEFINITION.finditer(source):
        for name in (match["block"] or match["names"]).split(","):
            found[name.strip()] = None
    return tuple(found)


def imported(source: str) -> tuple[str, ...]:
    """Return the modules that a cell imports, with dots, in order, once each."""
    found: dict[str, None] = {}
    for match in _IMPORT.finditer(source):
        for name in (match["origin"] or match["modules"]).split(","):
            words = name.split()
            if words and all(part.isidentifier() for part in words[0].split(".")):
                found[words[0]] = None
    return tuple(found)
