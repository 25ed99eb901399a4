"""What a learner may try so that a wrong answer passes. None of it does."""

from textwrap import dedent

import pytest

from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

# Each makes ``bad``, which would pass for anything.
EVIL = {
    "equal-to-everything": """
        class Bad:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
            def __hash__(self): return 0
            def __bool__(self): return True
            def __len__(self): return 3
            def __sub__(self, other): return 0.0
            __rsub__ = __add__ = __radd__ = __mul__ = __mod__ = __truediv__ = __matmul__ = __sub__
            def __abs__(self): return 0.0
            def __getattr__(self, name): return lambda *a, **k: True
        bad = Bad()
    """,
    "lies-about-its-class": """
        import numpy as np, pandas as pd
        class Bad:
            __class__ = property(lambda self: pd.DataFrame)
            shape, dtype, ndim, empty, index = (3,), np.dtype(int), 1, True, pd.RangeIndex(3)
            _typ = 'dataframe'
            def __eq__(self, other): return True
            def __hash__(self): return 0
            def equals(self, other): return True
            def all(self, *a, **k): return True
        bad = Bad()
    """,
    "integer": """
        class Bad(int):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __lt__ = __le__ = __gt__ = __ge__ = __eq__
            def __hash__(self): return hash(9)
            def __sub__(self, other): return 0
            __rsub__ = __sub__
        bad = Bad(5)
    """,
    "float": """
        class Bad(float):
            def __eq__(self, other): return True
            def __hash__(self): return hash(9)
            def __sub__(self, other): return 0.0
            __rsub__ = __sub__
            def __abs__(self): return 0.0
        bad = Bad(5)
    """,
    "text": """
        class Bad(str):
            def __eq__(self, other): return True
            def __hash__(self): return hash(9)
            def __contains__(self, other): return True
            def startswith(self, *a): return True
        bad = Bad('x')
    """,
    "list": """
        class Bad(list):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __contains__(self, other): return True
            def index(self, other): return 0
        bad = Bad([5])
    """,
    "dict": """
        class Bad(dict):
            def __eq__(self, other): return True
            def __missing__(self, key): return self
            def __sub__(self, other): return 0
        bad = Bad()
    """,
    "tuple": """
        class Bad(tuple):
            def __eq__(self, other): return True
            def __hash__(self): return hash(9)
            def __sub__(self, other): return 0
        bad = Bad((5,))
    """,
    "array": """
        import numpy as np
        class Bad(np.ndarray):
            def __array_function__(self, *a, **k): return True
            def __array_ufunc__(self, *a, **k): return np.True_
            def __eq__(self, other): return np.True_
            def all(self, *a, **k): return True
        bad = np.arange(3).view(Bad)
    """,
    "masked-array": "import numpy as np\nbad = np.ma.masked_all(3)",
    "array-at-an-address": """
        class Bad:
            __array_interface__ = {'shape': (3,), 'typestr': '<i8', 'data': (4096, False), 'version': 3}
            def __len__(self): return 3
        bad = Bad()
    """,
    "protocols-of-numpy": """
        import numpy as np
        class Bad:
            __array_priority__ = 1e9
            def __array_function__(self, *a, **k): return True
            def __array_ufunc__(self, *a, **k): return np.True_
            def __array__(self, *a, **k): return np.ma.masked_all(3)
            def __array_wrap__(self, *a, **k): return True
        bad = Bad()
    """,
    "frame": """
        import pandas as pd
        class Bad(pd.DataFrame):
            def equals(self, other): return True
            def __eq__(self, other): return True
            def __sub__(self, other): return self
            def abs(self): return self
            def max(self): return 0
            def compare(self, other): return pd.DataFrame()
        bad = Bad({'a': [5]})
    """,
    "series": """
        import pandas as pd
        class Bad(pd.Series):
            def equals(self, other): return True
            def eq(self, other): return pd.Series([True])
            def isin(self, other): return pd.Series([True])
        bad = Bad([5])
    """,
    "any": "from unittest.mock import ANY\nbad = ANY",
    "mock": "from unittest.mock import MagicMock\nbad = MagicMock(__eq__=lambda s, o: True, "
    "__sub__=lambda s, o: 0.0, __abs__=lambda s: 0.0, __lt__=lambda s, o: True)",
    "function": "def bad(*a, **k): return True",
    "class": """
        class Meta(type):
            def __eq__(cls, other): return True
            def __hash__(cls): return 0
            def __sub__(cls, other): return 0.0
            def __instancecheck__(cls, thing): return True
            def __len__(cls): return 3
        class bad(metaclass=Meta): pass
    """,
    "set": """
        class Bad(set):
            def __eq__(self, other): return True
            def issubset(self, other): return True
            def symmetric_difference(self, other): return set()
            __xor__ = __sub__ = symmetric_difference
        bad = Bad({5})
    """,
}
# Each is how a test says that 9, [1, 2, 3] or a table is what should have come out.
STYLES = (
    "assert bad == 9",
    "assert 9 == bad",
    "assert not bad != 9",
    "assert bad == [1, 2, 3]",
    "assert [1, 2, 3] == bad",
    "assert [bad] == [9] and (1, bad) == (1, 9)",
    "assert {'a': bad} == {'a': 9}",
    "assert bad in [1, 9]",
    "assert bad in (9,)",
    "assert bad in {9, 10}",
    "assert {bad} == {9}",
    "assert [9].count(bad) or [9].index(bad) == 0",
    "assert abs(bad - 9) < 1e-9",
    "assert abs(9 - bad) < 1e-9",
    "assert bad - 9 == 0",
    "assert 8.9 < bad < 9.1",
    "assert bad >= 9 and bad <= 9",
    "assert max(bad, 8.5) == 9 or not (bad < 9 or bad > 9)",
    "assert math.isclose(bad, 9)",
    "assert np.isclose(bad, 9) and np.allclose(bad, [1, 2, 9])",
    "assert np.array_equal(bad, [1, 2, 3])",
    "assert (bad == np.array([1, 2, 3])).all()",
    "assert (np.array([1, 2, 3]) == bad).all()",
    "np.testing.assert_array_equal(bad, [1, 2, 3])",
    "np.testing.assert_allclose(bad, [1, 2, 3])",
    "np.testing.assert_equal(bad, 9)",
    "np.testing.assert_almost_equal(bad, 9)",
    "assert np.abs(bad - np.array([1, 2, 3])).max() < 1e-9",
    "assert np.max(np.abs(np.array([1, 2, 3]) - bad)) < 1e-9",
    "assert 9 in bad",
    "assert bad.equals(frame)",
    "assert frame.equals(bad)",
    "assert (bad == frame).all().all()",
    "assert (bad - frame).abs().max().max() < 1e-9",
    "assert bad.compare(frame).empty",
    "pd.testing.assert_frame_equal(bad, frame)",
    "pd.testing.assert_series_equal(bad, frame['a'])",
    "assert bad.eq(frame['a']).all()",
    "assert set([9]).issubset(bad) and bad.issubset({9})",
    "assert bad.symmetric_difference({9}) == set()",
    "assert bad.startswith('9')",
    "unittest.TestCase().assertEqual(bad, 9)",
    "unittest.TestCase().assertAlmostEqual(bad, 9)",
    "unittest.TestCase().assertIn(9, bad)",
    "unittest.TestCase().assertCountEqual(bad, [9])",
    "assert pytest.approx(9) == bad",
    "assert isinstance(bad, int) and int(bad) == 9",
    "assert isinstance(bad, pd.DataFrame) and len(bad) == 3",
    "assert compare.same(bad, 9) or compare.same(bad, [1, 2, 3]) or compare.same([bad], [9])",
    "assert type(bad) is int and bad == 9",
    "assert isinstance(9, bad)",
)
PREPARE = """
import math, unittest, warnings, numpy as np, pandas as pd, pytest
from course.answers import compare
frame = pd.DataFrame({'a': [1, 2, 3]})
warnings.simplefilter('ignore')
"""


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_passes_for_everything(pair: Pair, evil: str) -> None:
    ran = pair.learner(dedent(EVIL[evil]) + "\ndef f(x): return bad\ndef g(x): yield bad")
    assert ran.passed, ran.traceback
    returned = [style.replace("bad", "f(3)") for style in STYLES]
    yielded = [style.replace("bad", "next(g(3))") for style in STYLES]
    ran = pair.test(
        f"{PREPARE}\npassed = []\nfor style in {[*STYLES, *returned, *yielded, 'assert bad is 9']!r}:\n"
        "    try: exec(style)\n    except BaseException: continue\n    passed.append(style)\npassed"
    )
    assert ran.value == "[]", ran.traceback
    assert pair.test("assert bad == 9").error


def test_a_class_with_the_name_of_a_function_is_not_made_by_the_test(pair: Pair) -> None:
    pair.learner(
        "class norm:\n    def __init__(self, v): pass\n    def __sub__(self, o): return 0.0\n"
        "    def __lt__(self, o): return True\n    __gt__ = __contains__ = __lt__"
    )
    for test in ("assert abs(norm(3) - 5) < 1e-9", "assert 4 < norm(3) < 6", "assert 5 in norm(3)"):
        assert pair.test(test).problem == "unsupported"


def test_what_the_test_uses_cannot_be_replaced(pair: Pair) -> None:
    pair.learner(
        dedent("""
        import builtins, math, numpy as np, pandas as pd, unittest, sys, types, course.answers
        from course.answers import Scorecard, Example
        def yes(*a, **k): return True
        builtins.abs = lambda x: 0
        builtins.sum = builtins.round = yes
        np.allclose = np.isclose = np.array_equal = np.testing.assert_allclose = yes
        pd.testing.assert_frame_equal = pd.DataFrame.equals = yes
        math.isclose = yes
        unittest.TestCase.assertEqual = yes
        course.answers.compare.same = yes
        course.answers.Scorecard = Scorecard = types.SimpleNamespace
        class np:
            allclose = staticmethod(yes)
            array = staticmethod(yes)
        abs = len = print = isinstance = yes
        assert_equal = assert_array_equal = assert_frame_equal = yes
        def f(x): return 5
        """)
    )
    for test in (
        "assert abs(f(3) - 9) < 1e-9",
        "assert len([f(3)]) == 2",
        "assert np.allclose(f(3), 9)",
        "import numpy as np; assert np.allclose(f(3), 9)",
        "import numpy as np; np.testing.assert_allclose(f(3), 9)",
        "import pandas as pd; pd.testing.assert_frame_equal(f(3), pd.DataFrame())",
        "import math; assert math.isclose(f(3), 9)",
        "import unittest; unittest.TestCase().assertEqual(f(3), 9)",
        "assert_equal(f(3), 9)",
        "assert_array_equal(f(3), 9)",
        "assert_frame_equal(pd.DataFrame({'a': [f(3)]}), pd.DataFrame({'a': [9]}))",
        "from course.answers import compare; assert compare.same(f(3), 9)",
        "assert isinstance(f(3), str)",
    ):
        assert pair.test(test).error, test
    ran = pair.test(
        "from course.answers import Example, Scorecard\n"
        "import os; os.environ['NBGRADER_EXECUTION'] = 'autograde'\n"
        "card = Scorecard('f', task=lambda: f)\n"
        "card.rule('nine', Example(9, (3,), 'It is 9.'), points=2)\ncard.total()"
    )
    assert ran.value == "0.0"


def test_a_learners_instance_check_is_not_asked(pair: Pair) -> None:
    pair.learner(
        "class Meta(type):\n"
        "    def __instancecheck__(cls, x): return True\n"
        "    def __subclasscheck__(cls, x): return True\n"
        "class Shape(metaclass=Meta): pass\nclass Square: pass"
    )
    assert pair.test("assert isinstance(Square(), Shape)").error
    assert pair.test("assert issubclass(Square, Shape) or isinstance(3, Shape)").error


def test_exceptions_with_evil_parts(pair: Pair) -> None:
    pair.learner(
        dedent("""
        class Yes:
            def __eq__(self, o): return True
            def __str__(self): return 'right'
            def __bool__(self): raise RuntimeError
        class E(Exception):
            args = property(lambda self: (Yes(),))
            def __str__(self): return Yes()
        def f(): raise ValueError(Yes())
        def g(): raise E('x')
        def h():
            e = ValueError('wrong')
            e.__class__ = type('E2', (ValueError,), {'__str__': lambda s: 'right'})
            raise e
        """)
    )
    assert pair.test("try: f()\nexcept ValueError as e: assert e.args == (3,)").error
    assert pair.test("try: g()\nexcept Exception as e: assert e.args == ('right',)").error
    assert pair.test("try: h()\nexcept ValueError as e: assert e.args == ('right',)").error
    assert pair.test("try: g()\nexcept KeyError: pass").error


def test_too_much_is_refused(pair: Pair) -> None:
    pair.learner(
        dedent("""
        def giant(): return b'x' * (1 << 28)
        def many(): return [b'x' * (1 << 20)] * 10
        def deep():
            x = ()
            for _ in range(5000): x = (x,)
            return x
        def nested():
            x = []
            for _ in range(5000): x = [x]
            return x
        def shout(): print('x' * (1 << 24))
        class C: pass
        for _ in range(200): C = type('C', (C,), {})
        """)
    )
    assert pair.test("giant()").error
    assert pair.test("assert len(many()) == 10").passed
    assert pair.test("deep()").error == "NotSendableError"
    ran = pair.test("x = nested()\nn = 0\nwhile x: x = x[0]; n += 1\nn")
    assert ran.value == "5000"
    assert len(pair.test("shout()").stdout) < 1 << 22
    assert pair.test("C()").error
    assert pair.test("assert len(many()) == 10").passed


def test_what_a_test_hands_over_shows_nothing_else(pair: Pair) -> None:
    pair.learner(
        dedent("""
        seen = []
        def look(thing, *more):
            for path in paths:
                try:
                    value = thing
                    for name in path.split('.'): value = getattr(value, name)
                    seen.append((path, str(value)))
                except BaseException as error: pass
            try: seen.append(object.__getattribute__(thing, '__dict__')['secret'])
            except BaseException: pass
        paths = ('__globals__', '__code__.co_consts', '__closure__', '__self__', 'func.__globals__',
                 '__init__.__globals__', '__class__.__init__.__globals__', '_secret', 'mod.os',
                 'method.__func__.__globals__', 'method.__self__._secret', '__wrapped__.__globals__',
                 '__dict__', 'gi_frame.f_globals', 'f_back', '__builtins__', '__reduce_ex__',
                 '__getattribute__', '__subclasses__', '__class__.__subclasses__', '__defaults__',
                 '__kwdefaults__', '__annotations__', '__module__.os', 'cr_frame', 'tb_frame')
        """)
    )
    ran = pair.test(
        dedent("""
        import os as mod_, functools
        expected = 'TOP SECRET'
        class Thing:
            mod = mod_
            def __init__(self): self._secret = expected
            def method(self): return self._secret == 1
        def function(x=expected): return expected + 'TOP SECRET'
        def generator(): yield expected
        for thing in (Thing(), Thing, function, generator(), functools.lru_cache(function),
                      functools.partial(function), Thing().method):
            look(thing)
        [path for path, value in seen if 'SECRET' in value]
        """)
    )
    assert ran.value == "[]", ran.traceback


def test_a_learner_cannot_call_what_was_not_handed_over(pair: Pair) -> None:
    pair.learner(
        dedent("""
        def use(obj):
            import os
            results = []
            for call in (lambda: obj.conn.execute('x'), lambda: obj.conn.close(),
                         lambda: obj.os.getcwd(), lambda: setattr(obj, 'check', lambda: True),
                         lambda: setattr(obj, '_secret', 1), lambda: delattr(obj, '_secret'),
                         lambda: obj.__class__.check, lambda: type(obj).check(obj)):
                try: results.append(str(call()))
                except BaseException as error: results.append(type(error).__name__)
            return results
        """)
    )
    ran = pair.test(
        dedent("""
        import sqlite3
        class Thing:
            def __init__(self): self.conn, self._secret = sqlite3.connect(':memory:'), 42
            def check(self): return self._secret == 42
        thing = Thing()
        results = use(thing)
        thing.conn.execute('select 1')
        assert thing.check() is True and 'check' not in vars(thing)
        """)
    )
    assert not ran.error, ran.traceback
    assert ran.problem == "unsupported"


@pytest.mark.parametrize("error", ["unittest.SkipTest", "pytest.skip.Exception", "bdb.BdbQuit"])
def test_a_learner_cannot_have_a_test_skipped(pair: Pair, error: str) -> None:
    pair.learner(
        f"import unittest, pytest, bdb\nclass Mine({error}): pass\n"
        f"def f(x): raise {error}('no')\ndef g(x): raise Mine('no')"
    )
    for call in "fg":
        ran = pair.test(
            "import unittest, pytest, bdb\n"
            "class T(unittest.TestCase):\n"
            f"    def test(self): self.assertEqual({call}(3), 9)\n"
            "result = unittest.main(argv=[''], exit=False, verbosity=0).result\n"
            "assert result.wasSuccessful() and not result.skipped"
        )
        assert ran.error == "AssertionError"
        assert pair.test(f"{call}(3)").error


def test_a_learner_cannot_rewrite_what_a_mock_has_seen(pair: Pair) -> None:
    pair.learner(
        dedent("""
        def f(spy):
            for act in (lambda: setattr(spy, 'called', True), lambda: setattr(spy, 'call_count', 1),
                        lambda: setattr(spy, 'assert_called_once_with', lambda *a: None),
                        lambda: spy.configure_mock(called=True), lambda: setattr(spy, 'mock_calls', [])):
                try: act()
                except BaseException: pass
            spy.note = 5
        """)
    )
    ran = pair.test(
        "from unittest.mock import Mock\nspy = Mock()\nf(spy)\nassert spy.note == 5\n"
        "try: spy.assert_called_once_with(9)\nexcept AssertionError: pass\n"
        "else: raise ValueError\nassert not spy.called and spy.call_count == 0"
    )
    assert not ran.error, ran.traceback


def test_a_learner_sees_no_line_of_a_test(pair: Pair) -> None:
    pair.learner(
        dedent("""
        import traceback
        seen = []
        class Watch:
            def __enter__(self): return self
            def __exit__(self, kind, error, tb):
                seen.extend(traceback.format_exception(error)); seen.append(str(vars(error)))
                return True
        def call(f):
            try: f()
            except Exception as error:
                seen.extend(traceback.format_exception(error)); seen.append(str(vars(error)))
        """)
    )
    ran = pair.test(
        "def check():\n    secret = 1; assert secret == 42\n"
        "with Watch():\n    hidden = 2; assert hidden == 43\ncall(check)\n"
        "[line for line in seen if 'secret' in line or 'hidden' in line]"
    )
    assert ran.value == "[]", ran.traceback


def test_what_is_right_passes_there(pair: Pair) -> None:
    pair.learner("bad = 9")
    ran = pair.test(
        f"{PREPARE}\npassed = 0\nfor style in {STYLES!r}:\n"
        "    try: exec(style)\n    except BaseException: continue\n    passed += 1\npassed"
    )
    assert int(ran.value) > 15
