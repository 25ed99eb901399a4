"""What most notebooks do, done once beforehand: libraries load much of themselves at first use."""

import io

__all__ = ["rehearse"]


def rehearse() -> None:
    """Read, reshape and show a table; draw and save a figure."""
    import pandas as pd
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    text = "when,team,deals\n2024-01-01,a,1\n2024-01-02,b,2\n2024-01-03,a,\n"
    table = pd.read_csv(io.StringIO(text), parse_dates=["when"])
    table.merge(table.groupby("team").agg(mean=("deals", "mean")).reset_index()).sort_values("when")
    table.pivot_table(index="team", values="deals").describe()
    table["team"].astype("category").value_counts()
    table.to_csv(io.StringIO())
    table.to_html()
    str(table)

    figure = Figure()
    FigureCanvasAgg(figure)
    lines, bars = figure.subplots(1, 2)
    lines.plot(table["when"], table["deals"], label="$x$")
    lines.legend()
    bars.bar(["a", "b"], [1, 2])
    bars.set_title("Title")
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
