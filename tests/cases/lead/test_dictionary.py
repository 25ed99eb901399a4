"""The dictionary covers every column, and what it allows is what is there."""

import pandas as pd

from course.cases.case import Case


def test_a_unit_where_there_is_one(case: Case) -> None:
    units = case.dictionary.set_index(["table", "column"])["unit"]
    for name, frame in case.tables.items():
        for column in frame.columns:
            numeric = pd.api.types.is_numeric_dtype(frame[column].dtype)
            measured = numeric and not pd.api.types.is_bool_dtype(frame[column].dtype)
            dated = pd.api.types.is_datetime64_any_dtype(frame[column].dtype)
            assert (units[(name, column)] != "") == (measured or dated), f"{name}.{column}"
