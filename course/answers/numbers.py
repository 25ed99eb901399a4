"""Numbers as people write and read them."""

import math
import re
import unicodedata

__all__ = ["read_number", "say_number"]

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{2,3})*,\d{3}(\.\d*)?")  # also 1,00,000


def say_number(value: float) -> str:
    """Return a number with all of its digits, so that reading it back gives the same: 1250000."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def read_number(typed: str, unit: str = "") -> float | None:
    """Read a number as typed, None if it is none.

    Taken are spaces and apostrophes between thousands, a decimal comma, wide digits of an East
    Asian keyboard, and the ``unit``, which people add to be sure. Of a point and a comma the later
    one is decimal. One comma before three digits groups thousands (1,500), except after a zero.
    """
    text = unicodedata.normalize("NFKC", typed).replace("\N{MINUS SIGN}", "-").strip()
    unit = unicodedata.normalize("NFKC", unit).casefold()
    if unit:
        text = text.casefold().removesuffix(unit).removeprefix(unit)
    text = re.sub(r"[\s'’]", "", text)
    if text.rfind(",") > text.rfind(".") > -1 or (text.count(".") > 1 and "," not in text):
        text = text.translate({ord(","): ".", ord("."): ","})  # the continent's way: 1.234,5
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None
