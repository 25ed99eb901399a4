"""What can go wrong between a test and the learner's work, each with a sentence for the report."""

__all__ = [
    "LearnerGoneError",
    "MalformedError",
    "NotSendableError",
    "RemoteError",
    "Unsupported",
    "findings",
]

findings: list[str] = []  # reasons of all that was found unsupported in this cell


class RemoteError(Exception):
    """Base of what the referee itself raises in a graded cell."""


class MalformedError(RemoteError):
    """What came from the learner's side is no value that the referee knows how to read."""


class NotSendableError(RemoteError):
    """A value is too large, or nested too deep, to cross."""


class LearnerGoneError(RemoteError):
    """The learner's interpreter has ended, or does not answer any more."""


class Unsupported(RemoteError):  # noqa: N818  # names a finding, not a fault
    """The test does what cannot be done from the referee; a person has to grade this cell.

    Noted in :data:`findings` as well, since a test may catch any exception.
    """

    def __init__(self, reason: str) -> None:
        """Note the reason, a sentence or two."""
        super().__init__(reason)
        findings.append(reason)
