"""A real nbgrader course folder, and its commands run as an instructor or a learner runs them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., str]


def run_nbgrader(*arguments: str, cwd: Path, home: Path, check: bool = True) -> str:
    """Run an nbgrader command with a home of its own; return what it printed."""
    return _run([sys.executable, "-m", "nbgrader", *arguments], cwd, home, check)


def run_course(*arguments: str, cwd: Path, home: Path, check: bool = True) -> str:
    """Run a command of ours in the same way."""
    code = "from course.cli import main; main()"
    return _run([sys.executable, "-c", code, *arguments], cwd, home, check)


def _run(command: list[str], cwd: Path, home: Path, check: bool) -> str:
    env = {
        **os.environ,
        # nbgrader calls alembic by name
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.returncode}\n{done.stdout}")
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instructor's course folder: our sources and settings, an exchange of its own."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    settings = (ROOT / "nbgrader_config.py").read_text()
    settings += (
        f"\nc.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(folder / 'cache')!r}\n"
    )
    (folder / "nbgrader_config.py").write_text(settings)
    return folder


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder with the small assignment of ``plain``, as nbgrader generates it."""
    import nbformat

    from tests.grading.plain import NAME, notebooks

    folder = tmp_path_factory.mktemp("generated")
    source = folder / "source" / NAME
    source.mkdir(parents=True)
    for name, notebook in notebooks().items():
        nbformat.write(notebook, source / f"{name}.ipynb")
    (source / "data.csv").write_text("the,instructor's\n")
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'small'\n"
    )
    run_nbgrader("generate_assignment", NAME, cwd=folder, home=folder / "home")
    return folder


@pytest.fixture
def small(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is also the current folder: nbgrader reads settings from there, too."""
    folder = tmp_path / "course"
    shutil.copytree(generated, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(folder / "home" / "config"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return folder
