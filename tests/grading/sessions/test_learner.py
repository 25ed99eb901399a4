"""The learner's side, as the lane speaks to it."""

from typing import Any


def test_a_submissions_files_are_there_and_its_modules_can_be_imported(forked: Any) -> None:
    files = {"data/deals.csv": b"a,b\n1,2\n", "helper.py": b"def help():\n    return 'helped'\n"}
    forked.begin(files)
    assert forked.text("print(open('data/deals.csv').read())") == "a,b\n1,2\n\n"
    assert forked.value("import helper\nhelper.help()") == "'helped'"


def test_a_submissions_modules_hide_none_of_the_standard_library(forked: Any) -> None:
    forked.begin({"colorsys.py": b"hidden = True"})
    assert forked.value("import colorsys\nhasattr(colorsys, 'hidden')") == "False"


def test_the_files_that_cells_wrote_are_reported(forked: Any) -> None:
    forked.begin({"given.csv": b"given"})
    assert forked.ask(op="changed") == {"files": {}, "notes": []}
    forked.run("import os\nopen('new.csv', 'w').write('new')\nos.chdir('/')")
    assert forked.ask(op="changed") == {"files": {"new.csv": b"new"}, "notes": []}
    assert forked.ask(op="changed") == {"files": {}, "notes": []}


def test_the_end_ends_it(session: Any) -> None:
    session.control.send({"op": "end"})
    assert session.gone()


def test_it_ends_with_the_lane(session: Any) -> None:
    session.control.close()
    assert session.gone()


def test_it_goes_on_without_the_referee(session: Any) -> None:
    session.peer.close()
    assert session.value("1 + 1") == "2"


def test_an_answer_tells_which_cell_and_how_long_it_took(session: Any) -> None:
    answer = session.ask(op="run", index=5, source="import time\ntime.sleep(0.05)", count=3)
    assert (answer["index"], answer["count"], answer["outputs"]) == (5, 3, [])
    assert answer["seconds"] > 0.05
