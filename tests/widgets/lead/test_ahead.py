"""While a hand moves a slider the browser shows pictures made ahead; Python follows at rest."""

import asyncio
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

import course.widgets.bench as shared
from course.models.lead import Style
from course.widgets.ahead import Rest
from course.widgets.lead import view, words
from course.widgets.lead.simulator import LeadSimulator


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "PAUSE", 0.02)


@pytest.fixture(autouse=True)
def nothing_leaks() -> Iterator[None]:
    before = set(_instances)
    yield
    leaked = [type(_instances[key]).__name__ for key in set(_instances) - before]
    assert not leaked


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.005)


def with_simulator(act: Callable[[LeadSimulator], object]) -> None:
    """Run ``act``, a coroutine function, as a kernel would: in an event loop."""

    async def main() -> None:
        simulator = LeadSimulator(deals=200)
        simulator._ahead.ready = True
        try:
            await act(simulator)  # type: ignore[misc]
        finally:
            simulator.close()

    asyncio.run(main())


def move(simulator: LeadSimulator, name: str, value: object) -> None:
    simulator.controls[name].input.value = value


def offered(simulator: LeadSimulator, name: str) -> dict[str, dict[str, dict[str, object]]]:
    control = simulator.controls[name].input
    return simulator._ahead.album["pictures"].get(control.model_id, {})  # type: ignore[no-any-return]


def picture_is(simulator: LeadSimulator, places: object) -> bool:
    return np.allclose(simulator.chart.bands.y, np.asarray(places))


def test_words_and_pictures_are_right_once_the_hand_rests() -> None:
    async def act(simulator: LeadSimulator) -> None:
        await until(lambda: bool(offered(simulator, "fee")))
        said, curves = simulator._words.value, np.array(simulator.chart.bands.y)
        for fee in (11, 12, 13):
            move(simulator, "fee", fee)
            assert simulator.now.settings.policy.fee == fee
            assert simulator._words.value == said, "not while the hand moves"
            assert picture_is(simulator, curves), "the browser has shown it"
        assert simulator.chart.reference.visible
        await until(lambda: simulator._words.value != said)
        assert "from 10% to 13%" in simulator._words.value
        assert words.alternative(simulator.now) in simulator._caption.value
        assert "Last run" in simulator._table.value
        shown = view.curves(simulator.now).cumsum(axis=1).T[::-1]
        assert picture_is(simulator, shown)

    with_simulator(act)


def test_every_place_has_the_picture_that_python_would_draw() -> None:
    async def act(simulator: LeadSimulator) -> None:
        move(simulator, "style", Style.RULE)
        await until(lambda: bool(offered(simulator, "drop_after")))
        for name in ("fee", "drop_after"):
            slider, pictures = simulator.controls[name].input, offered(simulator, name)
            start = slider.value
            assert list(pictures) == [str(i) for i in range(slider.min, slider.max + 1)]
            for place, picture in pictures.items():
                slider.value = int(place)
                simulator._draw()
                assert picture_is(simulator, picture[simulator.chart.bands.model_id]["y"])
                names = picture[simulator.chart.names.model_id]
                assert np.allclose(simulator.chart.names.y, np.asarray(names["y"]))
                assert list(simulator.chart.names.text) == names["text"]
                title = simulator.controls[name].title
                assert title is not None
                assert picture[title.model_id] == {"value": title.value}
            slider.value = start

    with_simulator(act)


def test_pictures_of_another_policy_are_not_shown() -> None:
    async def act(simulator: LeadSimulator) -> None:
        await until(lambda: bool(offered(simulator, "fee")))
        move(simulator, "agreement", True)
        assert picture_is(simulator, view.curves(simulator.now).cumsum(axis=1).T[::-1])
        move(simulator, "fee", 15)
        assert not simulator._ahead.shows(simulator.controls["fee"].input)
        assert picture_is(simulator, view.curves(simulator.now).cumsum(axis=1).T[::-1])
        album = simulator._ahead.album
        await until(lambda: simulator._ahead.album is not album)
        move(simulator, "fee", 16)
        assert simulator._ahead.shows(simulator.controls["fee"].input)

    with_simulator(act)


def test_a_slider_that_does_nothing_has_no_pictures() -> None:
    async def act(simulator: LeadSimulator) -> None:
        await until(lambda: bool(offered(simulator, "fee")))
        assert simulator.controls["drop_after"].input.disabled
        assert not offered(simulator, "drop_after")
        assert not offered(simulator, "leads")

    with_simulator(act)


def test_a_policy_is_run_once() -> None:
    async def act(simulator: LeadSimulator) -> None:
        await until(lambda: bool(offered(simulator, "fee")))
        runs = simulator.runs
        move(simulator, "fee", 3)
        album = simulator._ahead.album
        await until(lambda: simulator._ahead.album is not album)
        assert simulator.runs == runs, "all of it was made ahead, and is still known"

    with_simulator(act)


def test_a_closed_view_does_not_settle() -> None:
    async def act(simulator: LeadSimulator) -> None:
        move(simulator, "fee", 3)
        said = simulator._words.value
        simulator.close()
        await asyncio.sleep(0.1)
        assert simulator._words.value == said

    with_simulator(act)


def test_without_an_event_loop_nothing_waits_and_nothing_is_made_ahead() -> None:
    simulator = LeadSimulator(deals=50)
    move(simulator, "fee", 3)
    assert "from 10% to 3%" in simulator._words.value
    assert not offered(simulator, "fee")
    assert simulator.runs == 2
    simulator.close()


def test_a_pause_begins_anew_with_every_move() -> None:
    async def main() -> list[int]:
        acted: list[int] = []
        rest = Rest(0.02, lambda: acted.append(1))
        assert rest.moved()
        assert rest.moved()
        await asyncio.sleep(0.1)
        rest.moved()
        rest.cancel()
        await asyncio.sleep(0.1)
        return acted

    assert asyncio.run(main()) == [1]
    assert not Rest(0.02, lambda: None).moved()
