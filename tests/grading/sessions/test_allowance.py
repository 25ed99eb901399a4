"""How much a cell may put out."""

import pytest

from course.grading.sessions.allowance import Allowance, cut, size_of


def test_text_and_errors_have_shares_of_their_own() -> None:
    allowance = Allowance(1000)
    assert allowance.take("text", 400) == 400
    assert allowance.take("text", 400) == 100
    assert allowance.take("text", 400) == 0
    assert allowance.take("error", 400) == 250
    assert allowance.error == 250


def test_many_small_outputs_are_too_much_as_well() -> None:
    allowance = Allowance(1_000_000)
    for _ in range(900):
        assert allowance.take("rich", 1)
        allowance.count()
    assert not allowance.take("rich", 1)
    assert not allowance.take("text", 1)
    allowance.renew()
    assert allowance.take("text", 1)


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("v", ["a line"] * 10_000),
        ("v" * 10_000, ["v" * 10_000]),
        ("v", ["first", *["middle" * 20] * 100, "last"]),
        ("v", []),
    ],
)
def test_an_error_is_cut_to_what_is_allowed(value: str, lines: list[str]) -> None:
    error = cut({"ename": "ValueError", "evalue": value, "traceback": lines}, 800)
    assert size_of(error) <= 1000
    assert (error["ename"], error["evalue"][:1]) == ("ValueError", "v")
    if lines:
        assert error["traceback"][0] == lines[0][:100]
        assert error["traceback"][-1] == lines[-1][:100]
