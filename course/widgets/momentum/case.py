"""The case of lesson 02 on the page: story, four logs to read, and what signing went along with."""

from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd
from matplotlib.figure import Figure

from course.cases.case import Case
from course.cases.momentum import early_signals
from course.text import _
from course.widgets.casebook import Said, dialogue, picture, show_dictionary, show_story
from course.widgets.charts import OKABE_ITO
from course.widgets.page import card, named, show_once, show_text, text

__all__ = [
    "EARLY",
    "HAPPY",
    "gaps",
    "show_cohorts",
    "show_dictionary",
    "show_logs",
    "show_pooled",
    "show_story",
    "signals",
    "telling_opportunities",
]

HAPPY = 8
"""Points from which a customer counts as satisfied."""
EARLY = 28
"""Days within which the customer's first dated task counts as early."""
_DAYS = 56  # of a log on the page, before its end is told
_LEAST = 12  # entries that a log should have in these days, to be worth reading
_WAYS = {"wait": "no decision", "show": "lost", "materials": "lost", "page": "signed"}
_KNOWN = ("Nora", "Kevin")  # the story tells how they work: their names would give it away
_YES, _NO = OKABE_ITO["blue"], "#7b8290"


def telling_opportunities(case: Case) -> list[str]:
    """Return four opportunities that were worked on in four ways, in the order of their ids.

    Those that ended as such ones mostly do and have much to read come first.
    """
    deals: Any = case.truth["opportunities"].set_index("opportunity_id")
    first_weeks: Any = _first_weeks(case)["opportunity_id"].value_counts()
    found = []
    for way, status in _WAYS.items():
        own: Any = deals[deals["way"] == way]
        length = own.index.to_series().map(first_weeks).fillna(0)
        later = (own["ended_on"] - own["presented_on"]).dt.days > _DAYS  # else the log tells
        fits = (own["status"] == status) & (length >= _LEAST) & later
        fits &= ~own["seller"].str.split().str[0].isin(_KNOWN)
        found.append(str(fits.idxmax() if fits.any() else length.idxmax()))
    return sorted(found)


def _first_weeks(case: Case) -> pd.DataFrame:
    events: Any = case.tables["events"]
    starts = case.tables["opportunities"].set_index("opportunity_id")["presented_on"]
    age: Any = events["at"] - events["opportunity_id"].map(starts)
    return pd.DataFrame(events[age.dt.days < _DAYS])


def show_logs(case: Case) -> w.Widget:
    """Return a view of the first weeks of four opportunities; how one ended is told on request."""

    def make() -> w.Widget:
        deals: Any = case.tables["opportunities"].set_index("opportunity_id")
        entries: Any = _first_weeks(case)
        names = telling_opportunities(case)
        options = [(f"{name} · {deals['customer'][name]}", name) for name in names]
        choice = named(w.Dropdown(options=options, layout={"width": "360px"}), _("opportunity"))
        about, log, ending = text(kind="help"), text(kind="chat"), text(kind="status")
        tell = w.Button(description=_("How did it end?"), layout={"width": "auto"})

        def draw(_change: object = None) -> None:
            own: Any = entries[entries["opportunity_id"] == choice.value].itertuples()
            deal = deals.loc[choice.value]
            show_text(about, escape(_about(deal)))
            show_text(
                log,
                dialogue(
                    Said(e.at, e.author, e.text, own=e.side == "seller", note=_task(e)) for e in own
                ),
            )
            show_text(ending, "")

        def end(_button: object) -> None:
            show_text(ending, f"<b role='status'>{escape(_ending(deals.loc[choice.value]))}</b>")

        choice.observe(draw, names="value")
        tell.on_click(end)
        draw()
        row = w.HBox([tell, ending]).add_class("ltd-buttons")
        return card([choice, about, log, row], name="logs")

    return show_once("case-logs", make)


def _about(deal: Any) -> str:
    said = _(
        "{seller} presented {product} for {site}, about CNY {amount}. Satisfaction, as it was "
        "typed in: {satisfaction}. These are the first eight weeks."
    )
    return said.format(
        seller=deal["seller"],
        product=deal["product"],
        site=deal["site"],
        amount=f"{deal['amount']:,}",
        satisfaction=deal["satisfaction"],
    )


def _task(entry: Any) -> str:
    """Return the task that an entry holds, as it was logged."""
    if pd.isna(entry.assignee):
        return ""
    due = "" if pd.isna(entry.due) else _("due {day}").format(day=_day(entry.due))
    done = "" if pd.isna(entry.done) else _("done {day}").format(day=_day(entry.done))
    side = _("task, logged as the customer's") if entry.owner == "customer" else _("task, seller's")
    return " · ".join(filter(None, [f"{side}: {entry.assignee}", due, done]))


def _day(moment: Any) -> str:
    return f"{moment.day} {moment:%b}"


def _ending(deal: Any) -> str:
    days = (deal["ended_on"] - deal["presented_on"]).days
    said = {
        "signed": _("Signed after {weeks} weeks."),
        "lost": _("The money went elsewhere after {weeks} weeks; last step known: {stage}."),
        "no decision": _("Nobody ever said no. Taken off the list; last step known: {stage}."),
    }[deal["status"]]
    return said.format(weeks=round(days / 7), stage=deal["stage"])


def signals(case: Case) -> pd.DataFrame:
    """Return :func:`early_signals` with what the lesson asks of them.

    ``happy``: at least :data:`HAPPY` points; ``early``: the customer's first dated task of their
    own came within :data:`EARLY` days.
    """
    deals = early_signals(case)
    early = (deals["first_action"] < EARLY).fillna(value=False)
    return deals.assign(happy=deals["satisfaction"] >= HAPPY, early=early)


def gaps(deals: pd.DataFrame, sign: str) -> tuple[float, float]:
    """Return how many points more often deals with a sign were signed: in one pot, within cohorts.

    ``deals`` as :func:`signals` returns them; points are of 100. Each cohort counts with its size;
    every cohort must have deals with the sign and without.
    """

    def gap(rows: Any) -> float:
        return float(100 * rows.groupby(sign)["signed"].mean().diff().iloc[-1])

    parts = [rows for _cohort, rows in deals.groupby("cohort")]
    within = sum(gap(rows) * len(rows) for rows in parts) / len(deals)
    return gap(deals), within


def show_pooled(case: Case) -> w.Widget:
    """Return a picture of the share signed, satisfied or less so, all quarters in one."""

    def make() -> w.Widget:
        deals: Any = signals(case)
        counts: Any = deals.groupby("happy")["signed"].agg(["mean", "size"])
        figure: Any = Figure(figsize=(7.6, 1.7), dpi=110, layout="constrained")
        axes = figure.add_subplot()
        names = {True: _("8 points or more"), False: _("7 points or less")}
        for place, happy in enumerate((True, False)):
            share = counts["mean"][happy]
            axes.barh(place, share, color=_YES if happy else _NO, height=0.6)
            axes.text(share + 0.01, place, f"{share:.0%}", va="center")
        axes.set_yticks(
            [0, 1],
            [
                _("{name}\n({count} opportunities)").format(name=names[h], count=counts["size"][h])
                for h in (True, False)
            ],
        )
        axes.invert_yaxis()
        axes.set(xlim=(0, 1), xticks=[], xlabel=_("signed within 26 weeks"))
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        said = _(
            "Signed, of all opportunities of the year: {more:.0%} of those with 8 points or more, "
            "{less:.0%} of those with 7 or less."
        ).format(more=counts["mean"][True], less=counts["mean"][False])
        return picture(figure, said, name="pooled")

    return show_once("case-pooled", make)


def show_cohorts(case: Case) -> w.Widget:
    """Return a picture of the share signed by quarter, for satisfaction and for an early task."""

    def make() -> w.Widget:
        deals = signals(case)
        figure: Any = Figure(figsize=(7.6, 2.8), dpi=110, layout="constrained")
        panels = figure.subplots(ncols=2, sharey=True)
        titles = {
            "happy": _("Satisfied: 8 points or more?"),
            "early": _("A dated task of their own\nwithin four weeks?"),
        }
        lines = []
        for axes, (column, title) in zip(panels, titles.items(), strict=True):
            counts: Any = deals.groupby(["cohort", column])["signed"].agg(["mean", "size"])
            shares, sizes = counts["mean"].unstack(), counts["size"].unstack()
            for place, (cohort, share) in enumerate(shares.iterrows()):
                axes.plot([share[False], share[True]], [place, place], color="#c5cad3", lw=3)
                _dots(axes, place, share, sizes.loc[cohort])
            axes.set_yticks(range(len(shares)), [_quarter(name) for name in shares.index])
            axes.set_title(title, fontsize=10)
            axes.set(
                ylim=(len(shares) - 0.5, -0.5),
                xlim=(-0.05, 1.05),
                xticks=[0, 0.5, 1],
                xticklabels=["0", "50 %", "100 %"],
            )
            axes.spines[["top", "right"]].set_visible(False)
            lines.append(
                title.replace("\n", " ")
                + " "
                + "; ".join(
                    _("{cohort}: yes {yes:.0%}, no {no:.0%}").format(
                        cohort=_quarter(cohort), yes=share[True], no=share[False]
                    )
                    for cohort, share in shares.iterrows()
                )
                + "."
            )
        (pot, happy), (_all, early) = gaps(deals, "happy"), gaps(deals, "early")
        lines.append(
            _(
                "In one pot, satisfaction seemed worth {pot:+.0f} signatures in a hundred; within "
                "the quarters, on average, it is {happy:+.0f}, and an early task {early:+.0f}."
            ).format(pot=pot, happy=happy, early=early)
        )
        panels[0].set_xlabel(_("signed: full = yes, ring = no"))
        panels[1].set_xlabel(_("larger dots are more opportunities"))
        return picture(figure, " ".join(lines), name="cohorts")

    return show_once("case-cohorts", make)


def _dots(axes: Any, place: int, share: Any, size: Any) -> None:
    for answer, look in ((True, {"color": _YES}), (False, {"fc": "none", "ec": _NO, "lw": 2})):
        axes.scatter(share[answer], place, s=20 + 4 * size[answer], zorder=3, **look)


def _quarter(cohort: str) -> str:
    """Return ``2025Q1`` as it is said."""
    return f"Q{cohort[-1]} {cohort[:4]}"
