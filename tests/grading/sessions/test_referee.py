"""The referee as the lane has it: its answers, its files, and a learner's side that fails it."""

import re
import signal
import time
from collections.abc import Callable

import pytest

from tests.grading.remote import conftest
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel
fork, new_pair, pair = conftest.fork, conftest.new_pair, conftest.pair


def test_a_cell_is_answered_as_in_a_notebook(pair: Pair) -> None:
    pair.learner("x = 2")
    ran = pair.test("print('so')\nx * 2")
    assert [output["output_type"] for output in ran.outputs] == ["stream", "execute_result"]
    assert ran.outputs[1]["execution_count"] == 2
    assert ran.value == "4"


def test_what_the_learners_code_shows_is_shown(pair: Pair) -> None:
    pair.learner("def f():\n    print('hi')\n    display({'a': 1})\n    return 3")
    ran = pair.test("f()")
    assert ran.stdout == "hi\n"
    assert [o["data"]["text/plain"] for o in ran.outputs if "data" in o] == ["{'a': 1}", "3"]


def test_what_is_drawn_for_a_test_is_shown_at_its_end(pair: Pair) -> None:
    pair.learner(
        "import matplotlib.pyplot as plt\ndef draw():\n    plt.plot([1, 2])\n    return plt.gca()"
    )
    ran = pair.test("print(len(draw().lines))\n7")
    assert [o["output_type"] for o in ran.outputs] == ["stream", "execute_result", "display_data"]
    assert "image/png" in ran.outputs[2]["data"]
    assert ran.value == "7"
    assert pair.test("8").outputs[1:] == []
    own = pair.test("import matplotlib.pyplot as plt\nax = plt.subplots()[1]\nassert not ax.lines")
    assert [o["output_type"] for o in own.outputs] == ["display_data"]
    assert pair.test("draw()\nplt.close()\n1").outputs[1:] == []


def test_a_learners_result_is_never_the_tests(pair: Pair) -> None:
    pair.learner("def f():\n    from IPython import get_ipython\n    get_ipython().run_cell('100')")
    assert pair.test("f()\n1").value == "1"


def test_an_error_shows_the_test_and_the_learners_lines(pair: Pair) -> None:
    pair.learner("def outer(x):\n    return inner(x)\n\ndef inner(x):\n    return 1 / x")
    ran = pair.test("assert outer(1) == 1\nouter(0)")
    assert (ran.error, ran.message) == ("ZeroDivisionError", "division by zero")
    text = ran.traceback
    assert "Cell In[2], line 2" in _plain(text)
    assert "Cell In[1], line 5, in inner\n    return 1 / x" in _plain(text)
    assert "grading" not in text


def test_a_cell_that_needs_nothing_runs_without_a_learner(pair: Pair) -> None:
    pair.learner("def f(): return 1\ndef die():\n    import os\n    os._exit(3)")
    assert pair.test("assert f() == 1").passed
    ran = pair.test("die()")
    assert ran.error == "LearnerGoneError"
    assert "has ended" in ran.message
    assert pair.test("assert f() == 1").error == "LearnerGoneError"
    assert pair.test("mine = 5\nassert sum([mine, 1]) == 6\nimport json").passed


def test_a_learners_side_that_ends_between_cells(pair: Pair) -> None:
    pair.learner("def f(): return 1")
    pair.signal("learner", signal.SIGKILL)
    assert pair.test("x = 1\nx").value == "1"
    assert pair.test("f()").error == "LearnerGoneError"


def test_an_interrupt_ends_both(pair: Pair) -> None:
    pair.learner("def loop():\n    while True: pass\ndef f(): return 1")
    pair.start("referee", "loop()")
    time.sleep(0.5)
    for role in ("learner", "referee"):
        pair.signal(role, signal.SIGINT)
    assert pair.finish("referee").error == "KeyboardInterrupt"
    assert pair.test("assert f() == 1").passed


def test_an_interrupt_of_the_referee_alone_stops_the_learners_code(pair: Pair) -> None:
    pair.learner(
        "def loop(f):\n    while True:\n        if f: f()\ndef f(): return 1\ncount = [0]\n"
        "def busy():\n    while True: count[0] += 1"
    )
    for call in ("loop(None)", "loop(lambda: None)", "busy()"):
        pair.start("referee", call)
        time.sleep(0.5)
        pair.signal("referee", signal.SIGINT)
        assert pair.finish("referee").error == "KeyboardInterrupt"
        assert pair.test("assert f() == 1").passed
    assert pair.learner("1 + 1").value == "2"


def test_what_does_not_stop_is_given_up(pair: Pair) -> None:
    pair.learner(
        "def loop():\n    while True:\n        try:\n            while True: print(end='')\n"
        "        except BaseException: pass\ndef f(): return 1"
    )
    pair.start("referee", "loop()")
    time.sleep(0.5)
    pair.signal("referee", signal.SIGINT)
    assert pair.finish("referee").error == "KeyboardInterrupt"
    pair.start("referee", "f()")
    ran = pair.finish("referee")
    assert ran.error == "LearnerGoneError"
    assert "did not stop" in ran.message


def test_files_of_the_instructors_are_the_instructors(new_pair: Callable[[], Pair]) -> None:
    pair = new_pair()
    files = {"mine.txt": b"mine", "answers.json": b"{}", "data.csv": b"theirs"}
    pair.begin(files=files, given={"data.csv": b"given"}, pinned=["answers.json"])
    pair.learner(
        "import pathlib\n"
        "for name in ('data.csv', 'answers.json', 'new.txt', 'sub/new.txt'):\n"
        "    path = pathlib.Path(name)\n"
        "    path.parent.mkdir(exist_ok=True)\n"
        "    path.write_text('changed')\n"
        "def change():\n"
        "    pathlib.Path('data.csv').write_text('again')\n"
        "    pathlib.Path('answers.json').unlink()\n"
        "    pathlib.Path('late.txt').write_text('late')\n"
    )
    names = ("mine.txt", "data.csv", "answers.json", "new.txt", "sub/new.txt")
    read = f"[open(n).read() for n in {names}]"
    ran = pair.test(read)
    assert ran.value == "['mine', 'given', '{}', 'changed', 'changed']"
    ran = pair.test(f"change()\n{read} + [open('late.txt').read()]")
    assert ran.value == "['mine', 'given', '{}', 'changed', 'changed', 'late']"


def test_nothing_is_imported_from_the_folder(new_pair: Callable[[], Pair]) -> None:
    pair = new_pair()
    evil = b"import pathlib, os\npathlib.Path('ran.txt').write_text(str(os.getpid()))\nx = 1\n"
    pair.begin(files={"evil.py": evil, "statistics.py": evil, "sitecustomize.py": evil})
    ran = pair.test(
        "import sys; sys.path.insert(0, '.')\n"
        "import evil, statistics\nassert evil.x == 1 and statistics.mean([1, 3]) == 2\n"
        "open('ran.txt').read()"
    )
    assert ran.value == repr(str(pair.pids["learner"])), ran.traceback


def test_a_locked_cell_may_use_what_it_computes(pair: Pair) -> None:
    pair.setup("base = 10\ndef scaled(x, by=base): return x * by\n%matplotlib inline\nscaled(1)")
    pair.learner("def f(): return scaled(2)\ndef scaled(x): return 0")
    assert pair.test("assert f() == 0 and scaled(2) == 20").passed


@pytest.mark.parametrize(
    "test",
    [
        "exec(open('evil.py').read())",
        "eval(text)",
        "eval(compile(text, '', 'eval'))",
        "import ast; exec(compile(ast.parse(text), '', 'exec'))",
        "%run evil.py",
        "import runpy; runpy.run_path('evil.py')",
        "import subprocess, sys; subprocess.run([sys.executable, 'evil.py'])",
        "!python evil.py",
        "out = !python evil.py",
        "%%bash\npython evil.py",
        "import os; os.system('python ./evil.py')",
        "import pickle; pickle.load(open('evil.pkl', 'rb'))",
        "import pandas as pd; pd.read_pickle('evil.pkl')",
        "import pandas as pd; pd.DataFrame({'a': [1]}).query(query)",
        "import doctest; doctest.run_docstring_examples(f, globals())",
        "from importlib.machinery import SourceFileLoader as L; L('m', 'evil.py').load_module()",
    ],
)
def test_what_would_run_the_learners_code_here_does_not(
    new_pair: Callable[[], Pair],
    test: str,
) -> None:
    pair = new_pair()
    pair.begin(files={"evil.py": b"import builtins; builtins.ran = True"})
    ran = pair.learner(
        """
text = '__import__("builtins").__setattr__("ran", True)'
query = '@__builtins__.exec(@text)'
class Evil:
    def __reduce__(self): return exec, ('import builtins; builtins.ran = True',)
import pickle
with open('evil.pkl', 'wb') as file: pickle.dump(Evil(), file)
def f():
    '''
    >>> import builtins; builtins.ran = True
    '''
"""
    )
    assert ran.passed, ran.traceback
    ran = pair.test(test)
    assert ran.problem == "unsupported", ran.traceback
    assert pair.test("import builtins; hasattr(builtins, 'ran')").value == "False"


def test_what_a_test_may_evaluate(new_pair: Callable[[], Pair]) -> None:
    pair = new_pair()
    pair.begin(given={"tool.py": b"print('tool')"})
    pair.learner("def task1(): return 1\ndef task2(x): return [2, x]\nexpr = '2 * 3 + 1'")
    ran = pair.test(
        r"""
for i in (1, 2): assert eval(f'task{i}') is globals()[f'task{i}']
assert eval('task1() + 1') == 2 and eval(f'task{2}({5})') == [2, 5] and eval(expr) == 7
exec('y = 5; z = y + 1'); assert z == 6
x = 1; assert (lambda: eval('x + z'))() == 7
exec(compile('w = 3', '', 'exec')); assert w == 3
import ast, inspect
assert ast.parse(inspect.getsource(task1)).body[0].name == 'task1'
import pandas as pd, numpy as np, pickle, subprocess, sys
limit = 1; df = pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})
assert df.query('a > @limit')['b'].tolist() == ['y'] and df.eval('a + 1').sum() == 5
df.to_pickle('x.pkl'); assert pd.read_pickle('x.pkl').equals(df)
data = {'a': np.arange(3), 'when': pd.Timestamp('2024'), 's': {1, 2}}
assert pickle.loads(pickle.dumps(data))['when'].year == 2024
run = [sys.executable, '-c', 'print(1)']
assert subprocess.run(run, capture_output=True).stdout == b'1\n'
assert subprocess.run([sys.executable, 'tool.py'], capture_output=True).stdout == b'tool\n'
"""
    )
    assert ran.passed, f"{ran.traceback}\n{ran.reason}"


def test_a_submitted_package_is_imported(new_pair: Callable[[], Pair]) -> None:
    pair = new_pair()
    files = {
        "shop/__init__.py": b"name = 'shop'",
        "shop/cart.py": b"from shop import name\ndef where(): return name + '/cart'",
        "src/tools.py": b"def tool(): return 'tool'",
    }
    pair.begin(files=files, given={"src/given.py": b"from tools import tool\nx = 1"})
    ran = pair.test(
        "import shop, shop.cart\nfrom shop.cart import where\nassert shop.name == 'shop'\n"
        "assert where() == shop.cart.where() == 'shop/cart'\n"
        "import sys; sys.path.append('src')\nimport tools, given\n"
        "assert tools.tool() == given.tool() == 'tool' and given.x == 1"
    )
    assert ran.passed, ran.traceback


def test_a_submitted_file_is_imported_by_its_path(new_pair: Callable[[], Pair]) -> None:
    pair = new_pair()
    pair.begin(files={"evil.py": b"import os\npid = os.getpid()\ndef f(): return 4"})
    ran = pair.test(
        "import importlib.util as u\nspec = u.spec_from_file_location('mine', './evil.py')\n"
        "mine = u.module_from_spec(spec); spec.loader.exec_module(mine)\n"
        "assert mine.f() == 4\nmine.pid"
    )
    assert ran.value == str(pair.pids["learner"]), ran.traceback


@pytest.mark.parametrize(
    ("learner", "test", "reason"),
    [
        (
            "class Animal: pass",
            "class Dog(Animal): pass",
            "makes a subclass",
        ),
        (
            "def use(db): return db.execute('select 1').fetchone()",
            "import sqlite3\nuse(sqlite3.connect(':memory:'))",
            "Connection",
        ),
        ("def f(): pass", "f.__globals__", "names around"),
        ("import cmath as np", "np.array([1])", "numpy"),
        (
            "class Deck:\n    def __contains__(s, c): return True\ndef f(): return Deck()",
            "assert 'ace' in f()",
            "looks for",
        ),
    ],
)
def test_what_cannot_be_done_is_said(pair: Pair, learner: str, test: str, reason: str) -> None:
    pair.learner(learner)
    ran = pair.test(test)
    assert ran.problem == "unsupported"
    assert reason in ran.reason
    assert pair.test("1").problem == ""


def test_what_a_test_catches_is_said_as_well(pair: Pair) -> None:
    pair.learner("class Animal: pass")
    ran = pair.test("try:\n    class Dog(Animal): pass\nexcept Exception: score = 0\nscore")
    assert (ran.value, ran.problem) == ("0", "unsupported")


def test_a_doubt_counts_where_the_cell_failed(pair: Pair) -> None:
    pair.learner("class P:\n    def __init__(s, x): s.x = x\n    def __eq__(s, o): return s.x == o")
    assert pair.test("assert P(1) == 1").problem == "unsupported"
    assert pair.test("assert P(1) != 1").passed
    ran = pair.test("assert P(1) != 1\nassert P(1).x == 2")
    assert (ran.error, ran.problem) == ("AssertionError", "")


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
