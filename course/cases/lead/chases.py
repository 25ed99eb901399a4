"""Twelve deals of the year before: how the broker's chases were answered, week by week. Simulated.

A small table for the homework; its deals are none of the 160 of the case.
"""

import numpy as np
import pandas as pd

__all__ = ["DEALS", "chase_log"]

DEALS = (
    ("Hengyuan Logistics", "Lanting Software"),
    ("Baishi Cold Chain", "Novalink Sensors"),
    ("Jiangbei Hospital No. 3", "Yuntai Imaging"),
    ("Deli Packaging", "Orbis Robotics"),
    ("Changfeng Bus", "Mirae Charging"),
    ("Nanhu Schools Group", "Qingteng Reading"),
    ("Sanhe Foods", "Clearwell Filters"),
    ("Tongda Metro", "Weiguang Signage"),
    ("Hongyun Hotels", "Lumen Laundry"),
    ("Ruian Elderly Care", "Stepwise Rehab"),
    ("Zhonghe Ceramics", "Kilnwork Energy"),
    ("Fuxing Retail", "Paipai Loyalty"),
)
"""The two parties of each deal, customer and vendor. Invented."""

_WILLING = 0.6  # share of deals whose parties want them; assumed, as in models.lead
_ANSWERS = {True: 0.8, False: 0.2}  # chance that a chase is answered, willing or not; the same
_CHASED = 0.75  # chance that the broker chases in a week; assumed


def chase_log(seed: int) -> pd.DataFrame:
    """Return twelve deals of 3 to 12 weeks each as a table, one row per deal and week.

    Columns: ``deal`` (text), ``week`` (1, 2, …), ``event`` (``reply``, ``no reply``,
    ``not chased``). The same seed gives the same table.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for customer, vendor in DEALS:
        willing = bool(rng.random() < _WILLING)
        for week in range(1, int(rng.integers(3, 13)) + 1):
            chased, answered = rng.random() < _CHASED, rng.random() < _ANSWERS[willing]
            event = ("reply" if answered else "no reply") if chased else "not chased"
            rows.append((f"{customer} × {vendor}", week, event))
    return pd.DataFrame(rows, columns=["deal", "week", "event"])
