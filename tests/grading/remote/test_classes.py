"""Classes of the learner's, and their instances."""

from collections.abc import Callable

import pytest

from tests.grading.remote.cases import Case, check, params
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

CASES = (
    Case(
        "account",
        """
        class Account:
            "A bank account."
            rate = 0.05
            made = 0
            def __init__(self, owner, balance=0):
                self.owner, self._balance, self.log = owner, balance, []
                self.__pin = 1234
                Account.made += 1
            @property
            def balance(self): return self._balance
            @balance.setter
            def balance(self, value):
                if value < 0: raise ValueError('negative')
                self._balance = value
            def deposit(self, amount, *, note=''):
                self._balance += amount
                self.log.append((amount, note))
                return self
            @classmethod
            def open(cls, owner): return cls(owner, 10)
            @staticmethod
            def valid(name): return name.istitle()
        """,
        """
        import inspect
        a = Account('Ann', 5)
        assert a.owner == 'Ann' and a.balance == 5 and a.rate == 0.05
        assert a.deposit(3, note='gift') is a and a.balance == 8 and a.log == [(3, 'gift')]
        a.log.append('x'); a.deposit(1); assert a.log == [(3, 'gift'), 'x', (1, '')]
        a.balance = 20; assert a._balance == 20
        try: a.balance = -1
        except ValueError as e: assert str(e) == 'negative'
        else: raise AssertionError
        a.owner = 'Bo'; a.new = [1]; a.new.append(2); assert a.owner == 'Bo' and a.new == [1, 2]
        del a.new; assert not hasattr(a, 'new') and hasattr(a, 'deposit')
        assert getattr(a, 'nothing', 7) == 7 and a._Account__pin == 1234
        try: a.nothing
        except AttributeError as e: assert "'Account' object has no attribute 'nothing'" in str(e)
        assert Account.open('Cy').balance == 10 and Account.valid('Ann') and Account.made == 2
        assert isinstance(a, Account) and type(a) is Account and type(a).__name__ == 'Account'
        assert a.__class__ is Account and a.__class__.__name__ == 'Account' and Account.__name__ == 'Account'
        assert Account.__doc__ == 'A bank account.' and inspect.isclass(Account) and callable(Account)
        assert 'deposit' in dir(a) and set(vars(a)) >= {'owner', '_balance'} and a.__dict__['owner'] == 'Bo'
        assert 'deposit' in Account.__dict__ and 'deposit' in vars(Account) and not isinstance(a, str)
        assert list(inspect.signature(Account).parameters) == ['owner', 'balance']
        assert list(inspect.signature(a.deposit).parameters) == ['amount', 'note']
        Account.rate = 0.1; assert a.rate == 0.1
        setattr(a, 'age', 3); assert a.age == 3
        """,
        """
        class Account:
            def __init__(self, owner, balance=0): self.owner, self.balance = owner, balance
        """,
    ),
    Case(
        "operators",
        """
        import functools
        class Vector:
            def __init__(self, x, y): self.x, self.y = x, y
            def __add__(self, o): return Vector(self.x + o.x, self.y + o.y)
            def __mul__(self, k): return Vector(self.x * k, self.y * k)
            __rmul__ = __mul__
            def __neg__(self): return self * -1
            def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
            def __eq__(self, o): return isinstance(o, Vector) and (self.x, self.y) == (o.x, o.y)
            def __hash__(self): return hash((self.x, self.y))
            def __bool__(self): return bool(self.x or self.y)
            def __repr__(self): return f'Vector({self.x}, {self.y})'
            def __str__(self): return f'<{self.x},{self.y}>'
            def __format__(self, spec): return format(self.x, spec)
            def __iter__(self): return iter((self.x, self.y))
            def __getitem__(self, i): return (self.x, self.y)[i]
            def __iadd__(self, o): self.x += o.x; return self
            def __matmul__(self, o): return self.x * o.x + self.y * o.y
            def __float__(self): return float(self.x)
            def __round__(self, n=0): return Vector(round(self.x, n), round(self.y, n))
        @functools.total_ordering
        class Money:
            def __init__(self, n): self.n = n
            def __eq__(self, o): return isinstance(o, Money) and self.n == o.n
            def __lt__(self, o): return self.n < (o.n if isinstance(o, Money) else o)
            def __radd__(self, o): return Money(self.n + (o.n if isinstance(o, Money) else o))
            def __add__(self, o): return self.__radd__(o)
        """,
        """
        a, b = Vector(1, 2), Vector(3, 4)
        assert a + b == Vector(4, 6) and a != b and not a == b
        assert a * 3 == Vector(3, 6) and 3 * a == Vector(3, 6) and -a == Vector(-1, -2)
        assert abs(b) == 5 and abs(b * 2) == 10 and a @ b == 11
        assert bool(a) and not Vector(0, 0) and len({a, Vector(1, 2), b}) == 2
        assert repr(a) == 'Vector(1, 2)' and str(a) == '<1,2>' and f'{a}' and f'{a:.2f}' == '1.00'
        x, y = a
        assert (x, y) == (1, 2) and a[1] == 2 and a[:1] == (1,) and list(b) == [3, 4] and tuple(a) == (1, 2)
        c = Vector(1, 1); d = c; c += b; assert c is d and c.x == 4
        assert float(b) == 3.0 and round(Vector(1.26, 2), 1) == Vector(1.3, 2)
        assert a in [b, Vector(1, 2)] and [a, b].index(b) == 1 and {a: 'a'}[Vector(1, 2)] == 'a'
        assert a != (1, 2) and a != 1 and not a == None
        purse = [Money(3), Money(1), Money(2)]
        assert [m.n for m in sorted(purse)] == [1, 2, 3] and max(purse).n == 3 and min(purse).n == 1
        assert sum(purse).n == 6 and Money(1) < Money(2) and Money(2) >= Money(2) and Money(5) > 3
        """,
        """
        class Vector:
            def __init__(self, x, y): self.x, self.y = x, y
            def __add__(self, o): return Vector(0, 0)
            def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
        """,
    ),
    Case(
        "containers",
        """
        class Shelf:
            def __init__(self, *books): self.books = list(books)
            def __len__(self): return len(self.books)
            def __getitem__(self, i): return Shelf(*self.books[i]) if isinstance(i, slice) else self.books[i]
            def __setitem__(self, i, book): self.books[i] = book
            def __delitem__(self, i): del self.books[i]
            def __contains__(self, book): return book.lower() in [b.lower() for b in self.books]
            def __iter__(self):
                for b in self.books: yield b
            def __reversed__(self): return reversed(self.books)
            def __call__(self, n): return self.books[n].upper()
        class Countdown:
            def __init__(self, n): self.n = n
            def __iter__(self): return self
            def __next__(self):
                if self.n <= 0: raise StopIteration
                self.n -= 1
                return self.n
        """,
        """
        from collections.abc import Iterable, Sized, Callable, Iterator, Hashable
        s = Shelf('Emma', 'Ulysses')
        assert len(s) == 2 and s[0] == 'Emma' and s[-1] == 'Ulysses' and len(s[0:1]) == 1
        s[1] = 'Dune'; assert list(s) == ['Emma', 'Dune'] and [b for b in s] == ['Emma', 'Dune']
        assert 'emma' in s and 'x' not in s and list(reversed(s)) == ['Dune', 'Emma']
        del s[0]; assert s.books == ['Dune'] and s(0) == 'DUNE' and not Shelf() and sorted(s) == ['Dune']
        try: s[9]
        except IndexError: pass
        else: raise AssertionError
        assert list(Countdown(3)) == [2, 1, 0] and next(Countdown(9)) == 8 and sum(Countdown(4)) == 6
        assert isinstance(s, Iterable) and isinstance(s, Sized) and callable(s)
        assert isinstance(Countdown(1), Iterator) and not isinstance(Countdown(1), Sized)
        assert hasattr(s, '__len__') and not hasattr(Countdown(1), '__len__')
        """,
        "class Shelf:\n    def __init__(self, *books): self.books = list(books)",
    ),
    Case(
        "inheritance",
        """
        from abc import ABC, abstractmethod
        class Shape(ABC):
            @abstractmethod
            def area(self): ...
            def describe(self): return f'{type(self).__name__} of {self.area()}'
        class Square(Shape):
            def __init__(self, side): self.side = side
            def area(self): return self.side ** 2
        class Cube(Square):
            def area(self): return 6 * super().area()
        class Broken(Shape): pass
        """,
        """
        from abc import ABC
        import inspect
        assert issubclass(Square, Shape) and issubclass(Cube, Square) and issubclass(Shape, ABC)
        assert isinstance(Cube(1), Shape) and not isinstance(Square(1), Cube)
        assert Cube(2).describe() == 'Cube of 24' and Square(3).area() == 9
        for cls in (Shape, Broken):
            try: cls()
            except TypeError as e: assert "Can't instantiate abstract class" in str(e)
            else: raise AssertionError
        assert inspect.isabstract(Shape) and Cube.__mro__[1] is Square and Cube.__bases__ == (Square,)
        assert Square.area is not Cube.area and 'area' in Square.__dict__ and 'describe' not in Square.__dict__
        assert Shape.__abstractmethods__ == frozenset({'area'})
        """,
        """
        class Shape:
            def area(self): return 0
        class Square(Shape): pass
        class Cube(Square): pass
        class Broken(Shape): pass
        """,
    ),
    Case(
        "dataclasses",
        """
        from dataclasses import dataclass, field
        @dataclass
        class Item:
            name: str
            price: float = 1.0
            tags: list = field(default_factory=list)
            def total(self, n): return n * self.price
        @dataclass(frozen=True, order=True)
        class Version:
            major: int
            minor: int = 0
        """,
        """
        import dataclasses
        from dataclasses import FrozenInstanceError
        i = Item('pen', 2.0)
        assert i == Item('pen', 2.0) and i != Item('pen') and i.total(3) == 6 and i.tags == []
        i.tags.append('new'); assert i.tags == ['new']
        assert dataclasses.is_dataclass(Item) and dataclasses.is_dataclass(i)
        assert [f.name for f in dataclasses.fields(Item)] == ['name', 'price', 'tags']
        assert dataclasses.fields(i)[1].default == 1.0 and dataclasses.fields(Item)[0].type is str
        assert dataclasses.asdict(i) == {'name': 'pen', 'price': 2.0, 'tags': ['new']}
        assert dataclasses.astuple(Version(1, 2)) == (1, 2)
        assert repr(Version(1)) == 'Version(major=1, minor=0)'
        assert Version(1, 2) < Version(2) and sorted([Version(2), Version(1)])[0] == Version(1)
        assert len({Version(1), Version(1)}) == 1
        try: Version(1).major = 2
        except FrozenInstanceError: pass
        else: raise AssertionError
        assert dataclasses.replace(i, price=5.0).price == 5.0
        match Version(3, 4):
            case Version(major=3, minor=m): assert m == 4
            case _: raise AssertionError
        """,
        "class Item:\n    def __init__(self, name, price=1.0): pass\nclass Version: pass",
    ),
    Case(
        "special-uses",
        """
        class Singleton:
            _one = None
            def __new__(cls):
                if cls._one is None: cls._one = super().__new__(cls)
                return cls._one
        class Node:
            def __init__(self, value, next=None): self.value, self.next = value, next
        def build(*values):
            head = None
            for v in reversed(values): head = Node(v, head)
            return head
        def reverse(head):
            before = None
            while head: head.next, before, head = before, head, head.next
            return before
        class Lazy:
            def __getattr__(self, name): return f'no {name}' if not name.startswith('__') else object.__getattribute__(self, name)
        class Slotted:
            __slots__ = ('x',)
        class Meta(type):
            registry = []
            def __new__(m, name, bases, body):
                cls = super().__new__(m, name, bases, body)
                m.registry.append(name)
                return cls
        class Plugin(metaclass=Meta): pass
        class Positive:
            def __set_name__(self, owner, name): self.name = '_' + name
            def __get__(self, obj, owner=None): return getattr(obj, self.name)
            def __set__(self, obj, value):
                if value <= 0: raise ValueError(f'{value} is not positive')
                setattr(obj, self.name, value)
        class Order:
            quantity = Positive()
            def __init__(self, q): self.quantity = q
        """,
        """
        assert Singleton() is Singleton()
        head = build(1, 2, 3); first = head
        assert head.next.next.value == 3 and head.next.next.next is None
        head = reverse(head)
        assert head.value == 3 and head.next.next is first and first.next is None
        assert Lazy().anything == 'no anything'
        s = Slotted(); s.x = 1
        try: s.y = 2
        except AttributeError: pass
        else: raise AssertionError
        assert Meta.registry == ['Plugin'] and Plugin.__name__ == 'Plugin'
        assert Order(3).quantity == 3
        try: Order(-1)
        except ValueError as e: assert str(e) == '-1 is not positive'
        else: raise AssertionError
        n = Node(5); assert n == n and n != Node(5) and n in [n] and hash(n) == hash(n)
        """,
        "class Singleton: pass\nclass Node: pass\ndef build(*v): return None",
    ),
    Case(
        "copies",
        "class Box:\n    def __init__(self): self.items = [1]\nb = Box()",
        """
        import copy
        c, d = copy.copy(b), copy.deepcopy(b)
        b.items.append(2)
        assert c.items == [1, 2] and d.items == [1] and isinstance(c, Box) and c is not b
        """,
        "class Box:\n    def __init__(self): self.items = (1,)\nb = Box()",
    ),
    Case(
        "from-a-function",
        """
        class _Car:
            def __init__(self, make): self.make = make
            def honk(self, times=1): return 'beep' * times
        def build(make): return _Car(make)
        cars = [build('A'), build('B')]
        """,
        """
        car = build('VW')
        assert car.make == 'VW' and car.honk(2) == 'beepbeep' and type(car).__name__ == '_Car'
        assert [c.make for c in cars] == ['A', 'B'] and cars[0] is cars[0]
        """,
        "def build(make): return None",
    ),
    Case(
        "of-a-given-module",
        """
        import shop
        def cheapest(items): return min(items, key=lambda item: item.price)
        def stock(): return shop.Item('pen', 2)
        def label(item): item.name += '!'; return isinstance(item, shop.Item)
        def record(r): return r.n * 2, r
        def bump(ns): ns.n += 1
        """,
        """
        import shop, types
        from course.cases import dice
        from dataclasses import is_dataclass
        assert cheapest([shop.Item('a', 3), shop.Item('b', 1)]) == shop.Item('b', 1)
        assert stock() == shop.Item('pen', 2) and isinstance(stock(), shop.Item)
        item = shop.Item('c', 1); assert label(item) and item.name == 'c!'
        space = types.SimpleNamespace(n=1); bump(space); assert space == types.SimpleNamespace(n=2)
        assert shop.helper(2) == 4
        """,
        "def cheapest(items): return items[0]",
        given={
            "shop.py": b"from dataclasses import dataclass\ndef helper(x): return 2 * x\n"
            b"@dataclass\nclass Item:\n    name: str\n    price: float\n"
        },
    ),
    Case(
        "of-a-locked-cell",
        """
        class Square(Shape):
            def __init__(self, side): self.side = side
            def area(self): return self.side ** 2
        def make(x): return Point(x, x)
        def flip(p): p.x, p.y = p.y, p.x
        def reverse(head):
            before = None
            while head: head.next, before, head = before, head, head.next
            return before
        def is_point(p): return isinstance(p, Point)
        def best(): return Level.HIGH
        """,
        """
        assert isinstance(Square(2), Shape) and issubclass(Square, Shape)
        assert Square(3).describe() == 'area 9'
        assert make(1) == Point(1, 1) and type(make(1)) is Point and make(2).norm() == 8 ** 0.5
        p = Point(1, 2); flip(p); assert p == Point(2, 1) and is_point(p)
        nodes = Node(0)
        for i in range(1, 200): nodes = Node(i, nodes)
        back = reverse(nodes)
        assert back.value == 0 and back.next.value == 1 and nodes.next is None
        assert best() is Level.HIGH and helper(3) == 6
        """,
        "class Square: pass\ndef make(x): return (x, x)",
        setup="""
        from abc import ABC, abstractmethod
        from dataclasses import dataclass
        from enum import Enum
        class Shape(ABC):
            @abstractmethod
            def area(self): ...
            def describe(self): return f'area {self.area()}'
        @dataclass
        class Point:
            x: int
            y: int
            def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
        class Node:
            def __init__(self, value, next=None): self.value, self.next = value, next
        class Level(Enum):
            LOW, HIGH = 1, 2
        def helper(x): return x * 2
        """,
    ),
)


@params(*CASES)
def test_classes(case: Case, answer: str, new_pair: Callable[[], Pair]) -> None:
    check(case, answer, new_pair)
