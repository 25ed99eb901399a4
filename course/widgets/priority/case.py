"""The case of lesson 03 on the page: story, threads to read, what labels and telling tell."""

from html import escape
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from course.cases.case import Case
from course.cases.priority import (
    URGENT_FROM,
    clean,
    label_and_cost,
    wait_by_information,
    waits,
)
from course.text import _, ngettext
from course.widgets.casebook import Said, dialogue, picture, show_dictionary, show_story
from course.widgets.charts import OKABE_ITO
from course.widgets.page import card, named, show_once, show_text, text

__all__ = [
    "show_chart",
    "show_dictionary",
    "show_information",
    "show_story",
    "show_thread",
    "telling_tickets",
]

_SHOWN = 8  # tickets of a requester to choose from
_URGENT, _NORMAL = OKABE_ITO["vermillion"], "#7b8290"
_BANDS = {"low": "#c5cad3", "middle": OKABE_ITO["sky"], "high": OKABE_ITO["blue"]}
_TOLD = ("background", "reviewers", "dates", "why")


def telling_tickets(case: Case, requester_id: str) -> list[str]:
    """Return up to eight finished tickets of a requester about which most was said, by id."""
    tickets: Any = case.tables["tickets"]
    own = tickets[tickets["requester_id"] == requester_id].dropna(subset="done_on")
    own = own[own["reopens"].isna()]["ticket_id"]
    said: Any = case.tables["comms"]["ticket_id"].value_counts()
    counts: Any = said.reindex(own).fillna(0).sort_values(ascending=False, kind="stable")
    return sorted(counts.index[:_SHOWN])


def show_thread(case: Case) -> w.Widget:
    """Return a view of what was said about a ticket, one at a time; where its days went on request.

    Messages are shown as they were found: most calls with which a ticket begins are missing.
    """

    def make() -> w.Widget:
        tickets: Any = clean(case)["tickets"].set_index("ticket_id")
        messages: Any = case.tables["comms"]
        people: Any = case.tables["requesters"]
        options = list(zip(people["name"], people["requester_id"], strict=True))
        who = named(w.Dropdown(options=options, layout={"width": "220px"}), _("who asked"))
        which = named(w.Dropdown(layout={"width": "400px", "max_width": "100%"}), _("ticket"))
        about, thread, days = text(kind="help"), text(kind="chat"), text(kind="status")
        tell = w.Button(description=_("Where did the days go?"), layout={"width": "auto"})

        def choose(_change: object = None) -> None:
            names = telling_tickets(case, who.value)
            which.options = [(_title(name, tickets.loc[name]), name) for name in names]
            which.value = names[0]

        def draw(_change: object = None) -> None:
            if which.value is None:  # while the options change
                return
            ticket = tickets.loc[which.value]
            own: Any = messages[messages["ticket_id"] == which.value]
            name = people.set_index("requester_id")["name"][ticket["requester_id"]]
            show_text(about, escape(_about(case, which.value, ticket)))
            show_text(
                thread,
                dialogue(
                    Said(m.at, m.sender, m.text, own=m.sender == name, note=_route(m))
                    for m in own.itertuples()
                ),
            )
            show_text(days, "")

        def end(_button: object) -> None:
            said = _days(case, which.value, tickets.loc[which.value])
            show_text(days, f"<b role='status'>{escape(said)}</b>")

        who.observe(choose, names="value")
        which.observe(draw, names="value")
        tell.on_click(end)
        choose()
        draw()
        head = w.HBox([who, which], layout={"flex_flow": "row wrap"})
        return card([head, about, thread, tell, days], name="logs")

    return show_once("case-thread", make)


def _day(moment: Any) -> str:
    return f"{moment.day} {moment:%b}"


def _title(name: str, ticket: Any) -> str:
    return f"{name} · {_day(ticket['opened_at'])} · {ticket['title']}"


def _about(case: Case, name: str, ticket: Any) -> str:
    """What the system says of a ticket: how it was asked for, ticked, and what was given."""
    tickets = case.tables["tickets"].set_index("ticket_id")
    experts = case.tables["experts"].set_index("expert_id")
    given = [each for each in _TOLD if ticket[each]]
    said = _(
        "Asked of {expert} ({role}) by {channel}, ticked “{label}”. Told with the request: "
        "{given}; not told: {missing}."
    ).format(
        expert=experts["name"][ticket["expert_id"]],
        role=experts["role"][ticket["expert_id"]],
        channel=ticket["channel"],
        label=tickets["label"][name],
        given=", ".join(given) or _("nothing"),
        missing=", ".join(each for each in _TOLD if each not in given) or _("nothing"),
    )
    first = case.tables["comms"].drop_duplicates("ticket_id").set_index("ticket_id")
    noted = name in first.index and first["at"][name] == ticket["opened_at"]
    return said if noted else said + " " + _("Nobody wrote the call down.")


def _route(message: Any) -> str:
    """In small print: how it was said and to whom."""
    to = _("{channel} to {receiver}").format(channel=message.channel, receiver=message.receiver)
    copy = "" if pd.isna(message.cc) else _("copy to {cc}").format(cc=message.cc)
    return " · ".join(filter(None, [to, copy]))


def _days(case: Case, name: str, ticket: Any) -> str:
    """Where the days went, and what each of them cost."""
    row: Any = waits(case).loc[name]
    wait = int(row["wait"])
    waited = ngettext("{count} working day", "{count} working days", wait).format(count=wait)
    return _(
        "Asked for on {asked}, begun on {begun}: {waited} of waiting, {hours:g} hours of work, "
        "done on {done}. A day of delay cost CNY {cost:,}, as it turned out: {verdict}."
    ).format(
        asked=_day(ticket["opened_at"]),
        begun=_day(ticket["started_on"]),
        done=_day(ticket["done_on"]),
        waited=waited,
        hours=row["hours"],
        cost=int(ticket["cost_per_day"]),
        verdict=_("urgent by the firm's own rule") if row["urgent"] else _("not urgent"),
    )


def show_chart(case: Case) -> w.Widget:
    """Return a picture of what a day of delay really cost, by the label on the ticket."""

    def make() -> w.Widget:
        tickets: Any = waits(case)
        table: Any = label_and_cost(tickets)
        figure: Any = Figure(figsize=(7.6, 2.7), dpi=110, layout="constrained")
        axes = figure.add_subplot()
        names = []
        for place, (label, colour) in enumerate((("urgent", _URGENT), ("normal", _NORMAL))):
            own: Any = tickets[tickets["label"] == label].sort_values("cost_per_day")
            spread = (np.arange(len(own)) * 0.618) % 1 - 0.5  # evenly, so that none hides another
            axes.scatter(
                own["cost_per_day"], place + 0.62 * spread, s=9, color=colour, alpha=0.55, lw=0
            )
            median = table["median_cost"][label]
            axes.plot([median, median], [place - 0.4, place + 0.4], color="black", lw=2)
            names.append(
                _("ticked “{label}”\n({count} tickets)").format(label=label, count=len(own))
            )
        axes.axvline(URGENT_FROM, color="black", lw=1, ls=":")
        axes.text(URGENT_FROM * 1.06, -0.56, _("really urgent"), fontsize=9)
        axes.set_yticks([0, 1], names)
        axes.set(
            xscale="log",
            ylim=(1.5, -0.75),
            xlabel=_("what a working day of delay really cost, CNY (bar: the middle ticket)"),
        )
        axes.set_xticks([100, 1_000, 4_000, 10_000], ["100", "1,000", "4,000", "10,000"])
        axes.minorticks_off()
        axes.spines[["top", "right"]].set_visible(False)
        said = _(
            "Ticked “urgent”: {urgent} of {all} tickets. For the middle one of them a day of delay "
            "cost CNY {median:,.0f}, and {share:.0%} were really urgent (CNY {limit:,} a day or "
            "more). For those ticked “normal” it is CNY {other:,.0f}, and {rest:.0%}."
        ).format(
            urgent=table["tickets"]["urgent"],
            all=table["tickets"].sum(),
            median=table["median_cost"]["urgent"],
            share=table["really_urgent"]["urgent"],
            limit=URGENT_FROM,
            other=table["median_cost"]["normal"],
            rest=table["really_urgent"]["normal"],
        )
        return picture(figure, said, name="case-chart")

    return show_once("case-chart", make)


def show_information(case: Case) -> w.Widget:
    """Return a picture of the mean wait by what the request told, within bands of equal cost."""

    def make() -> w.Widget:
        table: Any = wait_by_information(waits(case))
        figure: Any = Figure(figsize=(7.6, 2.7), dpi=110, layout="constrained")
        axes = figure.add_subplot()
        names = {"low": _("low"), "middle": _("middle"), "high": _("high")}
        for step, (band, colour) in enumerate(_BANDS.items()):
            places = np.arange(len(table)) + 0.26 * (step - 1)
            axes.barh(places, table[band], height=0.24, color=colour, label=names[band])
            for place, days in zip(places, table[band], strict=True):
                axes.text(days + 0.08, place, f"{days:.1f}", va="center", fontsize=8.5)
        axes.set_yticks(range(len(table)), list(table.index))
        axes.invert_yaxis()
        axes.set(xlabel=_("mean wait, working days"), ylabel=_("told with the request"))
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(title=_("cost of delay"), frameon=False, loc="lower right")
        line = _(
            "Told {told}: {low:.1f} days at low cost, {middle:.1f} at middle, {high:.1f} at high."
        )
        said = " ".join(line.format(told=told, **row) for told, row in table.iterrows())
        return picture(figure, said, name="case-information")

    return show_once("case-information", make)
