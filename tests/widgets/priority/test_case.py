"""The case on the page: threads can be read as they were found, pictures say their figures."""

from collections.abc import Iterator

import ipywidgets as w
import pytest

from course.cases.case import Case
from course.cases.priority import label_and_cost, load, wait_by_information, waits
from course.widgets.priority.case import (
    show_chart,
    show_information,
    show_story,
    show_thread,
    telling_tickets,
)
from tests.widgets.test_gate import texts

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")


@pytest.fixture(scope="module")
def case() -> Case:
    return load(11)


def below(view: w.Widget) -> Iterator[w.Widget]:
    """A view's widgets, itself included."""
    yield view
    for child in getattr(view, "children", ()):
        yield from below(child)


def choices(view: w.Widget) -> tuple[w.Dropdown, w.Dropdown]:
    who, which = (each for each in below(view) if isinstance(each, w.Dropdown))
    return who, which


def test_the_story_says_that_it_is_simulated(case: Case) -> None:
    said = texts(show_story(case))
    assert "Lingbo Software" in said
    assert "simulated" in said


def test_every_requester_has_threads_worth_reading(case: Case) -> None:
    lengths = case.tables["comms"]["ticket_id"].value_counts()
    for requester in case.tables["requesters"]["requester_id"]:
        tickets = telling_tickets(case, requester)
        assert len(tickets) == 8
        assert lengths.reindex(tickets).min() >= 3


def test_a_thread_is_read_and_another_chosen(case: Case) -> None:
    view = show_thread(case)
    who, which = choices(view)
    first = texts(view)
    assert "Wen Zhiqiang" in first or "Tao Ran" in first or "Bian Lei" in first
    who.value = "R06"
    said = texts(view)
    assert "Iris Lan" in said
    assert said != first
    assert "copy to" in said
    assert which.value in telling_tickets(case, "R06")
    which.value = telling_tickets(case, "R06")[-1]
    assert texts(view) != said
    own = case.tables["comms"][case.tables["comms"]["ticket_id"] == which.value]
    assert own["text"].iloc[-1].split("\n")[0][:12] in texts(view).replace("&#x27;", "'")


def test_where_the_days_went_is_told_on_request_and_forgotten_with_the_next(case: Case) -> None:
    view = show_thread(case)
    who, which = choices(view)
    (button,) = (each for each in below(view) if isinstance(each, w.Button))
    assert "of waiting" not in texts(view)
    button.click()
    row = waits(case).loc[which.value]
    assert f"{row['wait']} working day" in texts(view)
    assert f"CNY {row['cost_per_day']:,}" in texts(view)
    who.value = "R03"
    assert "of waiting" not in texts(view)


def test_a_call_that_was_not_written_down_is_said_to_be_missing(case: Case) -> None:
    view = show_thread(case)
    who, which = choices(view)
    comms, tickets = case.truth["comms"], case.truth["tickets"].set_index("ticket_id")
    noted = set(case.tables["comms"]["comm_id"])
    first = comms.drop_duplicates("ticket_id").set_index("ticket_id")["comm_id"]
    seen = {True: 0, False: 0}
    for requester in ("R01", "R05", "R09"):
        who.value = requester
        for name in telling_tickets(case, requester):
            which.value = name
            missing = first[name] not in noted
            assert missing == ("Nobody wrote the call down" in texts(view))
            assert not missing or tickets["channel"][name] == "phone"
            seen[missing] += 1
    assert min(seen.values()) > 0


def test_messages_are_shown_as_text_and_not_as_html(case: Case) -> None:
    spoilt = case.copy()
    spoilt.tables["comms"]["text"] = "<script>alert(1)</script>"
    assert "<script>alert" not in texts(show_thread(spoilt))


def test_pictures_say_their_figures(case: Case) -> None:
    table = waits(case)
    shares = label_and_cost(table)
    said = texts(show_chart(case))
    assert f"{shares['really_urgent']['urgent']:.0%} were really urgent" in said
    assert f"{shares['tickets']['urgent']} of {len(table)} tickets" in said
    view = show_information(case)
    means = wait_by_information(table)
    assert f"{means['high'].iloc[-1]:.1f} at high" in texts(view)
    (picture,) = (each for each in below(view) if isinstance(each, w.Image))
    assert bytes(picture.value).startswith(b"\x89PNG")
