"""What a session does that a notebook's outputs alone do not show, or that a kernel does not do."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from course.grading.outputs import sane
from tests.grading.sessions.conftest import PATIENCE


def interrupted(session: Any, source: str) -> list[dict[str, Any]]:
    """Return the outputs of a cell that is interrupted while it runs."""
    running = session.folder / "running"
    session.start(f"open({str(running)!r}, 'w').close()\n{source}")
    while not running.exists():
        time.sleep(0.01)
    time.sleep(0.1)
    os.kill(session.pid, signal.SIGINT)
    running.unlink()
    return session.control.receive(PATIENCE)["outputs"]


def test_cells_have_the_numbers_they_are_given(session: Any) -> None:
    session.count = 6
    assert session.value("'a'") == "'a'"
    assert session.value("In[1:8], Out, _7") == "(['', '', '', '', '', '', \"'a'\"], {7: 'a'}, 'a')"


def test_both_streams_keep_their_order_around_what_is_flushed(session: Any) -> None:
    outputs = session.run(
        "import sys\nprint('a', flush=True)\nprint('b', file=sys.stderr, flush=True)\nprint('c')"
    )
    assert [(o["name"], o["text"]) for o in outputs] == [
        ("stdout", "a\n"),
        ("stderr", "b\n"),
        ("stdout", "c\n"),
    ]


def test_what_programs_print_stands_where_it_was_printed(session: Any) -> None:
    source = "import os\nprint('a')\nos.system('echo b')\nprint('c')\nos.write(1, b'd\\n');"
    assert session.text(source) == "a\nb\nc\nd\n"


def test_half_a_character_waits_for_the_other_half(session: Any) -> None:
    text = session.text("import os\nos.write(1, b'\\xc3')\nprint(end='')\nos.write(1, b'\\xa9');")
    assert text == "é"


def test_text_that_no_file_can_hold_is_shown_with_question_marks(session: Any) -> None:
    assert session.text("print('\\ud800 !')") == "? !\n"
    assert session.error("raise ValueError('\\ud800')")
    assert session.run("print(1)\n'\\ud800'")
    assert session.value("1 + 1") == "2"


def test_nothing_printed_between_two_cells_is_kept(session: Any) -> None:
    session.run(
        "import threading, time\ngo = threading.Event()\n"
        "threading.Thread(target=lambda: (go.wait(), print('lost'))).start()\n"
        "threading.Timer(0.2, go.set).start()"
    )
    time.sleep(0.5)
    assert session.text("print('kept')") == "kept\n"


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    pass",
        "import time\ntime.sleep(1000)",
        "import subprocess\nsubprocess.run(['sleep', '1000'])",
        "while True:\n    print('x' * 1000)",
        "while True:\n    display(1)",
        "import threading\nthreading.Event().wait()",
        "[x for x in iter(int, 1)]",
    ],
)
def test_an_interrupt_ends_a_cell(session: Any, source: str) -> None:
    assert interrupted(session, source)[-1]["ename"] == "KeyboardInterrupt"
    assert session.value("1 + 1") == "2"


def test_an_interrupt_cancels_what_a_cell_awaits(session: Any) -> None:
    outputs = interrupted(session, "import asyncio\nawait asyncio.sleep(1000)")
    assert outputs[-1]["ename"] == "CancelledError"
    assert session.value("1 + 1") == "2"


def test_an_interrupt_between_two_cells_does_nothing(session: Any) -> None:
    session.run("x = 1")
    for _ in range(20):
        os.kill(session.pid, signal.SIGINT)
    assert session.value("x") == "1"


def test_a_cell_that_ignores_interrupts_does_so_for_itself_only(session: Any) -> None:
    session.run("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)")
    assert interrupted(session, "while True:\n    pass")[-1]["ename"] == "KeyboardInterrupt"


class TestLimits:
    def test_text_is_cut_with_a_line_that_says_so(self, forked: Any) -> None:
        forked.begin(output_kb=8)
        (output,) = forked.run("for n in range(10_000):\n    print(n)")
        assert output["text"].startswith("0\n1\n2\n")
        assert output["text"].endswith("was too long and is left out.]\n")
        assert len(output["text"]) < 8 << 10
        assert forked.text("print('next')") == "next\n"

    @pytest.mark.parametrize(
        "source",
        [
            "while True:\n    print('x' * 1000)",
            "while True:\n    print('x' * 10_000_000)",
            "import os\nwhile True:\n    os.write(2, b'x' * 1000)",
            "import subprocess\nsubprocess.run(['yes'])",
            "import sys\nwhile True:\n    sys.stdout.write('x'); sys.stdout.flush()",
            "while True:\n    display('x' * 1000)",
            "while True:\n    display('x', display_id='a'); clear_output()",
            "import ipywidgets\nout = ipywidgets.Output()\n"
            "with out:\n    while True:\n        print('x' * 1000, flush=True)",
            "import threading\n"
            "def shout():\n    while True:\n        print(1)\n"
            "for _ in range(4):\n    threading.Thread(target=shout, daemon=True).start()\nshout()",
        ],
    )
    def test_endless_output_costs_no_memory(self, forked: Any, source: str) -> None:
        forked.begin(output_kb=64)
        forked.run("from IPython.display import display, clear_output\nprint(1)")
        before = forked.memory()
        forked.start(source)
        highest = before
        for _ in range(10):
            time.sleep(0.1)
            highest = max(highest, forked.memory())
        os.kill(forked.pid, signal.SIGINT)
        outputs = forked.control.receive(PATIENCE)["outputs"]
        assert highest - before < 60 << 20
        assert len(str(outputs)) < 64 << 13

    @pytest.mark.parametrize(
        "before",
        [
            "print('x' * 100_000)",
            "for n in range(3000):\n    display(n)",
            "import sys\nfor n in range(3000):\n    print(n, flush=True)\n"
            "    print(n, file=sys.stderr, flush=True)",
            "from IPython.display import HTML\ndisplay(HTML('x' * 1_000_000))",
            "error = KeyError, KeyError('k' * 999), None\n"
            "for n in range(50):\n    get_ipython().showtraceback(error)",
        ],
    )
    def test_no_output_is_so_long_that_what_the_cell_ends_with_is_left_out(
        self, forked: Any, before: str
    ) -> None:
        forked.begin(output_kb=16)
        outputs = forked.run(f"{before}\nassert False, 'the end'")
        for kept in (outputs, sane(outputs, 16 << 10)):
            assert (kept[-1]["ename"], kept[-1]["evalue"]) == ("AssertionError", "the end")
        outputs = forked.run(f"{before}\n0.5")
        for kept in (outputs, sane(outputs, 16 << 10)):
            assert kept[-1]["data"]["text/plain"] == "0.5"

    def test_what_a_cell_cleared_counts_for_nothing(self, forked: Any) -> None:
        forked.begin(output_kb=16)
        forked.run("from IPython.display import clear_output")
        outputs = forked.run(
            "for step in range(2000):\n    clear_output(wait=True)\n    print('x' * 1000)\n"
            "    display(step)"
        )
        assert [o["output_type"] for o in outputs] == ["stream", "display_data"]
        assert outputs[1]["data"]["text/plain"] == "1999"

    def test_an_endless_error_is_cut_and_still_an_error(self, forked: Any) -> None:
        forked.begin(output_kb=16)
        error = forked.run("raise ValueError('x' * 10_000_000)")[-1]
        assert error["ename"] == "ValueError"
        assert len(str(error)) < 16 << 10

    def test_an_error_shown_where_nobody_sees_it_is_an_output_all_the_same(
        self, session: Any
    ) -> None:
        session.run("from ipywidgets import Output\nout = Output()\nout")
        outputs = session.run("out.__enter__()\nassert False, 'hidden'")
        assert [o.get("ename") for o in outputs] == ["AssertionError"]


class TestBroken:
    """A learner's code may break its own interpreter, as long as it breaks nothing else."""

    @pytest.mark.parametrize(
        "source",
        [
            "import builtins\n"
            "for name in ('print', 'len', 'isinstance', 'str', 'open', 'getattr'):\n"
            "    setattr(builtins, name, None)",
            "get_ipython().run_cell_async = None",
            "get_ipython().showtraceback = lambda *_, **__: 1 / 0\n1 / 0",
            "get_ipython().events.trigger = None",
            "get_ipython().display_pub = None\nget_ipython().displayhook = None",
            "get_ipython().user_ns.clear()\n1",
            "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
            "import sys\ndel sys.stdout",
            "import sys\nsys.modules.clear()",
            "import os\nos.closerange(0, 200)",
            "import sys\nsys.settrace(lambda *_: 1 / 0)",
            "import sys\nsys.setrecursionlimit(30)",
            "class Odd(Exception):\n    def __str__(self): raise Odd\nraise Odd",
            "import threading\nthreading.Thread.start = None",
            "import json\njson.dumps = json.loads = None\n1",
            "import asyncio\nasyncio.get_running_loop().close()",
            "import asyncio\nasyncio.get_running_loop().stop()",
            "import signal\nsignal.signal = None",
        ],
    )
    def test_others_go_on(self, fork: Any, tmp_path: Path, source: str) -> None:
        broken, other = fork(tmp_path), fork(tmp_path)
        for session in (broken, other):
            session.begin()
        broken.start(source)
        broken.control.send({"op": "run", "index": 1, "source": "1 + 1", "count": 2})
        broken.control.send({"op": "end"})
        assert broken.gone()
        assert other.value("1 + 1") == "2"
        broken.close()
        other.close()

    @pytest.mark.parametrize(
        "source",
        [
            "import sys\nsys.stdout = None",
            "import sys\ndel sys.stdout, sys.stderr",
            "import sys\nsys.stdout.close()",
            "import asyncio\nasyncio.set_event_loop(None)",
            "import builtins\nbuiltins.input = lambda *_: 'yes'",
            "import os\nos.chdir('/')",
            "class Odd(Exception):\n    def __str__(self): raise Odd\nraise Odd",
        ],
    )
    def test_the_next_cell_finds_what_it_needs(self, session: Any, source: str) -> None:
        session.run(source)
        assert session.text("print('next')") == "next\n"
        assert session.error("input()") == "StdinNotImplementedError"
        assert session.value("import asyncio\nawait asyncio.sleep(0, 'awaited')") == "'awaited'"

    def test_an_error_that_cannot_be_told_is_an_error(self, session: Any) -> None:
        source = "class Odd(Exception):\n    def __str__(self): raise self\nraise Odd"
        assert session.error(source) == "Odd"


def test_exit_ends_the_session_after_its_cell(session: Any) -> None:
    assert session.text("print('last words')\nexit()") == "last words\n"
    assert session.gone()


def test_an_interpreter_that_ends_itself_is_gone(session: Any) -> None:
    session.start("import os\nos._exit(3)")
    assert session.gone()


def test_two_forks_share_no_names_and_no_random_numbers(fork: Any, tmp_path: Path) -> None:
    drawn = set()
    for _ in range(2):
        session = fork(tmp_path)
        session.begin()
        assert session.error("left") == "NameError"
        session.run("left = 1")
        drawn.add(session.value("import random\nrandom.random()"))
        session.close()
    assert len(drawn) == 2


def test_a_background_process_does_not_keep_a_cell(session: Any) -> None:
    session.run("import subprocess\nchild = subprocess.Popen(['sleep', '1000'])")
    assert session.value("child.poll() is None") == "True"
