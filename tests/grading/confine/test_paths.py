import sys
from pathlib import Path

import pytest

import course
from course.grading.confine import paths


def test_a_python_is_where_it_says_and_where_its_links_lead() -> None:
    found = paths.interpreter()
    for name in (sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve())):
        assert any(Path(name).is_relative_to(path) for path in found)
    assert Path(course.__file__).parent in found
    assert all(path.is_absolute() for path in found)


def test_modules_are_found_without_importing_them() -> None:
    assert paths.modules(["json.decoder"]) == [Path(sys.modules["json"].__file__ or "").parent] * 2
    assert Path("/").joinpath(paths.modules(["this"])[0]).name == "this.py"
    assert "this" not in sys.modules
    assert paths.modules(["sys"]) == []
    with pytest.raises(ModuleNotFoundError, match="No module named 'nowhere'"):
        paths.modules(["nowhere"])


def test_only_the_outermost_folders_remain(tmp_path: Path) -> None:
    for name in ("a/b/c", "a-b", "d"):
        (tmp_path / name).mkdir(parents=True)
    names = ["a/b/c", "a", "a-b", "d", "d", "missing"]
    found = paths.outermost(tmp_path / name for name in names)
    assert found == [tmp_path / "a", tmp_path / "a-b", tmp_path / "d"]


def test_a_closed_folder_on_the_way_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "open" / "closed" / "python"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert paths.closed([inner]) == inner.parent
    assert paths.closed([Path("/usr")]) is None
