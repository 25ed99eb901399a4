"""Many customers without a browser: controls move the picture, and the words tell the truth."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

import course.widgets.bench as shared
from course.models.momentum import EDITED, LATE, Move, Outcome, Params, Policy, simulate
from course.models.momentum.terms import RANGE
from course.widgets.momentum import view, words
from course.widgets.momentum.settings import DRIVE, Manner, Run, Settings
from course.widgets.momentum.simulator import CurvesSimulator, curves_simulator
from course.widgets.runs import clear_difference


@pytest.fixture
def simulator() -> CurvesSimulator:
    return curves_simulator("test", customers=400, clock=Clock())


class Clock:
    """Seconds of which many pass between any two looks."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 10
        return self.now


def run(n: int = 1000, **settings: Any) -> Run:
    chosen = Settings(**settings)
    luck = np.random.default_rng(5)
    return Run(chosen, simulate(chosen.params(), chosen.policy(), n=n, rng=luck))


def move(simulator: CurvesSimulator, name: str, value: object) -> None:
    simulator.controls[name].input.value = value


# --- settings ----------------------------------------------------------------------------------


def test_settings_mean_the_models_policies() -> None:
    assert Settings(probe=True, extras=True, start=4).policy() == Policy()
    assert Settings(manner=Manner.EDITS).policy() == EDITED
    assert Settings(manner=Manner.EDITS, start=8).policy() == LATE
    everything = Settings(manner=Manner.DRAFT, probe=True, extras=True).policy().moves
    assert everything == {Move.DRAFT, Move.PROBE, Move.PAPER, Move.LETTER, Move.PILOT}
    assert Move.BIG_ASK in Settings(manner=Manner.BIG).policy().moves
    assert Settings(satisfaction=6).params().satisfaction == 6.0


def test_the_drive_slider_stays_in_the_tested_worlds() -> None:
    low, high = (Settings(drive=end).params().base for end in DRIVE)
    assert RANGE["base"][0] <= low < high <= RANGE["base"][1]
    assert Settings().params().base == pytest.approx(Params().base, abs=0.02)


def test_every_control_reaches_the_settings(simulator: CurvesSimulator) -> None:
    wanted = {
        "manner": Manner.EDITS,
        "start": 5,
        "probe": True,
        "extras": True,
        "satisfaction": 9,
        "drive": 21,
    }
    for name, value in wanted.items():
        move(simulator, name, value)
    assert simulator.now.settings == Settings(**wanted)  # type: ignore[arg-type]


# --- controls, chart ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start", 9),
        ("probe", True),
        ("extras", True),
        ("satisfaction", 6),
        ("drive", 27),
        ("manner", Manner.BIG),
    ],
)
def test_moving_a_control_moves_the_picture(
    simulator: CurvesSimulator, name: str, value: object
) -> None:
    move(simulator, "manner", Manner.DRAFT)
    before = simulator.chart.bands.y.copy()
    move(simulator, name, value)
    assert not np.array_equal(simulator.chart.bands.y, before)
    assert np.allclose(simulator.chart.bands.y[::-1], view.curves(simulator.now).cumsum(1).T)
    assert simulator.chart.reference.visible


def test_what_opens_the_throttle_applies_to_those_who_open_it(simulator: CurvesSimulator) -> None:
    names = ("start", "probe", "extras")
    assert all(simulator.controls[name].input.disabled for name in names)
    move(simulator, "manner", Manner.DRAFT)
    assert not any(simulator.controls[name].input.disabled for name in names)


@pytest.mark.parametrize("manner", list(Manner))
def test_bands_fill_the_whole_and_agree_with_the_model(manner: Manner) -> None:
    only = run(manner=manner, probe=True)
    curves = view.curves(only)
    assert curves.shape == (27, 4)
    assert curves.sum(axis=1) == pytest.approx(1)
    assert curves.min() >= 0
    assert curves[:, 0] == pytest.approx(only.result.counts[:, Outcome.SIGNED] / 1000)
    assert curves[:, 3] == pytest.approx(only.result.counts[:, Outcome.LOST] / 1000)
    for week in (0, 7, 25):
        rpm = only.result.rpm[week]
        assert curves[week, 1] == pytest.approx(np.mean(rpm >= 500))
    assert curves[-1, 2] == pytest.approx(only.stalled.mean())


def test_a_slider_has_its_pictures_made_ahead(simulator: CurvesSimulator) -> None:
    move(simulator, "manner", Manner.EDITS)
    simulator._look_ahead()
    pictures = simulator._ahead.album["pictures"]
    for name in ("start", "satisfaction", "drive"):
        slider = simulator.controls[name].input
        places = pictures[slider.model_id]
        assert list(places) == [str(place) for place in range(slider.min, slider.max + 1)]
    runs = simulator.runs
    move(simulator, "start", 8)
    assert simulator.runs == runs
    shown = pictures[simulator.controls["start"].input.model_id]["8"]
    assert np.allclose(simulator.chart.bands.y, shown[simulator.chart.bands.model_id]["y"])


def test_words_wait_until_the_hand_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "PAUSE", 0.02)

    async def until(holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                await asyncio.sleep(0.005)

    async def act() -> None:
        simulator = CurvesSimulator(customers=100)
        before = simulator._words.value
        move(simulator, "satisfaction", 6)
        assert simulator._words.value == before
        await until(lambda: simulator._words.value != before)
        assert "from 8 to 6 of 10" in simulator._words.value
        simulator.close()

    asyncio.run(act())


# --- words -------------------------------------------------------------------------------------

CASES: list[dict[str, Any]] = [
    {},
    {"manner": Manner.SHOW},
    {"manner": Manner.DRAFT},
    {"manner": Manner.EDITS},
    {"manner": Manner.EDITS, "start": 8},
    {"manner": Manner.EDITS, "probe": True, "extras": True},
    {"manner": Manner.BIG},
    {"manner": Manner.DRAFT, "satisfaction": 6},
    {"manner": Manner.DRAFT, "satisfaction": 10, "drive": 26},
]


@pytest.mark.parametrize("one", CASES)
@pytest.mark.parametrize("two", CASES)
def test_every_number_in_the_words_is_in_the_runs(one: dict[str, Any], two: dict[str, Any]) -> None:
    now, last = run(**one), run(**two)
    text = " ".join(words.what_happened(now, last))
    assert "{" not in text
    signed, before = int(now.signed.sum()), int(last.signed.sum())
    said = re.search(r"(\d+) (more|fewer) of the 1,000 customers signed, (\d+) in", text)
    assert (said is not None) == (clear_difference(now.signed, last.signed) != 0)
    if said:
        assert int(said[1]) == abs(signed - before)
        assert (said[2] == "more") == (signed > before)
        assert f"({signed:,} in all)" in text
    times = re.search(r"That is ([\d.]+) times as many", text)
    if times:
        assert float(times[1]) == pytest.approx(signed / before, abs=0.05)
    part = re.search(r"That is (\d+)% of the signatures lost", text)
    if part:
        assert int(part[1]) == pytest.approx(100 * (1 - signed / before), abs=0.5)
    gone = re.search(r"money of (\d+) (more|fewer) went elsewhere \(([\d,]+) in all", text)
    if gone:
        assert int(gone[1]) == abs(int(now.lost.sum()) - int(last.lost.sum()))
        assert int(gone[3].replace(",", "")) == now.lost.sum()
    if now.hours_per_customer:
        assert f"{now.hours_per_customer:.1f} hours on each customer" in text


@pytest.mark.parametrize("settings", CASES)
def test_a_first_run_in_words(settings: dict[str, Any]) -> None:
    only = run(**settings)
    said = " ".join(words.what_happened(only, None))
    assert f"{only.signed.sum()} signed" in said
    assert f"{only.lost.sum()} went elsewhere" in said
    assert f"{only.stalled.sum()} stand still" in said


def test_the_surprises_of_the_lesson_are_said() -> None:
    def said(now: dict[str, Any], last: dict[str, Any]) -> str:
        return " ".join(words.what_happened(run(n=2000, **now), run(n=2000, **last)))

    happier = re.search(r"(\d+) in a hundred", said({"satisfaction": 10}, {"satisfaction": 6}))
    assert happier is None or int(happier[1]) <= 5
    draft = re.search(r"That is ([\d.]+) times", said({"manner": Manner.DRAFT}, {}))
    assert draft is not None
    assert float(draft[1]) > 3
    edits = re.search(
        r"That is ([\d.]+) times", said({"manner": Manner.EDITS}, {"manner": Manner.DRAFT})
    )
    assert edits is not None
    assert 1.8 < float(edits[1]) < 2.8
    late = re.search(
        r"That is (\d+)% of",
        said({"manner": Manner.EDITS, "start": 8}, {"manner": Manner.EDITS}),
    )
    assert late is not None
    assert 25 < int(late[1]) < 45
    assert "fewer of the 2,000" in said({"manner": Manner.BIG}, {"manner": Manner.DRAFT})


def test_back_and_several_changes_at_once() -> None:
    assert words.what_happened(run(), run())[0].startswith("You are back")
    several = words.what_happened(run(manner=Manner.DRAFT, satisfaction=6), run())
    assert several[0].startswith("You changed 2 things at once")


def test_the_text_alternative_says_every_share(simulator: CurvesSimulator) -> None:
    said = words.alternative(simulator.now)
    curves = view.curves(simulator.now)[-1]
    assert all(f"{share:.0%}" in said for share in curves)
    assert said in simulator._caption.value


# --- this run and the last, debrief ------------------------------------------------------------


def test_the_table_compares_with_the_last_run(simulator: CurvesSimulator) -> None:
    assert "Last run" not in simulator._table.value
    first = simulator.now
    move(simulator, "manner", Manner.EDITS)
    assert simulator.last is first
    assert np.array_equal(first.result.lands, simulator.now.result.lands)
    table = simulator._table.value
    assert f"{100 * first.signed.mean():.1f}%" in table
    assert re.search(r"Signed.*?<span class='ltd-sim-better'>\+", table)
    # Hours per customer are what it costs, neither good nor bad.
    assert "better" not in table.split("Your hours per customer")[1].split("</tr>")[0]


def test_a_run_in_which_nobody_signs_is_borne() -> None:
    settings = Settings(manner=Manner.DRAFT)
    luck = np.random.default_rng(1)
    nobody = Run(settings, simulate(Params(base=-60, lands=0), settings.policy(), n=40, rng=luck))
    text = view.comparison(nobody, nobody) + view.hidden_customers(nobody)
    text += " ".join(words.what_happened(nobody, None))
    assert "–" in text
    assert not re.search(r"\bnan\b", text)


def test_who_the_customers_are_is_kept_back_until_asked_for(simulator: CurvesSimulator) -> None:
    move(simulator, "manner", Manner.EDITS)
    page = simulator._words.value + simulator._table.value + simulator._caption.value
    assert not re.search(r"no money|drive", page)
    assert simulator._hidden.value == ""
    simulator._button.click()
    shown = simulator._hidden.value
    dry = int((~simulator.now.result.lands).sum())
    assert f"{dry} of the 400 had no money" in shown
    assert "hours per signature" in shown
    sizes = re.findall(r"</th><td class='ltd-sim-num'>([\d,]+)</td>", shown)
    assert sum(int(size.replace(",", "")) for size in sizes) == 400
    simulator._button.click()
    assert simulator._hidden.value == ""


def test_the_remark_says_that_the_numbers_are_assumed(simulator: CurvesSimulator) -> None:
    assert "assumed" in simulator.frame().remark


def test_running_the_cell_again_keeps_the_settings_and_closes_the_old_view() -> None:
    first = curves_simulator("again", customers=50)
    size = len(_instances)
    move(first, "manner", Manner.BIG)
    second = curves_simulator("again", customers=50)
    assert len(_instances) == size
    assert first.chart.figure.comm is None
    assert second.now.settings.manner is Manner.BIG
    assert second.last is not None
    assert second.last.settings == Settings()
