"""The dictionary covers every column, and what it allows is what is there."""

import pandas as pd

from course.cases.case import Case


def test_every_column_is_explained_in_order(case: Case) -> None:
    for name, rows in case.dictionary.groupby("table", sort=False):
        assert list(rows["column"]) == list(case.tables[str(name)].columns)
    assert set(case.dictionary["table"]) == set(case.tables)
    assert not case.dictionary.duplicated(["table", "column"]).any()
    assert (case.dictionary["meaning"].str.len() > 8).all()
    assert (case.dictionary["allowed"] != "").all()


def test_listed_values_are_the_values_there(case: Case) -> None:
    listed = case.dictionary[case.dictionary["allowed"].str.contains(" | ", regex=False)]
    assert len(listed) >= 10
    for row in listed.itertuples():
        allowed = {value.strip() for value in str(row.allowed).split("|")}
        column = case.tables[str(row.table)][str(row.column)]
        found = {"(blank)" if pd.isna(value) else str(value) for value in column.unique()}
        assert found == allowed, f"{row.table}.{row.column}"


def test_a_unit_where_there_is_one(case: Case) -> None:
    units = case.dictionary.set_index(["table", "column"])["unit"]
    for name, frame in case.tables.items():
        for column in frame.columns:
            dtype = frame[column].dtype
            numeric = pd.api.types.is_numeric_dtype(dtype)
            dated = pd.api.types.is_datetime64_any_dtype(dtype)
            measured = numeric or dated or column == "satisfaction"
            assert (units[(name, column)] != "") == measured, f"{name}.{column}"
