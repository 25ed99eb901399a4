"""What learners read can be translated: sentences are found, and a catalogue is used."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

import course.text
from course.answers.errors import CourseError
from course.answers.learner import clean_id

PACKAGE = Path(course.text.__file__).parent


def sentences() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(
        PACKAGE, keywords={"_": None, "ngettext": (1, 2)}, method_map=[("**.py", "python")]
    )
    return {message for _file, _line, message, _comments, _context in found}


def test_every_sentence_can_be_extracted_whole() -> None:
    """What is no plain text inside ``_()`` would be lost to translators: none may be there."""
    assert len(sentences()) > 100
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                plain = isinstance(node.args[0], ast.Constant)
                assert plain, f"{path}:{node.lineno}: not a plain text"


def test_a_catalogue_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english = "Please enter a learner id: your e-mail address or your name."
    assert english in sentences()
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="zh")
    catalogue.add(english, "请输入您的学员编号。")
    with (folder / "course.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(course.text, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    with pytest.raises(CourseError, match="请输入您的学员编号"):
        clean_id("  ")
    monkeypatch.setenv("COURSE_LANGUAGE", "xx")
    with pytest.raises(CourseError, match="Please enter a learner id"):
        clean_id("  ")
