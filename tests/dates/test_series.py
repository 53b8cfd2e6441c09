"""Reference series: read by a small convention, asked for the earliest day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from parley.dates.series import load_series
from parley.errors import ReadError, UsageError


def _file(folder: Path, text: str, name: str = "tolls_varn.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_named_column_is_read_blanks_skipped_and_a_fall_is_ignored(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "report_date,killed,killed_cum\n2022-08-03,1,7\n2022-08-01,5,5\n2022-08-02,,\n2022-08-04,0,6\n2022-08-05,2,9\n",
    )
    series = load_series(f"{path}:killed_cum")
    assert series.reached(5) == dt.date(2022, 8, 1)
    assert series.passed(5) == dt.date(2022, 8, 3)
    assert series.passed(7) == dt.date(2022, 8, 5)
    assert series.reached(10) is None
    assert (series.counted, series.about) == ("killed", ("tolls", "varn")[1:])


@pytest.mark.parametrize(
    ("header", "value"),
    [("date,value", 1.0), ("day,new,injured_cum", 2.0), ("when,count", 1.0)],
)
def test_columns_are_found_by_their_names(tmp_path: Path, header: str, value: float) -> None:
    row = ",".join(["2022-08-01", "1", "2"][: header.count(",") + 1])
    assert load_series(str(_file(tmp_path, f"{header}\n{row}\n", name=f"{len(header)}.csv"))).values == (value,)


def test_a_wrong_name_is_told_with_what_there_is(tmp_path: Path) -> None:
    path = _file(tmp_path, "date,value\n2022-08-01,1\n", name="wrong.csv")
    with pytest.raises(UsageError, match="date, value"):
        load_series(f"{path}:deaths")
    with pytest.raises(UsageError, match="no such file"):
        load_series(str(tmp_path / "missing.csv"))
    with pytest.raises(ReadError, match="no dated values"):
        load_series(str(_file(tmp_path, "date,value\nsoon,many\n", name="empty.csv")))


def test_a_series_is_held_only_against_texts_about_what_its_file_is_named_for(tmp_path: Path) -> None:
    named = load_series(str(_file(tmp_path, "date,value\n2022-08-01,1\n")))
    generic = load_series(str(_file(tmp_path, "date,value\n2022-08-01,1\n", name="series.csv")))
    assert named.is_about("floods in varn")
    assert not named.is_about("floods in sorn")
    assert generic.is_about("anything")
