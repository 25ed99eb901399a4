"""The lead simulator without a browser: controls move the picture, and the words tell the truth."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

import course.widgets.simulator as shared
from course.models.lead import Outcome, Params, Policy, Style, simulate
from course.models.lead.pipeline import Pipeline, figures
from course.widgets.lead import view, words
from course.widgets.lead.simulator import LeadSimulator, lead_simulator, show_lead
from course.widgets.lead.words import Run, Settings, what_happened


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def nothing_leaks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shared, "_kept", {})
    monkeypatch.setattr(shared, "_views", {})
    before = set(_instances)
    yield
    for each in shared._views.values():
        each.close()
    leaked = [type(_instances[key]).__name__ for key in set(_instances) - before]
    assert not leaked


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(clock: Clock) -> LeadSimulator:
    return lead_simulator("test", deals=400, clock=clock)


def run(n: int = 1000, seed: int = 5, leads: float = 2.0, **policy: Any) -> Run:
    settings = Settings(policy=Policy(**policy), pipeline=Pipeline(leads=leads))
    result = simulate(Params(), settings.policy, n=n, rng=np.random.default_rng(seed))
    return Run(settings, result, figures(result, settings.pipeline))


def widgets_of(simulator: LeadSimulator) -> set[str]:
    return {mark.model_id for mark in simulator.chart.figure.marks}


# --- controls, chart ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [("style", Style.ATTENDING), ("fee", 18), ("agreement", True)],
)
def test_moving_a_control_moves_the_marks_and_keeps_them(
    simulator: LeadSimulator, name: str, value: object
) -> None:
    marks, curves = widgets_of(simulator), simulator.chart.bands.y.copy()
    simulator.controls[name].input.value = value
    assert widgets_of(simulator) == marks
    assert not np.array_equal(simulator.chart.bands.y, curves)
    assert np.allclose(simulator.chart.bands.y[::-1], view.curves(simulator.now).cumsum(1).T)


def test_chasing_controls_act_only_for_a_style_that_chases(simulator: LeadSimulator) -> None:
    drop, cop = simulator.controls["drop_after"], simulator.controls["bad_cop"]
    assert drop.input.disabled
    assert cop.input.disabled
    simulator.controls["style"].input.value = Style.RULE
    assert not drop.input.disabled
    assert not cop.input.disabled
    drop.input.value = 2
    assert simulator.now.figures.dropped > 0
    assert any("dropped" in text for text in simulator.chart.names.text)


def test_every_control_reaches_the_settings(simulator: LeadSimulator) -> None:
    wanted = {
        "style": Style.RULE,
        "fee": 7,
        "agreement": True,
        "drop_after": 4,
        "bad_cop": True,
        "leads": 3.5,
    }
    for name, value in wanted.items():
        simulator.controls[name].input.value = value
    assert simulator.now.settings == Settings(
        policy=Policy(style=Style.RULE, fee=7, agreement=True, drop_after=4, bad_cop=True),
        pipeline=Pipeline(leads=3.5),
    )


def test_bands_fill_the_whole(simulator: LeadSimulator) -> None:
    curves = view.curves(simulator.now)
    assert curves.shape == (27, 5)
    assert curves.sum(axis=1) == pytest.approx(1)
    assert np.asarray(simulator.chart.bands.y)[0] == pytest.approx(1)


def test_only_the_label_of_a_control_changes_with_it(simulator: LeadSimulator) -> None:
    title = simulator.controls["fee"].box.children[0]
    simulator.controls["fee"].input.value = 13
    assert "13% of the deal" in title.value


# --- this run and the last ---------------------------------------------------------------------


def test_a_first_run_has_nothing_to_compare_with(simulator: LeadSimulator) -> None:
    assert simulator.last is None
    assert not simulator.chart.reference.visible
    assert "Last run" not in simulator._table.value


def test_the_last_run_is_shown_with_the_same_deals(simulator: LeadSimulator) -> None:
    first = simulator.now
    simulator.controls["style"].input.value = Style.RULE
    assert simulator.last is first
    assert np.array_equal(first.result.willing, simulator.now.result.willing)
    assert simulator.chart.reference.visible
    assert simulator.chart.reference.y == pytest.approx(view.curves(first)[:, 0])
    assert "Last run" in simulator._table.value
    assert f"{100 * first.figures.paid:.1f}%" in simulator._table.value


def test_a_drag_is_one_change(simulator: LeadSimulator, clock: Clock) -> None:
    first = simulator.now
    for fee in (11, 12, 13, 14):
        simulator.controls["fee"].input.value = fee
        clock.now += 0.1
    assert simulator.last is first
    clock.now += 10
    simulator.controls["fee"].input.value = 15
    assert simulator.last is not None
    assert simulator.last.settings.policy.fee == 14


def test_two_controls_are_two_changes_however_quick(simulator: LeadSimulator) -> None:
    simulator.controls["fee"].input.value = 5
    simulator.controls["agreement"].input.value = True
    assert simulator.last is not None
    assert simulator.last.settings.policy == Policy(style=Style.SILENT, fee=5)


def test_one_move_is_one_run(simulator: LeadSimulator) -> None:
    before = simulator.runs
    simulator.controls["fee"].input.value = 3
    assert simulator.runs == before + 1


@pytest.mark.parametrize("better", [True, False])
def test_the_table_says_in_sign_and_class_what_got_better(better: bool) -> None:
    silent, rule = run(style=Style.SILENT), run(style=Style.RULE)
    html = view.comparison(rule, silent) if better else view.comparison(silent, rule)
    paid = re.search(r"Paid you.*?<span class='(ltd-sim-\w+)'>(.)", html)
    assert paid is not None
    assert paid.groups() == (("ltd-sim-better", "+") if better else ("ltd-sim-worse", "−"))


def test_the_table_bears_a_run_in_which_nobody_paid() -> None:
    nobody = Run(
        Settings(),
        result := simulate(Params(willing=0), Policy(), n=50, rng=np.random.default_rng(1)),
        figures(result, Pipeline()),
    )
    assert "–" in view.comparison(nobody, run())
    shown = view.comparison(nobody, nobody)
    shown += view.hidden_types(nobody, Params(willing=0))
    assert not re.search(r"\bnan\b", shown)


# --- words -------------------------------------------------------------------------------------


def count(result_of: Run, outcome: Outcome) -> int:
    return int((result_of.result.outcome == outcome).sum())


CASES: list[dict[str, Any]] = [
    {"style": Style.SILENT},
    {"style": Style.BEGGING},
    {"style": Style.ATTENDING},
    {"style": Style.RULE},
    {"style": Style.RULE, "drop_after": 1},
    {"style": Style.RULE, "bad_cop": True},
    {"style": Style.SILENT, "agreement": True},
    {"style": Style.SILENT, "fee": 0.0},
    {"style": Style.RULE, "fee": 20.0, "leads": 9.0},
]


@pytest.mark.parametrize("one", CASES)
@pytest.mark.parametrize("two", CASES)
def test_every_number_in_the_words_is_in_the_runs(one: dict[str, Any], two: dict[str, Any]) -> None:
    now, last = run(**one), run(**two)
    said = what_happened(now, last)
    assert 2 <= len(said) <= 4
    text = " ".join(said)
    assert "{" not in text
    for outcome, verb in (
        (Outcome.PAID, "of the 1,000 deals paid you"),
        (Outcome.BYPASSED, "went around you"),
        (Outcome.DEAD, "died on the way"),
        (Outcome.DROPPED, "you dropped for silence"),
    ):
        said = re.search(rf"(\d+) (more|fewer) {verb}[^(]*\((\d+) in all\)", text)
        if said:
            difference = count(now, outcome) - count(last, outcome)
            assert int(said[1]) == abs(difference)
            assert (said[2] == "more") == (difference > 0)
            assert int(said[3]) == count(now, outcome)
            assert words.clear_difference(now, last, outcome) == difference
    assert f"{now.figures.income_per_hour:,.0f} CNY" in text
    carries = re.search(r"carr\w+ only ([\d.]+) of", text)
    assert (carries is not None) == (now.figures.carried < now.settings.pipeline.leads)


@pytest.mark.parametrize("settings", CASES)
def test_a_first_run_in_words(settings: dict[str, Any]) -> None:
    only = run(**settings)
    said = what_happened(only, None)
    assert 2 <= len(said) <= 4
    assert f"{count(only, Outcome.PAID)} paid you" in said[0]
    assert f"{count(only, Outcome.BYPASSED)} closed without you" in said[0]
    dropped = count(only, Outcome.DROPPED)
    assert (f"You dropped {dropped} for silence." in said) == (dropped > 0)


def test_going_back_is_called_going_back() -> None:
    assert what_happened(run(), run())[0].startswith("You are back at the settings")


def test_several_changes_are_not_explained_by_one() -> None:
    said = what_happened(run(style=Style.RULE, fee=4.0), run(style=Style.SILENT, fee=9.0))
    assert said[0].startswith("You changed 2 things at once")


def test_more_leads_change_no_ending() -> None:
    said = what_happened(run(leads=8.0), run(leads=2.0))
    assert said[:2] == (
        "New leads went from 2 to 8 a week.",
        "The deals ended exactly as before.",
    )


def test_a_difference_within_luck_is_not_called_one() -> None:
    # Same policy, other deals: whatever differs is luck, and in 19 of 20 pairs is not called clear.
    base = run(seed=0)
    called = [
        words.clear_difference(run(seed=seed), base, Outcome.PAID) != 0 for seed in range(1, 61)
    ]
    assert np.mean(called) < 0.25  # all pairs share one base run, so they err together
    assert words.clear_difference(base, base, Outcome.PAID) == 0


def test_the_words_name_no_hidden_type(simulator: LeadSimulator) -> None:
    for style in (Style.RULE, Style.BEGGING):
        simulator.controls["style"].input.value = style
        page = simulator._words.value + simulator._table.value + simulator._caption.value
        assert not re.search(r"honest|always|depends|willing|wanted", page, re.IGNORECASE)
    assert simulator._hidden.value == ""


def test_the_text_alternative_says_every_share(simulator: LeadSimulator) -> None:
    f = simulator.now.figures
    said = words.alternative(simulator.now)
    for share in (f.paid, f.bypassed, f.dead, f.dropped, f.open):
        assert f"{share:.0%}" in said
    assert said in simulator._caption.value
    assert "aria-live='polite'" in simulator._caption.value


# --- debrief -----------------------------------------------------------------------------------


def test_the_button_shows_and_hides_the_types(simulator: LeadSimulator) -> None:
    simulator._button.click()
    assert "Honest" in simulator._hidden.value
    assert "ltd-sim-hidden" not in simulator._hidden._dom_classes
    simulator.controls["style"].input.value = Style.RULE
    assert "98%" in simulator._hidden.value  # three unanswered chases
    simulator._button.click()
    assert simulator._hidden.value == ""


def test_the_debrief_can_be_kept_back() -> None:
    view = show_lead("kept back", reveal=False, deals=50)
    assert not [row for row in view.children if "ltd-sim-debrief" in row._dom_classes]


def test_the_types_add_up_to_all_deals(simulator: LeadSimulator) -> None:
    html = view.hidden_types(simulator.now, Params())
    sizes = re.findall(r"</th><td class='ltd-sim-num'>([\d,]+)</td>", html)
    assert sum(int(size.replace(",", "")) for size in sizes) == 400


# --- the cell is run again ---------------------------------------------------------------------


def test_running_the_cell_again_keeps_the_settings_and_closes_the_old_view(clock: Clock) -> None:
    first = lead_simulator("again", deals=100, clock=clock)
    size = len(_instances)
    first.controls["style"].input.value = Style.RULE
    first.controls["fee"].input.value = 6
    second = lead_simulator("again", deals=100, clock=clock)
    assert len(_instances) == size
    assert first.chart.figure.comm is None
    assert second.now.settings == first.now.settings
    assert second.last is not None
    assert second.last.settings == replace(
        first.now.settings, policy=replace(first.now.settings.policy, fee=10.0)
    )
    assert second.controls["fee"].value == 6


def test_keys_do_not_meet() -> None:
    one = lead_simulator("one", deals=50)
    one.controls["fee"].input.value = 1
    assert lead_simulator("two", deals=50).controls["fee"].value == 10
    assert one.chart.figure.comm is not None


def test_odd_starts_are_refused_in_words() -> None:
    from course.widgets.controls import choice, slider

    with pytest.raises(ValueError, match="Fee: expected a value from 0 to 5, got 9"):
        slider("Fee", value=9, low=0, high=5, show=str)
    with pytest.raises(ValueError, match="Way: expected one of"):
        choice("Way", {"a": 1}, value=2)
