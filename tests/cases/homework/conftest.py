"""Cases are generated once per seed for all tests of the folder; nobody changes their frames."""

from collections.abc import Callable
from functools import cache

import pytest

from course.cases.case import Case
from course.cases.homework import generate

kept = cache(generate)


@pytest.fixture(scope="session")
def case_of() -> Callable[[int], Case]:
    """The case of a seed."""
    return kept


@pytest.fixture(scope="session")
def case() -> Case:
    """The case of seed 1."""
    return kept(1)
