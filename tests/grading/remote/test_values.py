"""Values that learners compute, and tests compare: as copies, of the very same type."""

from collections.abc import Callable

import pytest

from tests.grading.remote.cases import Case, check, params
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

CASES = (
    Case("scalar", "x = 42", "assert x == 42\nassert type(x) is int", "x = 42.5"),
    Case("text", "s = 'día ☃'", "assert s == 'día ☃' and s.upper() == 'DÍA ☃'", "s = 'dia'"),
    Case("great-number", "n = 2**200", "assert n == 2**200 and n % 10 == 6", "n = 2**199"),
    Case("truth", "b = True", "assert b is True", "b = 1"),
    Case("nothing", "n = None", "assert n is None", "n = 0"),
    Case(
        "half-a-pair", r"s = '\ud800!'", r"assert s == '\ud800!' and len(s) == 2", r"s = '\ud801!'"
    ),
    Case("not-a-number", "x = float('nan')", "import math\nassert math.isnan(x)", "x = 0.0"),
    Case("almost", "x = 0.1 + 0.2", "assert abs(x - 0.3) < 1e-9", "x = 0.31"),
    Case(
        "containers",
        "d = {'a': [1, (2, 3)], 'b': {4, 5}, 'c': frozenset({6}), None: {'x': {'y': b'z'}}}",
        """
        assert d == {'a': [1, (2, 3)], 'b': {4, 5}, 'c': frozenset({6}), None: {'x': {'y': b'z'}}}
        assert type(d['a'][1]) is tuple and type(d['c']) is frozenset
        """,
        "d = {'a': [1, [2, 3]], 'b': {4, 5}, 'c': frozenset({6}), None: {'x': {'y': b'z'}}}",
    ),
    Case(
        "shared-and-circular",
        "row = [0]\ngrid = [row, row]\nloop = []\nloop.append(loop)",
        """
        grid[0][0] = 7
        assert grid == [[7], [7]] and grid[0] is grid[1]
        assert loop[0] is loop
        """,
        "grid = [[0], [0]]\nloop = []\nloop.append(loop)",
    ),
    Case(
        "dates",
        """
        import datetime as dt
        from zoneinfo import ZoneInfo
        day = dt.date(2024, 2, 29)
        moment = dt.datetime(2024, 2, 29, 12, tzinfo=ZoneInfo("Europe/Madrid"))
        utc = dt.datetime(2024, 2, 29, 11, tzinfo=dt.timezone.utc)
        span = dt.timedelta(days=1, seconds=3)
        clock = dt.time(12, 30)
        """,
        """
        import datetime
        assert day == datetime.date(2024, 2, 29) and day.weekday() == 3
        assert moment == utc and moment.utcoffset() == datetime.timedelta(hours=1)
        assert utc.tzinfo is datetime.timezone.utc
        assert span.total_seconds() == 86403
        assert clock.isoformat() == '12:30:00'
        """,
        "import datetime as dt\nday = dt.date(2024, 2, 28)",
    ),
    Case(
        "exact-numbers",
        "from decimal import Decimal\nfrom fractions import Fraction\n"
        "money = Decimal('1.10')\nshare = Fraction(1, 3)\nz = 3 + 4j",
        """
        from decimal import Decimal
        from fractions import Fraction
        assert money == Decimal('1.1') and str(money) == '1.10' and type(money) is Decimal
        assert share * 3 == 1 and isinstance(share, Fraction)
        assert abs(z) == 5 and z.conjugate() == 3 - 4j
        """,
        "money = 1.1",
    ),
    Case(
        "odds-and-ends",
        """
        import re, uuid, pathlib
        pattern = re.compile(r'(\\d+)-(\\w+)', re.I)
        name = uuid.UUID(int=5)
        path = pathlib.Path('data') / 'a.csv'
        steps = range(0, 10, 3)
        part = slice(1, None, 2)
        dots = ...
        raw = bytearray(b'abc')
        kind = int
        annotation = list[int] | None
        """,
        """
        import pathlib, uuid, re
        assert pattern.match('12-ab').groups() == ('12', 'ab') and isinstance(pattern, re.Pattern)
        assert name == uuid.UUID(int=5)
        assert path.suffix == '.csv' and isinstance(path, pathlib.Path)
        assert list(steps) == [0, 3, 6, 9] and steps == range(0, 10, 3)
        assert 'abcdef'[part] == 'bdf'
        assert dots is ...
        assert raw == b'abc' and type(raw) is bytearray
        assert kind is int and kind('7') == 7
        assert annotation == (list[int] | None)
        """,
        "import re\npattern = re.compile('x')",
    ),
    Case(
        "collections",
        """
        from collections import Counter, OrderedDict, defaultdict, deque
        c = Counter('hello')
        d = defaultdict(list, {'a': [1]})
        o = OrderedDict(x=1, y=2)
        q = deque([1, 2, 3], maxlen=3)
        """,
        """
        from collections import Counter, OrderedDict, defaultdict, deque
        assert c == Counter(hello='') or c.most_common(1) == [('l', 2)]
        assert type(c) is Counter and c['z'] == 0
        assert d['b'] == [] and type(d) is defaultdict
        assert list(o) == ['x', 'y'] and type(o) is OrderedDict
        q.append(4)
        assert list(q) == [2, 3, 4] and type(q) is deque
        """,
        "c = {'h': 1, 'e': 1, 'l': 2, 'o': 1}",
    ),
    Case(
        "views-of-dicts",
        "d = {'a': 1, 'b': 2}\nk, v, i = d.keys(), d.values(), d.items()",
        "assert k == {'a', 'b'} and sorted(v) == [1, 2] and list(i) == [('a', 1), ('b', 2)]",
        "k = ['a']",
    ),
    Case(
        "named-tuple",
        """
        from collections import namedtuple
        from typing import NamedTuple
        Point = namedtuple('Point', 'x y')
        class Person(NamedTuple):
            name: str
            age: int = 30
            def greet(self): return f'Hi, {self.name}'
        p = Point(1, y=2)
        """,
        """
        assert p == (1, 2) and p.x == 1 and p[1] == 2 and isinstance(p, tuple)
        x, y = p
        assert (x, y) == (1, 2) and isinstance(p, Point) and type(p).__name__ == 'Point'
        assert Point(3, 4)._replace(x=5) == Point(5, 4)
        assert p._asdict() == {'x': 1, 'y': 2} and Point._fields == ('x', 'y')
        assert Person('Ann').greet() == 'Hi, Ann' and Person('Ann').age == 30
        assert {p: 'a'}[(1, 2)] == 'a' and sorted([Point(2, 1), Point(1, 9)])[0].y == 9
        assert repr(p) == 'Point(x=1, y=2)'
        """,
        "from collections import namedtuple\nPoint = namedtuple('Point', 'x y')\np = Point(1, 3)",
    ),
    Case(
        "subclass-of-number",
        """
        class Celsius(float):
            def fahrenheit(self): return self * 9 / 5 + 32
        t = Celsius(100)
        """,
        """
        assert t == 100.0 and isinstance(t, float) and t.fahrenheit() == 212
        assert isinstance(t, Celsius) and Celsius(0).fahrenheit() == 32 and t + 1 == 101
        """,
        "class Celsius(float):\n    def fahrenheit(self): return 5\nt = Celsius(100)",
    ),
    Case(
        "subclass-of-list",
        """
        class Stack(list):
            def push(self, item): self.append(item)
            def peek(self): return self[-1]
            @property
            def size(self): return len(self)
        s = Stack()
        """,
        """
        s.push(1)
        s.push(2)
        assert s == [1, 2] and s.peek() == 2 and len(s) == 2 and s.size == 2
        assert isinstance(s, list) and isinstance(s, Stack) and 2 in s
        s.append(3)
        assert s.peek() == 3 and s.pop() == 3 and s.peek() == 2
        assert Stack([5]).peek() == 5
        """,
        "class Stack(list):\n    def push(self, item): self.insert(0, item)\ns = Stack()",
    ),
    Case(
        "subclass-of-dict",
        """
        class Folded(dict):
            def __getitem__(self, key): return super().__getitem__(key.lower())
            def __setitem__(self, key, value): super().__setitem__(key.lower(), value)
            def __contains__(self, key): return super().__contains__(key.lower())
        """,
        """
        d = Folded()
        d['KEY'] = 1
        assert d['Key'] == 1 and 'kEY' in d and d == {'key': 1} and isinstance(d, dict)
        """,
        "class Folded(dict):\n    pass",
    ),
    Case(
        "enumeration",
        """
        from enum import Enum, IntEnum, Flag, auto
        class Color(Enum):
            RED = 1
            GREEN = 2
            ROUGE = 1
            @property
            def nice(self): return self.name.title()
            @classmethod
            def default(cls): return cls.GREEN
            def __str__(self): return f'<{self.name}>'
        class Level(IntEnum):
            LOW = 1
            HIGH = 5
        class Right(Flag):
            READ = auto()
            WRITE = auto()
        def mix(c): return Color.GREEN if c is Color.RED else Color.RED
        """,
        """
        from enum import Enum
        assert issubclass(Color, Enum) and isinstance(Color.RED, Color)
        assert Color.RED.value == 1 and Color(2) is Color.GREEN and Color['RED'] is Color.RED
        assert [c.name for c in Color] == ['RED', 'GREEN'] and len(Color) == 2
        assert Color.ROUGE is Color.RED and 'ROUGE' in Color.__members__
        assert mix(Color.RED) is Color.GREEN and mix(Color.GREEN) == Color.RED
        assert Color.RED.nice == 'Red' and Color.default() is Color.GREEN
        assert str(Color.RED) == '<RED>'
        assert Level.HIGH == 5 and Level.LOW < Level.HIGH and max(Level) is Level.HIGH
        assert (Right.READ | Right.WRITE) & Right.READ
        """,
        "from enum import Enum\nclass Color(Enum):\n    RED = 2\n    GREEN = 1",
    ),
)


@params(*CASES)
def test_values(case: Case, answer: str, new_pair: Callable[[], Pair]) -> None:
    check(case, answer, new_pair)
