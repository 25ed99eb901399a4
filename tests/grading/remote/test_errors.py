"""Errors, what is printed and asked, time limits, and a learner's side that is no more."""

from collections.abc import Callable

import pytest

from tests.grading.remote.cases import Case, check, params
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

CASES = (
    Case(
        "built-in",
        """
        def check(x):
            if x < 0: raise ValueError(f'{x} is negative', x)
            return {'a': 1}[x] if x else [][x]
        """,
        """
        try: check(-1)
        except ValueError as e: assert e.args == ('-1 is negative', -1) and 'negative' in str(e)
        else: raise AssertionError('no error')
        try: check(5)
        except KeyError as e: assert e.args == (5,) and type(e) is KeyError
        else: raise AssertionError
        try: check(0)
        except LookupError as e: assert type(e) is IndexError
        else: raise AssertionError
        """,
        "def check(x): return x",
    ),
    Case(
        "attributes",
        """
        def read(): open('missing.txt')
        def decode(): b'\\xff'.decode()
        def convert(): int('x')
        def leave(): raise SystemExit(3)
        def parse():
            import json
            json.loads('{')
        def lookup(): nothing_there
        def divide(): 1 / 0
        """,
        """
        import errno, json
        def caught(f):
            try: f()
            except BaseException as e: return e
        e = caught(read)
        assert isinstance(e, FileNotFoundError) and e.errno == errno.ENOENT and e.filename == 'missing.txt'
        e = caught(decode); assert e.reason == 'invalid start byte' and e.start == 0
        assert str(caught(convert)) == "invalid literal for int() with base 10: 'x'"
        assert caught(leave).code == 3
        e = caught(parse); assert isinstance(e, json.JSONDecodeError) and e.pos == 1 and e.lineno == 1
        e = caught(lookup); assert type(e) is NameError and e.name == 'nothing_there'
        assert type(caught(divide)) is ZeroDivisionError
        """,
        "def read(): raise OSError('no')\ndef decode(): pass",
    ),
    Case(
        "own-classes",
        """
        class ShopError(Exception):
            "Base."
        class OutOfStock(ShopError, ValueError):
            def __init__(self, item, left=0):
                super().__init__(f'{item}: {left} left')
                self.item, self.left = item, left
            def hint(self): return f'order more {self.item}'
            def __str__(self): return f'<{self.item}>'
        def buy(n):
            if n > 3: raise OutOfStock('tea', left=3)
            if n == 0: raise ShopError('nothing', 0)
        """,
        """
        try: buy(5)
        except OutOfStock as e:
            assert e.item == 'tea' and e.left == 3 and e.hint() == 'order more tea'
            assert str(e) == '<tea>' and e.args == ('tea: 3 left',) and isinstance(e, (ValueError, int))
            assert type(e) is OutOfStock and type(e).__name__ == 'OutOfStock'
        else: raise AssertionError
        try: buy(0)
        except OutOfStock: raise AssertionError
        except ShopError as e: assert str(e) == "('nothing', 0)"
        assert issubclass(OutOfStock, ShopError) and issubclass(ShopError, Exception)
        assert OutOfStock.__mro__[1] is ShopError and str(ShopError('x')) == 'x'
        try: raise OutOfStock('milk')
        except ShopError as e: assert e.item == 'milk'
        """,
        """
        class ShopError(Exception): pass
        class OutOfStock(ShopError): pass
        def buy(n):
            if n > 3: raise ValueError('tea')
        """,
    ),
    Case(
        "causes",
        """
        def load():
            try: {}['k']
            except KeyError as e: raise RuntimeError('cannot load') from e
        def again():
            try: {}['k']
            except KeyError: raise RuntimeError('again')
        def several(): raise ExceptionGroup('all', [ValueError(1), KeyError('k')])
        """,
        """
        try: load()
        except RuntimeError as e:
            assert isinstance(e.__cause__, KeyError) and e.__cause__.args == ('k',)
        try: again()
        except RuntimeError as e: assert isinstance(e.__context__, KeyError) and e.__cause__ is None
        try: several()
        except* ValueError as group: assert group.exceptions[0].args == (1,)
        except* KeyError: pass
        """,
        "def load(): raise RuntimeError('cannot load')",
    ),
    Case(
        "raises",
        "class E(ValueError): pass\ndef f(x):\n    raise E(f'bad {x}')",
        """
        import unittest
        class T(unittest.TestCase):
            def test(self):
                with self.assertRaises(E) as caught: f(1)
                self.assertEqual(str(caught.exception), 'bad 1')
                with self.assertRaisesRegex(ValueError, r'^bad \\d$'): f(2)
                self.assertRaises(E, f, 3)
        result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
        assert result.wasSuccessful()
        """,
        "class E(ValueError): pass\ndef f(x): raise E('worse')",
    ),
    Case(
        "pytest",
        "def f(x):\n    raise ValueError(f'bad {x}')",
        """
        import pytest
        with pytest.raises(ValueError, match='^bad 1$'): f(1)
        assert 0.1 + 0.2 == pytest.approx(0.3)
        """,
        "def f(x): raise ValueError('worse')",
    ),
    Case(
        "errors-of-the-test",
        """
        def retry(f, kind, times):
            for _ in range(times):
                try: return f()
                except kind as e: last = e
            raise last
        """,
        """
        class Flaky(Exception):
            def __init__(self, n): super().__init__(n); self.n = n
        tries = []
        def flaky():
            tries.append(1)
            if len(tries) < 3: raise Flaky(len(tries))
            return 'ok'
        def broken(): raise Flaky(7)
        def other(): raise KeyError('k')
        assert retry(flaky, Flaky, 5) == 'ok' and len(tries) == 3
        try: retry(broken, Flaky, 2)
        except Flaky as e: assert e.n == 7
        else: raise AssertionError
        try: retry(other, Flaky, 2)
        except KeyError as e: assert e.args == ('k',)
        else: raise AssertionError
        """,
        "def retry(f, kind, times): return f()",
    ),
    Case(
        "printed",
        """
        def greet(name):
            print('Hello,', name, end='!\\n')
            print('warned', file=__import__('sys').stderr)
        """,
        """
        import io, contextlib, sys
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err): greet('Ann')
        assert out.getvalue() == 'Hello, Ann!\\n' and err.getvalue() == 'warned\\n'
        from unittest.mock import patch
        with patch('sys.stdout', new_callable=io.StringIO) as fake: greet('Bo')
        assert fake.getvalue() == 'Hello, Bo!\\n'
        from IPython.utils.capture import capture_output
        with capture_output() as captured: greet('Cy')
        assert captured.stdout == 'Hello, Cy!\\n'
        """,
        "def greet(name): print(name)",
    ),
    Case(
        "order-of-prints",
        "def run(f):\n    print('before')\n    f()\n    print('after')",
        """
        import io, contextlib
        with contextlib.redirect_stdout(io.StringIO()) as out:
            print('start'); run(lambda: print('called')); print('end')
        assert out.getvalue().split() == ['start', 'before', 'called', 'after', 'end']
        """,
        "def run(f): f()",
    ),
    Case(
        "input",
        "def ask():\n    n = input('How many? ')\n    return [input() for _ in range(int(n))]",
        """
        from unittest.mock import patch
        with patch('builtins.input', side_effect=['2', 'a', 'b']) as fake:
            assert ask() == ['a', 'b'] and fake.call_args_list[0].args == ('How many? ',)
        import builtins
        before, lines = builtins.input, iter(['1', 'z'])
        builtins.input = lambda prompt='': next(lines)
        try: assert ask() == ['z']
        finally: builtins.input = before
        answers = ['1', 'y']
        def input(prompt=''): return answers.pop(0)
        assert ask() == ['y']
        """,
        "def ask(): return ['a', 'b']",
    ),
    Case(
        "warnings",
        "import warnings\ndef old(): warnings.warn('use new', DeprecationWarning, stacklevel=2); return 1",
        """
        import warnings
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter('always')
            assert old() == 1 and old() == 1
        assert len(found) == 2 and found[0].category is DeprecationWarning
        assert str(found[0].message) == 'use new'
        with warnings.catch_warnings():
            warnings.simplefilter('error')
            try: old()
            except DeprecationWarning as e: assert 'use new' in str(e)
            else: raise AssertionError
        """,
        "def old(): return 1",
    ),
)


@params(*CASES)
def test_errors(case: Case, answer: str, new_pair: Callable[[], Pair]) -> None:
    check(case, answer, new_pair)
