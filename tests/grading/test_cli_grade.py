"""``course grade`` and ``course doctor`` as people and scripts use them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fastjsonschema
import pytest

from tests.grading.plain import NAME, RIGHT, WRONG, hand_in

pytestmark = pytest.mark.kernel
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from course.cli import main; main()"]

NUMBER = {"type": "number", "minimum": 0}
COUNT = {"type": "integer", "minimum": 0}
TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
STATUS = {"enum": ["graded", "not attempted", "crashed", "timed out", "refused", "failed"]}


def of(**properties: object) -> dict[str, object]:
    """Return the schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMA = of(
    version={"const": 1},
    assignment={"type": "string"},
    executor={"type": "string"},
    seconds=NUMBER,
    interrupted={"type": "boolean"},
    totals=of(
        **dict.fromkeys(
            [
                *("submissions", "graded", "not attempted", "crashed", "timed out", "refused"),
                *("failed", "unchanged", "for a person", "left"),
            ],
            COUNT,
        )
    ),
    submissions={
        "type": "array",
        "items": of(
            student={"type": "string"},
            status=STATUS,
            score=NUMBER,
            maximum=NUMBER,
            penalty=NUMBER,
            seconds_late=NUMBER,
            manual={"type": "boolean"},
            reasons=TEXTS,
            notes=TEXTS,
            problem={"type": "string"},
            seconds=NUMBER,
            cpu_seconds=NUMBER,
            unchanged={"type": "boolean"},
        ),
    },
)


def environment(home: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "COLUMNS": "200",
        "LANGUAGE": "en",
        "PYTHONWARNINGS": "ignore",
    }


def course(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(cwd / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def report(done: "subprocess.CompletedProcess[str]") -> dict[str, object]:
    document: dict[str, object] = json.loads(done.stdout)
    fastjsonschema.validate(SCHEMA, document)
    return document


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-such-option"], "No such option"),
        ([], "Missing argument"),
        (["ps1", "--jobs", "-1"], "Invalid value"),
        (["ps2"], "does not know the assignment 'ps2'. Did you mean ps1?"),
        (["ps1"], "Nobody has handed in ps1: there is no"),
        (["ps1", "--course-dir", "nowhere"], "There is no course folder nowhere."),
        (["ps1", "--student", "eve"], "eve has not handed in ps1"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], said: str, small: Path
) -> None:
    done = course("grade", *arguments, cwd=small)
    assert done.returncode == 1, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_settings_that_cannot_be_loaded_grade_nothing(small: Path) -> None:
    hand_in(small, "anna", RIGHT)
    with (small / "nbgrader_config.py").open("a") as file:
        file.write("import no_such_plugin\n")
    done = course("grade", NAME, cwd=small)
    assert done.returncode == 1
    assert "nothing was graded" in done.stderr
    assert "ModuleNotFoundError: No module named 'no_such_plugin'" in done.stderr
    assert not (small / "autograded").exists()


def test_what_is_graded_and_what_is_not(small: Path) -> None:
    hand_in(small, "anna", RIGHT)
    hand_in(small, "bob", WRONG)
    hand_in(small, "cem", {})
    folder = hand_in(small, "dora", RIGHT)
    for path in folder.glob("*.ipynb"):
        path.write_text("{")
    done = course("grade", NAME, "--jobs", "1", "--json", cwd=small)
    assert done.returncode == 2, done.stderr
    document = report(done)
    found = {one["student"]: (one["status"], one["score"]) for one in document["submissions"]}  # type: ignore[attr-defined,index]
    assert found == {
        "anna": ("graded", 6.0),
        "bob": ("graded", 3.0),
        "cem": ("not attempted", 0.0),
        "dora": ("refused", 0.0),
    }
    again = course("grade", NAME, "--jobs", "1", cwd=small)
    assert again.returncode == 2
    assert "of these, unchanged" in again.stdout
    assert "The notebook ends in the middle" in again.stdout
    assert again.stderr == ""
    one = course("grade", NAME, "--student", "anna", "--student", "bob", "--force", cwd=small)
    assert one.returncode == 0, one.stderr
    assert "2 graded now" in one.stdout


def test_an_interrupted_run_says_so_and_the_next_goes_on(small: Path) -> None:
    for number in range(200):
        hand_in(small, f"s{number:03}", {"double": "import time; time.sleep(0.2)"})
    with subprocess.Popen(
        [*COMMAND, "grade", NAME, "--jobs", "1", "--json"],
        cwd=small,
        env=environment(small / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        records = small / ".course-grade" / NAME
        deadline = time.monotonic() + 120
        while not list(records.glob("*.json")) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to all of them
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert "Traceback" not in stderr
    document = json.loads(stdout)
    fastjsonschema.validate(SCHEMA, document)
    done = len(document["submissions"])
    assert document["interrupted"]
    assert document["totals"]["left"] == 200 - done
    assert done == len(list(records.glob("*.json")))
    assert {one["status"] for one in document["submissions"]} == {"graded"}
    again = course("grade", NAME, "--student", "s000", "--student", "s199", "--json", cwd=small)
    assert [one["unchanged"] for one in report(again)["submissions"]] == [True, False]  # type: ignore[attr-defined]


def test_the_doctor_looks_at_machine_and_folder(small: Path) -> None:
    hand_in(small, "anna", RIGHT)
    done = course("doctor", cwd=small)
    assert f"settings: Read without an error: {small / 'nbgrader_config.py'}." in done.stdout
    assert "can be read. Assignments in it: 1." in done.stdout
    assert "ps1: It can be graded: notebooks 2, cells 10, handed in 1." in done.stdout
    assert done.returncode == (0 if "✓ grading:" in done.stdout else 1)


def test_the_doctor_says_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("import no_such_plugin\n")
    broken = course("doctor", cwd=tmp_path)
    assert "✗ settings: " in broken.stdout
    assert broken.returncode == 1
    assert "No module named 'no_such_plugin'" in broken.stdout
    (tmp_path / "nbgrader_config.py").unlink()
    empty = course("doctor", cwd=tmp_path)
    assert "✗ gradebook: There is none yet" in empty.stdout
    assert not (tmp_path / "gradebook.db").exists()
