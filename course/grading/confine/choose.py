"""The best jail that works on this machine."""

from collections.abc import Sequence
from pathlib import Path

from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.confine.jail import Jail, NoConfinementError, Unconfined
from course.grading.confine.landlocked import Landlocked

__all__ = ["JAILS", "choose"]

JAILS: tuple[type[Jail], ...] = (Bubblewrap, Landlocked)  # best first


def choose(
    *, unconfined: bool = False, read_only: Sequence[Path] = (), hidden: Sequence[Path] = ()
) -> Jail:
    """Return the best jail that works here: it really ran a command.

    ``unconfined`` states that submissions are trusted. ``read_only`` and ``hidden`` are as in
    :class:`Jail`. NoConfinementError if no jail works.
    """
    if unconfined:
        return Unconfined()
    reasons = []
    for kind in JAILS:
        jail = kind(read_only=read_only, hidden=hidden)
        reason = jail.problem()
        if not reason:
            return jail
        reasons.append(f"  {kind.name}: {reason}.")
    raise NoConfinementError(
        "Submissions are programs of strangers, and nothing here can keep them in:\n"
        + "\n".join(reasons)
        + "\nThere are two ways out. Grade on a Linux machine or in a container that allows one of"
        " these (`course doctor` says what to install or to permit); or, if you trust every"
        " submission as you trust yourself, use --unconfined."
    )
