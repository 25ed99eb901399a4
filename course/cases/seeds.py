"""From a learner's seed to streams of random numbers."""

import numpy as np

__all__ = ["checked", "stream"]


def checked(seed: int) -> int:
    """Return the seed if it is one.

    Raises:
        ValueError: it is not a whole number from 0.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"seed: expected a whole number from 0, got {seed!r}; try 1")
    return seed


def stream(seed: int, *purpose: int) -> np.random.Generator:
    """A stream of its own for every purpose, so that a change in one leaves the others alone."""
    return np.random.default_rng([seed, *purpose])
