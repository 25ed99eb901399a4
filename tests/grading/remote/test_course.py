"""This course's own way to grade code, unmodified, in a referee."""

from textwrap import dedent

import pytest

from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

GRADED = """
import os; os.environ['NBGRADER_EXECUTION'] = 'autograde'
import pandas as pd
from course.answers import Example, Scorecard

def table(*rows): return pd.DataFrame(rows, columns=['status', 'silence'])

card = Scorecard('share', task=lambda: share)
card.rule('Examples', Example(0.5, (table(('paid', 30), ('dead', 25)), 21), 'One of two.'))
card.rule(
    'Many tables',
    *(
        Example(
            (n % 5) / 5, (table(*[('dead', 30)] * (n % 5) + [('paid', 30)] * (5 - n % 5)), 21),
            f'It should be {(n % 5) / 5}.', ((1.0, 'All of them?', 'all taken for unpaid'),)
        )
        for n in range(200)
    ),
    points=2,
)
card.rule('None', Example(None, (table(('paid', 3)), 21), 'No deal was that silent.'), points=1)
card.total()
"""
RIGHT = """
def share(deals, days):
    deals = deals[deals['silence'] >= days]
    return None if deals.empty else (deals['status'] != 'paid').mean()
"""


@pytest.mark.parametrize(
    ("answer", "points", "said"),
    [
        (RIGHT, "3.0", "3 of 3 points."),
        ("def share(deals, days): raise NotImplementedError", "0.0", "Not attempted"),
        ("def share(deals, days): return 1.0", "0.0", "all taken for unpaid"),
        ("def share(deals, days): return deals['nothing']", "0.0", "stopped with KeyError"),
        ("def share(deals): return 1", "0.0", "TypeError: share() takes 1 positional argument"),
        ("share = 5", "0.0", "should be a function"),
        ("", "0.0", "NameError: name 'share' is not defined"),
        ("import sys\ndef share(deals, days): sys.exit()", "0.0", "SystemExit"),
        ("def share(deals, days): deals.drop(deals.index, inplace=True)", "1.0", "1 of 3 points."),
        (
            "class Yes:\n    def __eq__(s, o): return True\n"
            "    def __repr__(s): return 'yes'\ndef share(deals, days): return Yes()",
            "0.0",
            "your result is yes",
        ),
    ],
)
def test_a_scorecard(pair: Pair, answer: str, points: str, said: str) -> None:
    pair.learner(dedent(answer) or "pass")
    ran = pair.test(GRADED)
    assert (ran.value, ran.error, ran.problem) == (points, "", ""), ran.traceback
    assert said in ran.stdout
    assert ran.stderr == ""
