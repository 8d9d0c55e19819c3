"""A result to keep, as CSV and as JSON."""

import csv
from io import StringIO


def downloads(here, sql):
    links = [link["href"] for link in here.post("/lab/sql", {"sql": sql}).html.select("a[download]")]
    return [here.get(link) for link in links]


def test_rows_come_as_csv_and_as_json_without_being_asked_for_again(here):
    as_csv, as_json = downloads(here, "select id, _name, _dob as born, null from users where id = 2")
    assert as_csv.headers["Content-Disposition"] == 'attachment; filename="result.csv"'
    assert list(csv.reader(StringIO(as_csv.text))) == [
        ["id", "_name", "born", "null"],
        ["2", "Nikola Tesla", "1856-07-10", ""],
    ]
    assert as_json.json["rows"] == [[2, "Nikola Tesla", "1856-07-10", None]]
    assert as_json.headers["Content-Disposition"] == 'attachment; filename="result.json"'


def test_no_spreadsheet_takes_a_text_for_a_formula(here):
    as_csv, _ = downloads(here, "select '=1+1' as a, -5 as b, '-x' as c, '''quoted' as d, '@x' as e")
    assert list(csv.reader(StringIO(as_csv.text)))[1] == ["'=1+1", "-5", "'-x", "''quoted", "'@x"]


def test_what_would_change_comes_with_before_and_after(here):
    as_csv, as_json = downloads(here, "update users set _name = 'Nik' where id = 2; delete from jokes where id = 1")
    rows = list(csv.reader(StringIO(as_csv.text)))
    assert ["users", "changed 1", "_name", "Nikola Tesla", "Nik"] in rows
    assert ["jokes", "gone 1", "id", "1", ""] in rows
    assert as_json.json["changes"]["users"]["changed"][0]["after"]["_name"] == "Nik"
