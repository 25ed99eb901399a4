"""Functions of the learner's: called, passed on, looked at; and what they do to arguments."""

from collections.abc import Callable

import pytest

from tests.grading.remote.cases import Case, check, params
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

CASES = (
    Case(
        "arguments",
        "def f(a, b=2, *rest, scale=1, **more):\n"
        "    return (a + b + sum(rest)) * scale + len(more)",
        """
        assert f(1) == 3 and f(1, 5) == 6 and f(1, 2, 3, 4) == 10
        assert f(a=1, b=1, scale=10) == 20 and f(1, x=0, y=0) == 5 and f(*[1, 2], **{'scale': 2}) == 6
        """,
        "def f(a, b=2, *rest, scale=1, **more): return a",
    ),
    Case(
        "wrong-arguments",
        "def f(a): return a",
        """
        try:
            f()
        except TypeError as error:
            assert "missing 1 required positional argument: 'a'" in str(error)
        else:
            raise AssertionError
        """,
        "def f(a=1): return a",
    ),
    Case(
        "in-place",
        """
        def sort(items): items.sort()
        def fill(d): d.setdefault('list', []).append(1)
        def drop(s): s.discard(1)
        def double(a): a *= 2
        def add(df): df['sum'] = df['a'] + df['b']
        def raise_(s): s.iloc[0] = 100
        def upper(b): b[:] = b.upper()
        def deep(grid): grid[1][0] = 9; grid.append([5])
        def push(q): q.appendleft(0)
        """,
        """
        import numpy as np, pandas as pd
        from collections import deque
        items = [3, 1, 2]; same = items
        assert sort(items) is None and items == [1, 2, 3] and same is items
        d = {'list': []}; inner = d['list']
        fill(d); fill(d)
        assert d == {'list': [1, 1]} and inner == [1, 1]
        s = {1, 2}; drop(s); assert s == {2}
        a = np.array([1.0, 2.0]); view = a[:1]; double(a); assert a.tolist() == [2, 4] and view[0] == 2
        df = pd.DataFrame({'a': [1], 'b': [2]}); add(df); assert df['sum'].tolist() == [3]
        x = pd.Series([1, 2], name='x'); raise_(x); assert x.tolist() == [100, 2] and x.name == 'x'
        b = bytearray(b'ab'); upper(b); assert b == b'AB'
        grid = [[1], [2]]; second = grid[1]; deep(grid); assert second == [9] and grid == [[1], [9], [5]]
        q = deque([1]); push(q); assert list(q) == [0, 1]
        """,
        "def sort(items): return sorted(items)",
    ),
    Case(
        "arguments-left-alone",
        "def ranked(items): return sorted(items)",
        """
        items = [3, 1, 2]
        assert ranked(items) == [1, 2, 3] and items == [3, 1, 2]
        """,
        "def ranked(items):\n    items.sort()\n    return items",
    ),
    Case(
        "kept-arguments",
        "kept = []\ndef keep(x): kept.append(x)\ndef total(): return sum(map(sum, kept))",
        """
        one = [1]
        keep(one); keep(one)
        one.append(2)
        assert total() == 6 and kept[0] is kept[1] and kept[0] is one
        """,
        "def keep(x): pass\ndef total(): return 0",
    ),
    Case(
        "callbacks",
        """
        def apply(f, items): return [f(x) for x in items]
        def twice(f): return lambda *a, **k: f(f(*a, **k))
        def repeat(f, n):
            for i in range(n): f()
        """,
        """
        calls = []
        def spy(): calls.append(1)
        class Counter:
            def __init__(self): self.n = 0
            def __call__(self): self.n += 1
            def bump(self): self.n += 10
        assert apply(lambda x: x + 1, [1, 2]) == [2, 3]
        assert apply(str, [1, 2]) == ['1', '2'] and apply(len, ['ab']) == [2]
        assert apply('{}!'.format, [1]) == ['1!'] and apply(str.upper, ['a']) == ['A']
        assert twice(lambda x: x * 3)(2) == 18
        repeat(spy, 3); assert len(calls) == 3
        c = Counter(); repeat(c, 2); assert c.n == 2
        repeat(c.bump, 2); assert c.n == 22
        out = []
        apply(out.append, [1, 2]); assert out == [1, 2]
        """,
        "def apply(f, items): return items",
    ),
    Case(
        "objects-handed-over",
        """
        def area(shape): return shape.width * shape.height()
        def move(p): p.x += 1; p.tags.append('moved')
        def total(shapes): return sum(s.height() for s in shapes)
        def first(box): return box[0], len(box), list(box), 2 in box
        def greet(writer): writer.write('hello'); return repr(writer)
        """,
        """
        class Shape:
            width = 3
            def height(self): return 4
            def __repr__(self): return 'Shape!'
            def write(self, text): self.text = text
        class Point:
            def __init__(self): self.x, self.tags = 1, []
        class Box:
            def __init__(self, *items): self.items = items
            def __len__(self): return len(self.items)
            def __getitem__(self, i): return self.items[i]
        assert area(Shape()) == 12 and total([Shape(), Shape()]) == 8
        p = Point(); move(p); assert p.x == 2 and p.tags == ['moved']
        assert first(Box(2, 3)) == (2, 2, [2, 3], True)
        s = Shape(); assert greet(s) == 'Shape!' and s.text == 'hello'
        """,
        "def area(shape): return 0",
    ),
    Case(
        "closures",
        """
        def counter(start=0):
            n = start
            def step(by=1):
                nonlocal n
                n += by
                return n
            return step
        def adder(a): return lambda b: a + b
        """,
        """
        c = counter(); d = counter(10)
        assert [c(), c(), d()] == [1, 2, 11] and c(by=5) == 7
        assert adder(1)(2) == 3 and callable(c) and c.__name__ == 'step'
        """,
        "def counter(start=0): return lambda by=1: 1\ndef adder(a): return lambda b: a + b",
    ),
    Case(
        "functools",
        """
        from functools import lru_cache, partial, wraps, singledispatch
        @lru_cache(maxsize=None)
        def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
        double = partial(pow, exp=2)
        def logged(f):
            @wraps(f)
            def inner(*a, **k):
                inner.calls += 1
                return f(*a, **k)
            inner.calls = 0
            return inner
        @logged
        def square(x):
            "Squares."
            return x * x
        """,
        """
        assert fib(30) == 832040 and fib.cache_info().hits > 0 and fib.cache_info().misses == 31
        fib.cache_clear(); assert fib.cache_info().currsize == 0
        assert double(5) == 25
        assert square(3) == 9 and square.calls == 1 and square.__name__ == 'square'
        assert square.__doc__ == 'Squares.' and square.__wrapped__(4) == 16
        @logged
        def cube(x):
            "Cubes."
            return x ** 3
        assert cube(2) == 8 and cube.calls == 1 and cube.__name__ == 'cube' and cube.__doc__ == 'Cubes.'
        """,
        "def fib(n): return n",
    ),
    Case(
        "generators",
        """
        def primes():
            n = 2
            while True:
                if all(n % p for p in range(2, n)): yield n
                n += 1
        def echo():
            got = None
            while True:
                try:
                    got = yield got
                except ValueError: got = 'caught'
        closed = []
        def careful():
            try:
                yield 1
                yield 2
            finally: closed.append(True)
        def returning():
            yield 1
            return 'end'
        def squares(it): return (x * x for x in it)
        def pairs(): return zip('ab', [1, 2])
        """,
        """
        import inspect, itertools, types
        g = primes()
        assert next(g) == 2 and next(g) == 3 and list(itertools.islice(g, 3)) == [5, 7, 11]
        assert inspect.isgenerator(g) and isinstance(g, types.GeneratorType)
        assert inspect.isgeneratorfunction(primes) and iter(g) is g
        e = echo(); next(e)
        assert e.send(5) == 5 and e.throw(ValueError) == 'caught'
        c = careful(); next(c); c.close(); assert closed == [True]
        def run():
            result = yield from returning()
            yield result
        assert list(run()) == [1, 'end']
        assert list(squares(iter([1, 2, 3]))) == [1, 4, 9] and sum(squares(range(4))) == 14
        assert list(squares(x for x in [1, 2])) == [1, 4]
        assert dict(pairs()) == {'a': 1, 'b': 2}
        try: next(careful().__class__ and iter([]))
        except StopIteration: pass
        """,
        "def primes(): return [2, 3, 5]",
    ),
    Case(
        "context-managers",
        """
        from contextlib import contextmanager
        log = []
        @contextmanager
        def tag(name):
            log.append(f'<{name}>')
            try: yield name.upper()
            finally: log.append(f'</{name}>')
        class Quiet:
            def __enter__(self): return self
            def __exit__(self, kind, error, tb):
                self.kind = kind
                return kind is ValueError
        """,
        """
        with tag('b') as name: assert name == 'B' and log == ['<b>']
        assert log == ['<b>', '</b>']
        with Quiet() as q: raise ValueError('x')
        assert q.kind is ValueError
        try:
            with Quiet(): raise KeyError('k')
        except KeyError as error: assert error.args == ('k',)
        else: raise AssertionError
        """,
        "from contextlib import contextmanager\nlog = []\n"
        "@contextmanager\ndef tag(name): yield name",
    ),
    Case(
        "asynchronous",
        """
        import asyncio
        async def fetch(n):
            await asyncio.sleep(0)
            return n * 2
        async def count(n):
            for i in range(n): yield i
        """,
        """
        import asyncio, inspect
        assert inspect.iscoroutinefunction(fetch)
        assert await fetch(2) == 4
        assert await asyncio.gather(fetch(1), fetch(2)) == [2, 4]
        assert [i async for i in count(3)] == [0, 1, 2]
        """,
        "async def fetch(n): return n",
    ),
    Case(
        "introspection",
        '''
        import math
        def area(r: float, *, unit: str = "m") -> float:
            """Return the area of a circle."""
            total = math.pi * r ** 2
            return total
        cube = lambda x: x ** 3
        ''',
        """
        import ast, inspect
        assert callable(area) and inspect.isfunction(area) and area.__name__ == 'area'
        assert area.__doc__ == 'Return the area of a circle.' and inspect.getdoc(area).startswith('Return')
        assert str(inspect.signature(area)) == "(r: float, *, unit: str = 'm') -> float"
        assert list(inspect.signature(area).parameters) == ['r', 'unit']
        assert area.__annotations__ == {'r': float, 'unit': str, 'return': float}
        assert area.__kwdefaults__ == {'unit': 'm'} and area.__defaults__ is None
        assert area.__code__.co_argcount == 1 and area.__code__.co_varnames == ('r', 'unit', 'total')
        assert 'pi' in area.__code__.co_names and 'sum' not in area.__code__.co_names
        source = inspect.getsource(area)
        assert 'math.pi' in source and 'import' not in source
        assert isinstance(ast.parse(source).body[0], ast.FunctionDef)
        assert type(area).__name__ == 'function' and cube.__name__ == '<lambda>'
        assert 'lambda' in inspect.getsource(cube)
        """,
        "def area(r): return 3.14 * r * r",
    ),
    Case(
        "recursion",
        "def depth(n): return 1 + depth(n + 1)\ndef fact(n): return 1 if n < 2 else n * fact(n - 1)",
        """
        try: depth(0)
        except RecursionError as error: assert 'maximum recursion depth' in str(error)
        else: raise AssertionError
        assert fact(20) == 2432902008176640000
        """,
        "def depth(n): return 1\ndef fact(n): return 1",
    ),
    Case(
        "many-calls",
        "def f(n): return n * 2",
        "assert all(f(n) == 2 * n for n in range(300))",
        "def f(n): return n * 2 if n < 299 else 0",
    ),
)


@params(*CASES)
def test_functions(case: Case, answer: str, new_pair: Callable[[], Pair]) -> None:
    check(case, answer, new_pair)
