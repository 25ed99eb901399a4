"""What holds for every case: a seed is one case everywhere, frames are yours, columns explained.

Cases are found, not listed: every package in ``course.cases`` is one.
"""

import os
import pkgutil
import subprocess
import sys
import time
from importlib import import_module
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from course import cases
from course.cases.case import Case
from tests.cases.checks import assert_same, digest

NAMES = [found.name for found in pkgutil.iter_modules(cases.__path__) if found.ispkg]
FINGERPRINT = """
from course.cases.{name} import generate
from tests.cases.checks import digest
case = generate(3)
print(digest(case.tables), digest(case.truth))
"""


def test_the_cases_are_found() -> None:
    assert {"lead", "momentum"} <= set(NAMES)


@pytest.fixture(params=NAMES)
def package(request: pytest.FixtureRequest) -> ModuleType:
    return import_module(f"course.cases.{request.param}")


def test_a_seed_is_one_case(package: ModuleType) -> None:
    assert_same(package.generate(1), package.generate(1))


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_is_one_case_in_every_process(name: str) -> None:
    case: Case = import_module(f"course.cases.{name}").generate(3)
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-c", FINGERPRINT.format(name=name)]
    there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.split() == [digest(case.tables), digest(case.truth)]


def test_load_never_hands_out_the_same_object_twice(package: ModuleType) -> None:
    first, second = package.load(5), package.load(5)
    assert first is not second
    assert first.tables is not second.tables
    assert first.dictionary is not second.dictionary
    for ours, theirs in ((first.tables, second.tables), (first.truth, second.truth)):
        for name, frame in ours.items():
            assert frame is not theirs[name]
            for column in frame.columns:
                mine, other = frame[column].to_numpy(), theirs[name][column].to_numpy()
                assert not np.shares_memory(mine, other), f"{name}.{column}"


def test_what_one_does_to_a_case_does_not_show_in_the_next(package: ModuleType) -> None:
    spoilt = package.load(5)
    for tables in (spoilt.tables, spoilt.truth):
        first, *_, last = tables
        frame = tables[last]
        frame.iloc[0, 0] = "mine"
        frame.index.name, frame.columns.name = "row", "column"
        frame.attrs["note"] = "mine"
        frame[frame.columns[-1]] = None
        del tables[first]
    spoilt.dictionary.iloc[0] = ""
    assert_same(package.load(5), package.generate(5))
    assert not any(frame.attrs for frame in package.load(5).tables.values())


def test_load_forgets_the_seeds_of_long_ago(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = import_module(f"{package.__name__}.build")
    real, made = package.generate, []

    def counted(seed: int) -> Case:
        made.append(seed)
        kept: Case = real(seed)
        return kept

    monkeypatch.setattr(build, "generate", counted)
    for seed in (31, 31, 32, 31, 33, 32):
        package.load(seed)
    assert made == [31, 32, 33, 32]


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1"])
def test_a_seed_is_a_whole_number(package: ModuleType, seed: object) -> None:
    with pytest.raises(ValueError, match="seed: expected a whole number from 0"):
        package.generate(seed)


def test_every_column_is_explained_in_order(package: ModuleType) -> None:
    case: Case = package.generate(1)
    for name, rows in case.dictionary.groupby("table", sort=False):
        assert list(rows["column"]) == list(case.tables[str(name)].columns)
    assert set(case.dictionary["table"]) == set(case.tables)
    assert not case.dictionary.duplicated(["table", "column"]).any()
    assert (case.dictionary["meaning"].str.len() > 8).all()
    assert (case.dictionary["allowed"] != "").all()


def test_listed_values_are_the_values_there(package: ModuleType) -> None:
    case: Case = package.generate(1)
    listed = case.dictionary[case.dictionary["allowed"].str.contains(" | ", regex=False)]
    assert len(listed) >= 8
    for row in listed.itertuples():
        allowed = {value.strip() for value in str(row.allowed).split("|")}
        column = case.tables[str(row.table)][str(row.column)]
        found = {"(blank)" if pd.isna(value) else str(value) for value in column.unique()}
        assert found <= allowed, f"{row.table}.{row.column}: {found - allowed} are not listed"
        assert len(allowed - found) <= 1, f"{row.table}.{row.column}: {allowed - found} never occur"


def test_what_is_measured_has_a_unit_and_words_have_none(package: ModuleType) -> None:
    case: Case = package.generate(1)
    units = case.dictionary.set_index(["table", "column"])["unit"]
    for name, frame in case.tables.items():
        for column, values in frame.items():
            dated = pd.api.types.is_datetime64_any_dtype(values.dtype)
            number = pd.api.types.is_numeric_dtype(values.dtype)
            measured = dated or (number and not pd.api.types.is_bool_dtype(values.dtype))
            if measured:
                assert units[(name, column)], f"{name}.{column}"
            elif units[(name, column)]:  # a measure that was written down as text
                assert values.astype("str").str.contains(r"\d").any(), f"{name}.{column}"


def test_a_case_says_that_it_is_simulated(package: ModuleType) -> None:
    assert "simulated" in package.generate(1).story
    assert "Simulated." in (package.__doc__ or "")


def test_generating_takes_well_under_a_second(package: ModuleType) -> None:
    package.generate(20)
    start = time.process_time()
    for seed in (21, 22, 23):
        package.generate(seed)
    assert time.process_time() - start < 3 * 0.5  # 0.1 to 0.2 s each on a free core
