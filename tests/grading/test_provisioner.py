"""Kernels forked from a warm process, under real nbclient, jupyter_client and nbgrader."""

import asyncio
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from jupyter_client import AsyncKernelManager, KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.warm.pool import servers
from tests.grading.confine.inside import working
from tests.grading.conftest import run_nbgrader
from tests.lessons.lesson01 import SLUG

pytestmark = [
    pytest.mark.kernel,
    # ipykernel and jupyter_client warn of their own settings
    pytest.mark.filterwarnings("default::DeprecationWarning", "default::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def _by_default(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Every kernel is started by the provisioner, chosen as a user does."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "warm-fork")
    KernelProvisionerFactory.clear_instance()
    yield
    KernelProvisionerFactory.clear_instance()


@pytest.fixture(scope="module", autouse=True)
def _no_server_left() -> Iterator[None]:
    yield
    servers.close()
    assert fork_servers() == []


def notebook(*sources: str) -> NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


def execute(
    made: NotebookNode, folder: Path, *, confined: bool = False, **options: Any
) -> list[Any]:
    """Run a notebook as nbconvert and nbgrader do; return what its cells put out."""
    client = NotebookClient(
        made,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        config=Config(WarmProvisioner={"confined": confined}),
        timeout=60,
        **options,
    )
    client.execute()
    return [cell.outputs for cell in made.cells if cell.cell_type == "code"]


def text(outputs: list[Any]) -> str:
    return "".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs
    )


@pytest.fixture(params=[False, True], ids=["usual", "confined"])
def confined(request: pytest.FixtureRequest) -> bool:
    if request.param:
        working(Bubblewrap())
    return bool(request.param)


ORDINARY = (
    "import numpy as np, pandas as pd, matplotlib.pyplot as plt, warnings, sys, os",
    "table = pd.read_csv('data.csv')\ntable.describe()",
    "table.plot(x='a'); plt.title('Deals')",
    "print('out'); print('err', file=sys.stderr); warnings.warn('careful')",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>1</b>'))\n2",
    "!echo shell",
    "%%writefile new.txt\nhello",
    "open('new.txt').read(), np.random.default_rng(1).random()",
    "os.environ.get('NBGRADER_EXECUTION'), __name__, __doc__[:9], sorted(globals())",
    "class A:\n    def __repr__(self): return 'an A'\nA()",
    "1 / 0",
)


def test_outputs_are_those_of_a_usual_kernel(
    confined: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    folders = [tmp_path / "ours", tmp_path / "usual"]
    for folder in folders:
        folder.mkdir()
        (folder / "data.csv").write_text("a,b\n1,2\n3,4\n")
    ours = execute(notebook(*ORDINARY), folders[0], confined=confined, allow_errors=True)
    assert (folders[0] / "new.txt").exists() != confined
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "local-provisioner")
    KernelProvisionerFactory.clear_instance()
    usual = execute(notebook(*ORDINARY), folders[1], allow_errors=True)

    def comparable(outputs: Any) -> str:
        # A cell's file has the kernel's process id in its name, and is with its temporary ones.
        return re.sub(r"[\w/]+/ipykernel_\d+/\d+", "ipykernel", json.dumps(outputs))

    for source, one, other in zip(ORDINARY, ours, usual, strict=True):
        assert comparable(one) == comparable(other), source


def test_a_kernel_starts_with_everything_imported(confined: bool, tmp_path: Path) -> None:
    (outputs,) = execute(
        notebook("import sys; 'pandas' in sys.modules, 'matplotlib.pyplot' in sys.modules"),
        tmp_path,
        confined=confined,
    )
    assert text(outputs) == "(True, True)"


@pytest.mark.parametrize("code", ["import os; os._exit(1)", "import os; os.kill(os.getpid(), 9)"])
def test_a_dead_kernel_is_noticed(confined: bool, tmp_path: Path, code: str) -> None:
    with pytest.raises(DeadKernelError):
        execute(notebook("1", code, "2"), tmp_path, confined=confined)
    assert text(execute(notebook("1 + 1"), tmp_path, confined=confined)[0]) == "2"


def test_a_cell_that_takes_too_long_is_interrupted(confined: bool, tmp_path: Path) -> None:
    made = notebook("import time; time.sleep(600)", "'next'")
    made.cells[0].metadata.tags = ["raises-exception"]
    options = {"timeout_func": lambda cell: 1 if "sleep" in cell.source else 60}
    outputs = execute(made, tmp_path, confined=confined, interrupt_on_timeout=True, **options)
    assert outputs[0][0].ename == "KeyboardInterrupt"
    assert text(outputs[1]) == "'next'"
    with pytest.raises(CellTimeoutError):
        execute(notebook("while True: pass"), tmp_path, confined=confined, timeout_func=lambda _: 1)


def test_a_crashed_fork_server_is_replaced(confined: bool, tmp_path: Path) -> None:
    execute(notebook("1"), tmp_path, confined=confined)
    for process in fork_servers():
        process.kill()
    assert text(execute(notebook("1 + 1"), tmp_path, confined=confined)[0]) == "2"


def fork_servers() -> list[psutil.Process]:
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if process.cmdline()[-1:] == ["course.grading.warm.server"]
    ]


def test_a_kernel_dies_with_its_fork_server(confined: bool, tmp_path: Path) -> None:
    made = notebook("print(1)", "import time; time.sleep(600)")

    def kill(cell: NotebookNode, cell_index: int) -> None:
        if cell_index == 1:
            for process in fork_servers():
                process.kill()

    with pytest.raises(DeadKernelError):
        execute(made, tmp_path, confined=confined, on_cell_execute=kill)


def test_a_kernel_restarts_interrupts_and_shuts_down(confined: bool, tmp_path: Path) -> None:
    async def main() -> None:
        config = Config(WarmProvisioner={"confined": confined})
        manager = AsyncKernelManager(kernel_name="python3", config=config)
        await manager.start_kernel(cwd=str(tmp_path), env={**os.environ, "MARK": "mine"})

        async def run(code: str) -> tuple[str, str]:
            client = manager.client()
            client.start_channels()
            try:
                await client.wait_for_ready(timeout=60)
                shown: list[str] = []

                def hook(message: Any) -> None:
                    data = message["content"].get("data", {}).get("text/plain", "")
                    shown.append(message["content"].get("text", data))
                    if "started" in shown[-1]:
                        waiting.append(asyncio.ensure_future(manager.interrupt_kernel()))

                waiting: list[Any] = []
                reply = await client.execute_interactive(code, output_hook=hook, timeout=60)
                return reply["content"]["status"], "".join(shown)
            finally:
                client.stop_channels()

        assert await run("a = 1; import os; os.environ.get('MARK', 'not')") == (
            "ok",
            "'not'" if confined else "'mine'",
        )
        status, _ = await run("import time; print('started', flush=True); time.sleep(600)")
        assert status == "error"
        assert await run("a") == ("ok", "1")
        await manager.restart_kernel()
        assert await manager.is_alive()
        assert (await run("a"))[0] == "error"
        await manager.restart_kernel(now=True)
        assert await run("1 + 1") == ("ok", "2")
        pid = manager.provisioner.pid if manager.provisioner else None
        await manager.signal_kernel(signal.SIGTERM)
        assert manager.provisioner is not None
        assert await asyncio.wait_for(manager.provisioner.wait(), 60) is not None
        assert not await manager.is_alive()
        await manager.cleanup_resources()
        if not confined:
            assert pid is not None
            assert not psutil.pid_exists(pid)

    asyncio.run(main())


def test_kernels_run_side_by_side(confined: bool, tmp_path: Path) -> None:
    async def one(number: int) -> str:
        config = Config(WarmProvisioner={"confined": confined})
        made = notebook(
            f"open('own', 'w').write('{number}'); mine = {number}", "open('own').read()"
        )
        folder = tmp_path / str(number)
        folder.mkdir()
        client = NotebookClient(
            made,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            config=config,
        )
        await client.async_execute()
        return text(made.cells[1].outputs)

    async def main() -> list[str]:
        return await asyncio.gather(*(one(number) for number in range(3)))

    assert asyncio.run(main()) == ["'0'", "'1'", "'2'"]


def test_a_blocking_manager_works(tmp_path: Path) -> None:
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    assert client.execute("1", reply=True, timeout=60)["content"]["status"] == "ok"
    client.stop_channels()
    manager.shutdown_kernel()
    assert not manager.is_alive()


# ----------------------------------------------------------------------------- in a jail


def test_a_confined_kernel_sees_copies_and_nothing_else(tmp_path: Path) -> None:
    working(Bubblewrap())
    folder = tmp_path / "ps1"
    (folder / "data").mkdir(parents=True)
    (folder / "data/table.csv").write_text("1")
    (folder / "ps1.ipynb").write_text("hidden tests")
    (folder / "link").symlink_to("/etc/passwd")
    (tmp_path / "gradebook.db").write_text("grades")
    outputs = execute(
        notebook(
            "import os\nfound = sorted(os.path.join(p, n) for p, _, f in os.walk('.') for n in f)",
            f"found, os.path.exists('../gradebook.db'), os.path.exists({str(tmp_path)!r})",
            "open('data/table.csv', 'w').write('2'); open(os.environ['HOME'] + '/left', 'w')",
            "import socket\ntry: socket.create_connection(('198.51.100.7', 80), 5)\n"
            "except OSError: print('no network')",
            "os.environ.get('USER')",
        ),
        folder,
        confined=True,
    )
    assert text(outputs[1]) == "(['./data/table.csv'], False, False)"
    assert text(outputs[3]) == "no network\n"
    assert (folder / "data/table.csv").read_text() == "1"
    # The next kernel gets the same jail, as good as new.
    servers = fork_servers()
    again = execute(
        notebook("import os; os.listdir('.'), 'left' in os.listdir(os.environ['HOME'])"),
        tmp_path / "ps1/data",
        confined=True,
    )
    assert text(again[0]) == "(['table.csv'], False)"
    assert fork_servers() == servers


# --------------------------------------------------------------------------- other kernels


@pytest.fixture
def other_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernelspec whose Python is another one, by its address."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    folder = tmp_path / "jupyter" / "kernels" / "other"
    folder.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Other", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    assert "other" in KernelSpecManager().find_kernel_specs()
    return "other"


def test_another_python_is_started_as_usual(other_python: str, tmp_path: Path) -> None:
    made = notebook("import sys; 'pandas' in sys.modules")
    NotebookClient(made, kernel_name=other_python, timeout=60).execute()
    assert text(made.cells[0].outputs) == "False"


def test_another_python_is_not_confined_and_so_not_started(other_python: str) -> None:
    config = Config(WarmProvisioner={"confined": True})
    client = NotebookClient(notebook("1"), kernel_name=other_python, config=config)
    with pytest.raises(RuntimeError, match="must be ipykernel in"):
        client.execute()


# ------------------------------------------------------------------------------ nbgrader


@pytest.mark.parametrize("options", [[], ["--WarmProvisioner.confined=True"]])
def test_plain_nbgrader_autogrades_with_it(options: list[str], course: Path, home: Path) -> None:
    if options:
        working(Bubblewrap())
    run_nbgrader("generate_assignment", SLUG, "--force", cwd=course, home=home)
    submitted = course / "submitted" / "anna" / SLUG
    if not submitted.exists():
        shutil.copytree(course / "solutions" / SLUG, submitted)
    said = run_nbgrader(
        "autograde", SLUG, "--force", "--log-level=DEBUG", *options, cwd=course, home=home
    )
    assert "with kernel provisioner: warm-fork" in said
    assert "No warm kernel" not in said
    with sqlite3.connect(course / "gradebook.db") as base:
        (ungraded,) = base.execute("select count(*) from grade where auto_score is null").fetchone()
        scores = [row[0] for row in base.execute("select auto_score from grade")]
    assert scores
    assert sum(filter(None, scores)) > 0, ungraded
