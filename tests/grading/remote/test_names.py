"""Names that tests use, set, delete and patch; and modules."""

from collections.abc import Callable

import pytest

from tests.grading.remote.cases import Case, check, params
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

CASES = (
    Case(
        "missing",
        "def f(): return 1\ny = 5\ndel y",
        """
        try: nothing_there
        except NameError as e: assert str(e) == "name 'nothing_there' is not defined"
        else: raise AssertionError
        try: y
        except NameError as e: assert e.name == 'y'
        else: raise AssertionError
        assert 'y' not in globals() and f() == 1
        """,
        "def f(): return 1\ny = 5",
    ),
    Case(
        "globals",
        "x = 5\ndef f(): return x",
        """
        assert 'x' in globals() and globals()['x'] == 5 and globals().get('x') == 5
        assert globals().get('nothing') is None and 'f' in dir() and 'x' in locals()
        assert callable(globals()['f']) and [n for n in globals() if n == 'x'] == ['x']
        assert {k for k, v in globals().items() if k in ('x', 'f')} == {'x', 'f'}
        import __main__
        from __main__ import f as g
        assert __main__.x == 5 and g() == 5 and hasattr(__main__, 'f') and not hasattr(__main__, 'zz')
        name = 'x'
        assert eval('f() + x') == 10
        """,
        "y = 5",
    ),
    Case(
        "set-by-the-test",
        "rate = 1\ntable = {'a': 1}\nlog = []\ndef price(n): return n * (1 + rate) + table['a'] + len(log)",
        """
        assert price(100) == 201 and rate == 1
        rate = 2
        assert price(100) == 301
        table['a'] = 2
        log.append('x')
        assert price(100) == 303
        def inner():
            global rate
            rate = 0
        inner()
        assert price(100) == 103
        del rate
        try: price(1)
        except NameError as e: assert e.name == 'rate'
        else: raise AssertionError
        """,
        "rate = 1\ntable = {'a': 1}\nlog = []\ndef price(n): return n * 2 + 1",
    ),
    Case(
        "set-by-the-learner",
        """
        count, seen = 0, []
        def step():
            global count, fresh
            count += 1
            seen.append(count)
            fresh = count * 10
        """,
        """
        same = seen
        assert count == 0
        step(); step()
        assert count == 2 and seen == [1, 2] and same is seen and same == [1, 2] and fresh == 20
        """,
        "count, seen = 0, []\ndef step(): pass",
    ),
    Case(
        "patched",
        """
        import time, random, os
        rate = 2
        def helper(): return 'real'
        def f(): return rate, helper()
        class Dog:
            def bark(self): return 'woof'
        def roll(): return random.randint(1, 6)
        def wait(): time.sleep(3600); return 'done'
        def shout(x): print('result', x)
        def load(): return open('config.txt').read()
        def home(): return os.environ.get('APP_HOME')
        def now():
            import datetime
            return datetime.date.today()
        """,
        """
        from unittest.mock import patch, MagicMock, call, mock_open
        with patch('__main__.rate', 7): assert f() == (7, 'real')
        assert f() == (2, 'real')
        with patch('__main__.helper', return_value='fake') as fake:
            assert f() == (2, 'fake')
        fake.assert_called_once_with()
        assert f() == (2, 'real')
        with patch.dict(globals(), {'rate': 9}): assert f()[0] == 9
        assert f()[0] == 2 and rate == 2
        with patch.object(Dog, 'bark', return_value='meow'): assert Dog().bark() == 'meow'
        assert Dog().bark() == 'woof'
        with patch('random.randint', return_value=4) as rolled: assert roll() == 4
        rolled.assert_called_with(1, 6)
        with patch('time.sleep') as slept: assert wait() == 'done'
        slept.assert_called_once_with(3600)
        with patch('builtins.print') as printed: shout(5)
        assert printed.call_args == call('result', 5)
        with patch('__main__.open', mock_open(read_data='a=1')) as opened: assert load() == 'a=1'
        opened.assert_called_with('config.txt')
        with patch.dict('os.environ', {'APP_HOME': '/app'}): assert home() == '/app'
        assert home() is None
        import datetime
        with patch('datetime.date') as date:
            date.today.return_value = 'today'
            assert now() == 'today'
        assert now() == datetime.date.today()
        """,
        "rate = 2\ndef f(): return 2, 'real'",
    ),
    Case(
        "modules",
        "import numpy as np, pandas as pd\nimport math, json\nfrom math import sqrt\n"
        "from numpy.testing import assert_allclose\nx = np.array([1.0])",
        """
        assert np.allclose(x, [1]) and isinstance(x, np.ndarray) and pd.Series(x).sum() == 1
        assert math.pi > 3 and json.dumps({'a': 1}) == '{"a": 1}' and sqrt(4) == 2
        assert_allclose(x, [1.0])
        """,
        "import numpy as np, pandas as pd\nimport math, json\nfrom math import sqrt\n"
        "from numpy.testing import assert_allclose\nx = np.array([2.0])",
    ),
    Case(
        "hides-a-built-in",
        "def sum(items): return 'mine'\nlen = 3",
        "assert sum([1]) == 'mine' and len('ab') == 2",
        "def sum(items): return 0",
        answers=("sum",),
    ),
    Case(
        "locked-helpers",
        "def square(x): return x * x\ndef close(a, b): return True\nlimit = 1e-9",
        """
        assert close(square(3), 9) and not close(1, 2) and TestBase().name == 'base'
        assert math.pi > 3 and P(1, 2).x == 1
        """,
        "def square(x): return x + 1\ndef close(a, b): return True\nlimit = 1e-9",
        setup="""
        import math
        from collections import namedtuple
        def close(a, b): return abs(a - b) <= limit
        class TestBase:
            name = 'base'
        P = namedtuple('P', 'x y')
        """,
    ),
    Case(
        "submitted-modules",
        "import shapes\ndef f(): return shapes.area(2)",
        """
        import shapes, shapes as s
        from shapes import area, Square
        from helpers import twice
        assert area(3) == 9 and s.area is shapes.area or s.area(1) == 1
        assert Square(2).side == 2 and isinstance(Square(1), shapes.Square) and shapes.UNIT == 'm'
        assert twice(area(2)) == 8 and shapes.__doc__ == 'Shapes.' and f() == 4
        shapes.UNIT = 'cm'; assert shapes.unit() == 'cm'
        try: import not_there
        except ModuleNotFoundError: pass
        else: raise AssertionError
        try: from shapes import circle
        except ImportError: pass
        else: raise AssertionError
        """,
        "import shapes\nshapes.area = lambda x: 0\ndef f(): return 4",
        files={
            "shapes.py": b"'Shapes.'\nUNIT = 'm'\ndef area(x): return x * x\n"
            b"def unit(): return UNIT\nclass Square:\n    def __init__(self, side): self.side = side\n"
        },
        given={"helpers.py": b"def twice(x): return 2 * x\n"},
    ),
    Case(
        "seeds",
        """
        import random, numpy as np
        def roll(): return random.randint(1, 1000)
        def draw(n): return np.random.rand(n)
        def sample(rng): return rng.integers(1000), rng.normal()
        def shuffle(r, items): r.shuffle(items); return items
        """,
        """
        import random, numpy as np
        random.seed(5); a = [roll() for _ in range(3)]
        random.seed(5); assert a == [random.randint(1, 1000) for _ in range(3)]
        np.random.seed(1); x = draw(3)
        np.random.seed(1); np.testing.assert_array_equal(x, np.random.rand(3))
        rng = np.random.default_rng(7); first = sample(rng); second = sample(rng)
        again = np.random.default_rng(7)
        assert first == (again.integers(1000), again.normal())
        assert second == (again.integers(1000), again.normal()) and rng.random() == again.random()
        items = shuffle(random.Random(3), [1, 2, 3, 4]); expected = [1, 2, 3, 4]
        random.Random(3).shuffle(expected); assert items == expected
        """,
        "import random, numpy as np\ndef roll(): return 5\ndef draw(n): return np.zeros(n)",
    ),
    Case(
        "files",
        """
        import pathlib, csv, json
        pathlib.Path('result.txt').write_text('done')
        def save(rows, path):
            with open(path, 'w', newline='') as f: csv.writer(f).writerows(rows)
        def load(path): return json.loads(pathlib.Path(path).read_text())
        def count(f): return sum(1 for line in f)
        """,
        """
        import json, os, pathlib, tempfile
        assert open('result.txt').read() == 'done' and open('data.csv').read() == 'a,b'
        save([[1, 2]], 'out.csv')
        assert open('out.csv').read() == '1,2\\n' and os.path.exists('out.csv')
        pathlib.Path('in.json').write_text('{"a": 1}')
        assert load('in.json') == {'a': 1}
        os.remove('in.json')
        try: load('in.json')
        except FileNotFoundError: pass
        else: raise AssertionError
        with tempfile.TemporaryDirectory(dir='.') as folder:
            path = os.path.join(folder, 'x.csv')
            save([['a'], ['b']], path)
            assert pathlib.Path(path).read_text().split() == ['a', 'b']
        with open('data.csv') as f: assert count(f) == 1
        """,
        "def save(rows, path): pass",
        given={"data.csv": b"a,b"},
    ),
    Case(
        "figures",
        """
        import matplotlib.pyplot as plt
        def draw(ax): ax.plot([1, 2], [3, 4], label='l', color='red'); ax.set_title('T')
        def show():
            plt.plot([1, 2, 3])
            plt.title('Now')
        fig, ax = plt.subplots()
        draw(ax)
        ax.legend()
        """,
        """
        import matplotlib, matplotlib.pyplot as plt
        import numpy as np
        assert ax.get_title() == 'T' and len(ax.lines) == 1
        np.testing.assert_array_equal(ax.lines[0].get_xdata(), [1, 2])
        assert ax.lines[0].get_color() == 'red' and ax.get_legend() is not None
        assert isinstance(ax, plt.Axes) and isinstance(fig, matplotlib.figure.Figure)
        assert [t.get_text() for t in ax.get_legend().get_texts()] == ['l']
        plt.close('all')
        show()
        assert plt.gca().get_title() == 'Now' and len(plt.gcf().axes) == 1
        plt.close('all')
        mine, axes = plt.subplots(1, 2)
        draw(axes[1]); assert axes[1].get_title() == 'T' and axes[0].get_title() == ''
        """,
        """
        import matplotlib.pyplot as plt
        fig, ax = plt.subplots()
        def draw(ax): pass
        """,
    ),
    Case(
        "magics",
        "def f(n): return list(range(n))",
        "%time x = f(3)\nassert x == [0, 1, 2]\nt = %timeit -o -n1 -r1 -q f(10)\nassert t.best > 0",
        "def f(n): return []",
    ),
    Case(
        "unittest",
        "def add(a, b): return a + b",
        """
        import unittest
        class TestAdd(unittest.TestCase):
            def setUp(self): self.one = 1
            def test_add(self): self.assertEqual(add(self.one, 2), 3)
            def test_close(self): self.assertAlmostEqual(add(0.1, 0.2), 0.3)
        result = unittest.main(argv=[''], exit=False, verbosity=0).result
        assert result.wasSuccessful() and result.testsRun == 2
        """,
        "def add(a, b): return a - b",
    ),
    Case(
        "time-limit",
        "def slow(n):\n    while n: pass\n    return 'ok'",
        """
        import signal
        def ring(*_): raise TimeoutError('too slow')
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        try: slow(1)
        except TimeoutError as e: assert str(e) == 'too slow'
        else: raise AssertionError
        finally: signal.setitimer(signal.ITIMER_REAL, 0)
        assert slow(0) == 'ok' and [slow(0) for _ in range(3)] == ['ok'] * 3
        """,
        "def slow(n): return 'ok'",
    ),
    Case(
        "threads",
        "def f(x): return x * 2",
        """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(3) as pool: assert list(pool.map(f, range(20))) == list(range(0, 40, 2))
        assert pool.submit is not None
        """,
        "def f(x): return x",
    ),
)


@params(*CASES)
def test_names(case: Case, answer: str, new_pair: Callable[[], Pair]) -> None:
    check(case, answer, new_pair)


def test_a_name_rebound_by_a_learner_is_the_learners_again(pair: Pair) -> None:
    pair.learner("result = 1\ndef f(): return 1")
    assert pair.test("assert result == 1\nresult = 5\nassert f() == 1").passed
    pair.learner("result = 2")
    assert pair.test("assert result == 2").passed


def test_helpers_of_an_earlier_test_stay(pair: Pair) -> None:
    assert pair.test("def check(x): return x == 42\ncases = [42]").passed
    pair.learner("def check(x): return True\ncases = []\nx = 1")
    ran = pair.test("assert len(cases) == 1 and all(map(check, cases)) and not check(x)")
    assert ran.passed, ran.traceback


def test_what_a_test_assigns_stays_with_it(pair: Pair) -> None:
    pair.learner("expected = 0\ndef f(): return globals()['expected']")
    assert pair.test("expected = 42\nassert f() == expected").error == "AssertionError"


def test_a_later_cell_of_the_learners_sees_what_a_test_set(pair: Pair) -> None:
    pair.learner("rate = 1")
    assert pair.test("assert rate == 1\nrate = 2").passed
    assert pair.learner("rate").value == "2"


def test_partial_credit_is_the_last_value(pair: Pair) -> None:
    pair.learner("def f(x): return x if x < 2 else 0")
    ran = pair.test("score = sum(f(i) == i for i in range(4))\nprint(score, 'of 4')\nscore / 2")
    assert ran.value == "1.0"
    assert ran.stdout == "2 of 4\n"
