"""A course folder is read as nbgrader reads it, but for one thing: no error in it is overlooked."""

import sys
from pathlib import Path

import pytest

from course.grading.folder import CourseFolder, FolderError
from course.grading.job import Limits
from tests.grading.plain import NAME, RIGHT, grade, hand_in

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's gradebook has many
]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with nothing in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "path", [*sys.path])  # nbgrader puts the folder there
    return tmp_path


def settings(folder: Path, *lines: str) -> None:
    (folder / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *lines]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import no_such_module", r"nbgrader_config.py:2: ModuleNotFoundError: No module named"),
        ("c.x = (", r"nbgrader_config.py:2: SyntaxError"),
        ("raise ValueError('oh')", r"nbgrader_config.py:2: ValueError: oh"),
        ("c.CourseDirectory.groupshared = 'x'", r"A setting cannot be used: .*groupshared"),
        ("c.Autograde.create_student = 'maybe'", r"A setting cannot be used: .*create_student"),
        ("c.AssignLatePenalties.plugin_class = 'no.such'", r"A setting cannot be used: .*no"),
        ("c.Execute.enabled = False", r"c.Execute.enabled is False"),
        ("c.CourseDirectory.notebook_id = 'one'", r"notebook_id names some notebooks"),
    ],
)
def test_a_broken_setting_is_an_error_that_says_where(line: str, said: str, bare: Path) -> None:
    settings(bare, line)
    with pytest.raises(FolderError, match=said):
        CourseFolder.open()


PREPROCESSOR = """
from nbgrader.preprocessors import LimitOutput, NbGraderPreprocessor, SaveAutoGrades

class Stamp(NbGraderPreprocessor):
    def preprocess(self, notebook, resources):
        notebook.metadata["stamp"] = resources["nbgrader"]["student"]
        return notebook, resources

class Own(SaveAutoGrades):
    pass
"""


def test_a_preprocessor_of_the_instructors_is_used(small: Path) -> None:
    (small / "stamping.py").write_text(PREPROCESSOR)
    steps = ["'stamping.Stamp'", "'nbgrader.preprocessors.SaveAutoGrades'"]
    settings(
        small,
        "c.CourseDirectory.course_id = 'small'",
        f"c.Autograde.autograde_preprocessors = [{', '.join(steps)}]",
    )
    hand_in(small, "anna", RIGHT)
    assert grade(small).entries[0].score == 6.0
    made = (small / "autograded" / "anna" / NAME / "one.ipynb").read_text()
    assert '"stamp": "anna"' in made


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.Autograde.autograde_preprocessors = ['saving.Own']", "names Own"),
        ("c.Autograde.sanitize_preprocessors = ['saving.Stamp']", "names Stamp"),
        ("c.Autograde.autograde_preprocessors = ['saving.Stamp']", "lacks SaveAutoGrades"),
    ],
)
def test_a_step_that_cannot_be_followed_is_an_error(line: str, said: str, bare: Path) -> None:
    (bare / "saving.py").write_text(PREPROCESSOR)
    settings(bare, line)
    with pytest.raises(FolderError, match=said):
        CourseFolder.open()


def test_hooks_are_run_and_see_the_notebooks(small: Path) -> None:
    (small / "hooking.py").write_text(
        "def before(assignment, student, notebooks):\n"
        "    for path in notebooks:\n"
        "        open(path.replace('.ipynb', '.hooked'), 'w').close()\n"
        "def after(assignment, student, notebooks):\n"
        "    open('after', 'a').write(f'{len(notebooks)}\\n')\n"
    )
    settings(
        small,
        "c.CourseDirectory.course_id = 'small'",
        "c.Autograde.pre_convert_hook = 'hooking.before'",
        "c.Autograde.post_convert_hook = 'hooking.after'",
    )
    hand_in(small, "anna", RIGHT)
    assert not grade(small).entries[0].unchanged
    assert (small / "autograded" / "anna" / NAME / "one.hooked").exists()
    assert grade(small).entries[0].unchanged
    assert (small / "after").read_text() == "2\n"


@pytest.mark.parametrize(
    ("line", "cell", "total"),
    [
        ("", 30.0, 300.0),
        ("c.Execute.timeout = 5", 5.0, 300.0),
        ("c.Execute.timeout = 600", 600.0, 6000.0),
        ("c.ExecutePreprocessor.timeout = 7", 7.0, 300.0),
        ("c.Execute.timeout = None", 300.0, 300.0),
        ("c.Execute.timeout = -1", 300.0, 300.0),
    ],
)
def test_nbgraders_timeout_is_ours(line: str, cell: float, total: float, bare: Path) -> None:
    settings(bare, line)
    assert CourseFolder.open().limits == Limits(cell_seconds=cell, total_seconds=total)


def make(folder: Path, *places: str) -> None:
    for place in places:
        (folder / place).mkdir(parents=True)


def test_submissions_are_found_where_the_settings_say(bare: Path) -> None:
    root = bare / "course [2030] {a}"
    make(root, "submitted/anna/ps1", "submitted/bob/ps1", "submitted/bob/ps2", "submitted/.cem/ps1")
    found = CourseFolder.open(root).submissions("ps1")
    assert found == {name: root / "submitted" / name / "ps1" for name in ("anna", "bob")}


def test_submissions_in_another_structure(bare: Path) -> None:
    settings(
        bare,
        "c.CourseDirectory.directory_structure = "
        "'all/{nbgrader_step}/{assignment_id}/{student_id}/of-{student_id}'",
    )
    make(bare, "all/submitted/ps1/anna/of-anna", "all/submitted/ps1/bob/of-anna")
    found = CourseFolder.open().submissions("ps1")
    assert found == {"anna": bare / "all/submitted/ps1/anna/of-anna"}


def test_submissions_are_those_that_are_wanted(bare: Path) -> None:
    settings(
        bare,
        "c.CourseDirectory.student_id_exclude = 'cem,dora'",
        "c.CourseDirectory.student_id = '[a-d]*'",
    )
    make(bare, *(f"submitted/{name}/ps1" for name in ("bob", "anna", "cem", "eve")))
    folder = CourseFolder.open()
    assert list(folder.submissions("ps1")) == ["anna", "bob"]
    assert list(folder.submissions("ps1", ["bob"])) == ["bob"]
    with pytest.raises(FolderError, match=r"cem has not handed in ps1: there is no .*cem/ps1"):
        folder.submissions("ps1", ["anna", "cem"])


def test_a_folder_that_is_not_there(bare: Path) -> None:
    with pytest.raises(FolderError, match="There is no course folder"):
        CourseFolder.open(bare / "nowhere")


def test_settings_of_another_folder_are_read(bare: Path) -> None:
    other = bare / "other"
    other.mkdir()
    settings(other, "c.Execute.timeout = 11")
    folder = CourseFolder.open(other)
    assert folder.root == other
    assert folder.limits.cell_seconds == 11.0


def test_the_folder_and_the_exchange_are_nothing_for_submissions(bare: Path) -> None:
    settings(bare, f"c.Exchange.root = {str(bare / 'handed in')!r}")
    assert CourseFolder.open(bare).private == [bare, bare / "handed in"]
