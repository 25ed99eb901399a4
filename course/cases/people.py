"""People who are made up: their names, in Latin letters and in Chinese."""

from dataclasses import dataclass

__all__ = ["Person", "read_names"]


@dataclass(frozen=True)
class Person:
    """A person: surname and given name in Latin letters, both in Chinese, title and job."""

    surname: str
    given: str
    zh: str
    title: str  # "Mr" or "Ms"
    job: str = ""

    @property
    def name(self) -> str:
        """The name as the tables have it, such as ``Chen Guodong 陈国栋``."""
        return f"{self.surname} {self.given} {self.zh}"


def read_names(text: str) -> tuple[tuple[str, str], ...]:
    """Read ``Latin Chinese,Latin Chinese``."""
    found = []
    for pair in text.split(","):
        latin, chinese = pair.split()
        found.append((latin, chinese))
    return tuple(found)
