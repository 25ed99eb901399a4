"""Any history of two open notebooks, full disks and foreign hands: no answer is lost."""

import errno
import itertools
import json
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from course.answers.store import ANSWERS_FILE, Store

# Each form is shown by one notebook; both write to the same file.
SHOWN = {0: ("f", "g"), 1: ("h",)}
notebooks = st.sampled_from([0, 1])


class History(RuleBasedStateMachine):
    """Every answer is a word of its own, to be found in the folder's files whatever comes after."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / ANSWERS_FILE
        self.stores = [Store(self.folder), Store(self.folder)]
        self.words = (f"word-{number}-" for number in itertools.count())
        self.latest: dict[str, str] = {}  # form -> the word on the learner's screen
        self.unsaved: set[int] = set()
        self.kept: set[str] = set()  # words that must be in some file
        self.full = ExitStack()

    def teardown(self) -> None:
        self.full.close()
        shutil.rmtree(self.folder)

    def done(self, notebook: int, problem: str) -> None:
        if problem:
            self.unsaved.add(notebook)
            return
        self.unsaved.discard(notebook)
        shown = {form: self.latest.get(form) for form in SHOWN[notebook]}
        self.kept |= {word for word in shown.values() if word}

    @rule(notebook=notebooks, form=st.integers(0, 1))
    def answer(self, notebook: int, form: int) -> None:
        name = SHOWN[notebook][form % len(SHOWN[notebook])]
        before = self.latest.get(name)
        self.latest[name] = next(self.words)
        self.kept.discard(before or "")  # the learner replaced it
        self.done(notebook, self.stores[notebook].put(name, {"x": self.latest[name]}))

    @rule(notebook=notebooks, what=st.sampled_from(["checks", "hints"]))
    def check(self, notebook: int, what: str) -> None:
        self.done(notebook, self.stores[notebook].count(SHOWN[notebook][0], what))

    @rule(notebook=notebooks)
    def set_aside(self, notebook: int) -> None:
        name = SHOWN[notebook][0]
        problem = self.stores[notebook].set_aside(name)
        self.done(notebook, problem)
        self.latest.pop(name, None)

    @rule(notebook=notebooks)
    def identify(self, notebook: int) -> None:
        self.done(notebook, self.stores[notebook].identify({"id": "anna"}))

    @rule(notebook=notebooks)
    def reopen(self, notebook: int) -> None:
        if notebook in self.unsaved:
            return  # closing then loses what the notebook said it could not save
        self.stores[notebook] = Store(self.folder)
        for name in SHOWN[notebook]:
            if self.latest.get(name):
                assert self.stores[notebook][name].value == {"x": self.latest[name]}

    @rule()
    def somebody_writes_a_note(self) -> None:
        if not self.path.exists():
            return
        data = json.loads(self.path.read_text())
        word = next(self.words)
        self.path.write_text(json.dumps({**data, word: True}))
        self.kept.add(word)

    @rule()
    def disk_full(self) -> None:
        error = OSError(errno.ENOSPC, "No space left on device")
        self.full.enter_context(mock.patch("os.fsync", side_effect=error))

    @rule()
    def room_again(self) -> None:
        self.full.close()

    @rule(notebook=notebooks)
    def power_failure(self, notebook: int) -> None:
        """Another program left half a file: what it held comes back, and the half is kept too."""
        if self.unsaved or not self.path.exists():
            return
        self.check(notebook, "checks")  # this notebook has seen all there is
        if self.unsaved:
            return
        word = next(self.words)
        self.path.write_bytes(self.path.read_bytes()[:20] + word.encode())
        self.check(notebook, "checks")
        if not self.unsaved:
            self.kept.add(word)

    @rule(notebook=notebooks)
    def deleted(self, notebook: int) -> None:
        """A file deleted under an open notebook is written again with all that it knew."""
        if self.unsaved or not self.path.exists():
            return
        self.check(notebook, "checks")
        if self.unsaved:
            return
        whole = self.path.read_bytes()
        self.path.unlink()
        self.check(notebook, "checks")
        if self.unsaved:
            self.path.write_bytes(whole)

    @invariant()
    def nothing_is_lost(self) -> None:
        files = [path for path in self.folder.iterdir() if path.name.startswith("answers")]
        held = "".join(path.read_text(errors="replace") for path in files)
        assert {word for word in self.kept if word not in held} == set()

    @invariant()
    def the_screen_is_right(self) -> None:
        for notebook, forms in SHOWN.items():
            for name in forms:
                if self.latest.get(name):
                    assert self.stores[notebook][name].value == {"x": self.latest[name]}

    @invariant()
    def no_stray_files(self) -> None:
        strays = [path for path in self.folder.iterdir() if not path.name.startswith("answers")]
        assert strays == []


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
