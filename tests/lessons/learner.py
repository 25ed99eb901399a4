"""Somebody who does a homework, in its files, as the widgets and an editor would leave them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import drive

__all__ = ["Learner"]


@dataclass(frozen=True)
class Learner:
    """What one learner enters, by task; ``points`` is what it must earn."""

    name: str
    forms: Mapping[str, Any]
    code: Mapping[str, str]
    points: float

    def work(self, folder: Path) -> None:
        """Do the homework in ``folder``."""
        for form, answer in self.forms.items():
            drive.fill(folder, form, answer)
        for task, code in self.code.items():
            drive.paste(folder, task, code)
