import numpy as np

from course.models.closing.pick import pick


def test_it_is_select_for_codes() -> None:
    rng = np.random.default_rng(1)
    for _i in range(20):
        true = rng.random((4, 50)) < 0.3
        codes = rng.integers(0, 9, (4, 50))
        chosen = pick([*zip(true[:3], codes[:3], strict=True), (true[3], 7)], codes[0])
        expected = np.select(list(true), [*codes[:3], np.full(50, 7)], codes[0])
        assert np.array_equal(chosen, expected)
        assert chosen.dtype == np.int64
