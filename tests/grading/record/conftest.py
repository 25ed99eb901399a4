"""What is recorded is recorded in a course folder."""

from pathlib import Path

import pytest


@pytest.fixture
def course(small: Path) -> Path:
    return small
