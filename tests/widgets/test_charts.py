"""Labels that would collide are moved apart, in order and within bounds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from course.widgets.charts import spread


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([0.1, 0.5, 0.9], 0.1, 0, 1) == [0.1, 0.5, 0.9]
    assert spread([], 0.1, 0, 1) == []


def test_crowded_labels_move_apart() -> None:
    assert np.allclose(spread([0.98, 0.99, 1.0], 0.1, 0, 1), [0.8, 0.9, 1.0])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.floats(0.01, 0.3))
def test_labels_keep_order_distance_and_bounds(places: list[float], gap: float) -> None:
    placed = spread(sorted(places), gap, 0, 1)
    fits = min(gap, 1 / max(1, len(places) - 1))
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in placed)
    assert (np.diff(placed) >= fits - 1e-9).all()
