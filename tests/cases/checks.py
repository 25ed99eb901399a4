"""What the tests of every case compare."""

import hashlib
from collections.abc import Mapping

import pandas as pd

from course.cases.case import Case


def digest(frames: Mapping[str, pd.DataFrame]) -> str:
    """A fingerprint of every type, name and value of the frames."""
    text = "".join(f"{name} {frames[name].dtypes} {frames[name].to_csv()}" for name in frames)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def assert_same(case: Case, other: Case) -> None:
    """Two cases hold the same tables, truth, dictionary and story."""
    assert case.story == other.story
    pd.testing.assert_frame_equal(case.dictionary, other.dictionary)
    for ours, theirs in ((case.tables, other.tables), (case.truth, other.truth)):
        assert list(ours) == list(theirs)
        for name, frame in ours.items():
            pd.testing.assert_frame_equal(frame, theirs[name])
