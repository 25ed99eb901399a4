"""The dictionary covers every column, and what it allows is what is there."""

import pandas as pd

from course.cases.case import Case


def test_a_unit_where_there_is_one(case: Case) -> None:
    units = case.dictionary.set_index(["table", "column"])["unit"]
    for name, frame in case.tables.items():
        for column in frame.columns:
            dtype = frame[column].dtype
            numeric = pd.api.types.is_numeric_dtype(dtype)
            dated = pd.api.types.is_datetime64_any_dtype(dtype)
            measured = numeric or dated or column == "satisfaction"
            assert (units[(name, column)] != "") == measured, f"{name}.{column}"
