"""The case of lesson 01 on the page: its story, a chat to read, and one chart."""

from typing import Any

import ipywidgets as w
import pandas as pd
from matplotlib.figure import Figure

from course.cases.case import Case
from course.cases.lead.silence import ENDS, broker_silence, ending_shares
from course.text import _
from course.widgets.casebook import Said, dialogue, picture, show_story
from course.widgets.charts import OKABE_ITO
from course.widgets.page import card, named, show_once, show_text, text

__all__ = [
    "broker_silence",
    "ending_shares",
    "show_chart",
    "show_chats",
    "show_story",
    "telling_deals",
]

_SHOWN = 60  # messages of a group on the page


def telling_deals(case: Case, *, least: int = 25) -> list[str]:
    """Return the id of one deal for each way of leading: the first with ``least`` messages."""
    deals: Any = case.tables["deals"].drop_duplicates("deal_id")
    lengths: Any = case.tables["group_messages"]["deal_id"].value_counts()
    long_ones = deals[deals["deal_id"].map(lengths).fillna(0) >= least]
    return sorted(long_ones.groupby("style")["deal_id"].first())


def show_chats(case: Case) -> w.Widget:
    """Return a view of four group chats, one at a time; how each is led is not said."""

    def make() -> w.Widget:
        messages: Any = case.tables["group_messages"]
        names = messages.drop_duplicates("deal_id").set_index("deal_id")["group"]
        options = [(f"{deal} · {names[deal]}", deal) for deal in telling_deals(case)]
        choice = named(w.Dropdown(options=options, layout={"width": "360px"}), _("group chat"))
        chat = text(kind="chat")

        def draw(_change: object = None) -> None:
            rows: Any = messages[messages["deal_id"] == choice.value].head(_SHOWN).itertuples()
            said = (Said(m.sent_at, m.sender, m.text, own=m.role == "broker") for m in rows)
            show_text(chat, dialogue(said))

        choice.observe(draw, names="value")
        draw()
        return card([choice, chat], name="chats")

    return show_once("case-chats", make)


def show_chart(case: Case) -> w.Widget:
    """Return a picture of the endings by the broker's longest silence, and its figures in words."""

    def make() -> w.Widget:
        shares: Any = ending_shares(broker_silence(case))
        colours = {
            "paid": OKABE_ITO["green"],
            "dropped": OKABE_ITO["yellow"],
            "dead": "#9aa1ae",
            "bypassed": OKABE_ITO["vermillion"],
        }
        figure: Any = Figure(figsize=(7.6, 2.6), dpi=110, layout="constrained")
        axes = figure.add_subplot()
        left: Any = pd.Series(0.0, index=shares.index)
        names = [f"{band} days ({deals} deals)" for band, deals in shares["deals"].items()]
        for end in ENDS:
            axes.barh(names, shares[end], left=left, color=colours[end], label=end)
            for place, (share, start) in enumerate(zip(shares[end], left, strict=True)):
                if share > 0.07:
                    axes.text(start + share / 2, place, f"{share:.0%}", ha="center", va="center")
            left += shares[end]
        axes.invert_yaxis()
        axes.set(xlim=(0, 1), xticks=[], ylabel="longest silence of the broker")
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.legend(ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1), frameon=False)
        words = "; ".join(
            f"{band} days: " + ", ".join(f"{row[end]:.0%} {end}" for end in ENDS)
            for band, row in shares.iterrows()
        )
        said = _("Of the deals that ended, by longest silence. {words}.").format(words=words)
        return picture(figure, said, name="case-chart")

    return show_once("case-chart", make)
