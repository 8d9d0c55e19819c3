"""A file as rows under headings: in each writing, encoding and order that programs have, and what is no such file."""

import json
from io import BytesIO

import pytest

from models.shared.exchange.delimiters import compared_name
from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.sheet import LONGEST_CELL, NOT_GIVEN, WIDEST_SHEET, read_sheet

NAMES = {"name", "uid"}
ROWS = [["Zoë, of Kraków", "zoe"], ["Bo", "bo"]]


def sheet_of(content, known=NAMES, **how):
    return read_sheet(BytesIO(content if isinstance(content, bytes) else content.encode()), known, **how)


def cells(sheet):
    return [line.cells for line in sheet.rows()]


def written(delimiter, end="\r\n"):
    quote = '"' if delimiter == "," else ""
    rows = [["Name", "UID"], [f"{quote}Zoë, of Kraków{quote}", "zoe"], ["Bo", "bo"]]
    return end.join(delimiter.join(row) for row in rows) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_ends_of_lines_are_found(delimiter, encoding, end):
    sheet = sheet_of(written(delimiter, end).encode(encoding))
    assert sheet.headings == ["Name", "UID"]
    assert cells(sheet) == ROWS
    assert sheet.form.delimiter == delimiter


def test_what_is_no_utf_8_is_windows_1252_or_what_somebody_says():
    content = "Name;Benutzername\r\nMüller;jm\r\nWeiß;zw\r\n".encode("cp1252")
    assert cells(sheet_of(content)) == [["Müller", "jm"], ["Weiß", "zw"]]
    assert cells(sheet_of("Name,UID\r\nŻuk,z\r\n".encode("cp1250"), encoding="cp1250")) == [["Żuk", "z"]]
    with pytest.raises(BadSheet, match="is not UTF-8"):
        cells(sheet_of(content, encoding="utf-8-sig"))


def test_a_line_that_says_the_delimiter_is_no_row():
    sheet = sheet_of("sep=|\r\nfirst|second\r\na,b|c,d\r\n")
    assert sheet.headings == ["first", "second"]
    assert [line.number for line in sheet.rows()] == [3]


def test_titles_and_blank_lines_above_the_headings_and_below_are_no_rows():
    text = 'Class list,,\n"Period 1, Lee",,printed today\n,,\n#,Login,Full name\n1,ada,Ada\n,,\n\n2,bo,Bo\n'
    sheet = sheet_of(text, known=())
    assert sheet.form.header == 4
    assert [(line.number, line.cells) for line in sheet.rows()] == [(5, ["1", "ada", "Ada"]), (8, ["2", "bo", "Bo"])]


def test_known_headings_show_where_they_are_and_what_is_between():
    text = "x,y\nvalues,more\nUser-ID;NAME\nada;Ada, King\n"
    sheet = sheet_of(text, known={compared_name(each) for each in ("user id", "name")})
    assert (sheet.form.delimiter, sheet.form.header) == (";", 3)
    assert cells(sheet) == [["ada", "Ada, King"]]


def test_rows_without_headings_have_numbered_columns():
    sheet = sheet_of("1,2008-04-05\n2,2009-01-01\n", known=())
    assert sheet.headings == ["Column 1", "Column 2"]
    assert len(cells(sheet)) == 2
    assert sheet_of("a,b\nc,d\n", header=0).headings == ["Column 1", "Column 2"]


def test_one_column_with_commas_in_its_texts_stays_one():
    sheet = sheet_of('joke\n"One, two"\nThree\n', known={"joke"})
    assert cells(sheet) == [["One, two"], ["Three"]]


def test_a_cell_may_have_lines_and_quotes_and_each_row_knows_where_it_begins():
    sheet = sheet_of('name,uid\n"two\nlines","""quoted"""\nBo,bo\n')
    assert [(line.number, line.cells) for line in sheet.rows()] == [(2, ["two\nlines", '"quoted"']), (4, ["Bo", "bo"])]


def test_a_short_row_is_filled_and_a_long_one_is_told_with_the_others_read_on():
    lines = list(sheet_of("name,uid\nBo\nAda,ada,more\nEd,ed,\n").rows())
    assert [line.cells for line in lines] == [["Bo", ""], ["Ada", "ada"], ["Ed", "ed"]]
    assert [line.problem for line in lines] == ["", "has 3 cells, and there are 2 headings", ""]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('name,uid\nBo,bo\n"Ada,ada\nEd,ed\n', 3),
        ('name,uid\n"Ada"x,ada\n', 2),
        (f"name,uid\nBo,bo\nAda,{'x' * (LONGEST_CELL + 1)}\n", 3),
    ],
)
def test_half_a_quote_and_an_endless_cell_are_told_with_their_line(text, line):
    with pytest.raises(BadSheet, match="a quote is never closed") as error:
        cells(sheet_of(text))
    assert error.value.line == line


def test_a_million_commas_are_refused_at_once():
    with pytest.raises(BadSheet, match="columns; at most 500"):
        cells(sheet_of("," * 1_000_000 + "x", header=1))
    lines = list(sheet_of("name,uid\n" + "," * 1_000_000 + "x\n").rows())
    assert lines[0].problem == "has 1,000,001 cells, and there are 2 headings"


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"PK\x03\x04", "workbook"),
        (b"\x89PNG\r\n", "a picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xff\xd8\xff\xe0", "picture"),
    ],
)
def test_what_is_no_text_is_called_what_it_is(start, what):
    with pytest.raises(BadSheet, match=what):
        sheet_of(start + b"\x00\x01,\n" * 20)


def test_an_empty_file_has_no_rows():
    for content in (b"", b"\n\n", b"\xef\xbb\xbf", b"[]", b"[\n]\n"):
        with pytest.raises(BadSheet, match="no rows"):
            cells(sheet_of(content))


OBJECTS = [{"name": "Zoë", "uid": "zoe"}, {"name": "Bo", "more": [1, {"x": None}]}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(OBJECTS),
        json.dumps(OBJECTS, indent=2, ensure_ascii=False),
        json.dumps({"users": OBJECTS, "total": 2, "next": None}),
        "\n".join(map(json.dumps, OBJECTS)),
    ],
)
def test_json_is_read_as_an_array_as_a_list_of_the_api_and_as_lines(text):
    sheet = sheet_of(text)
    assert sheet.form.is_json
    assert sheet.headings == ["name", "uid", "more"]
    assert cells(sheet) == [["Zoë", "zoe", NOT_GIVEN], ["Bo", NOT_GIVEN, [1, {"x": None}]]]


def test_rows_of_json_know_their_lines_however_long_the_text_is():
    text = "[\n" + ",\n".join(json.dumps({"name": "x" * 5000, "uid": f"u{n}"}) for n in range(100)) + "\n]\n"
    assert [(line.number, line.cells[1]) for line in sheet_of(text).rows()] == [(n + 2, f"u{n}") for n in range(100)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[{"name": 1},\n{"name": }]', 2, "is no JSON"),
        ('[{"name": 1},\n\n5]', 3, "is no object"),
        ('[{"name": 1, "name": 2}]', 1, "name is there twice"),
        ('[{"name": 1},\n{"name": ' + "[" * 100_000, 2, "values within values"),
        ('[{"name": ' + "1" * 5000 + "}]", 1, "is no JSON"),
        ('[{"name": "' + "x" * 2_000_000, 1, "does not end"),
    ],
)
def test_json_that_makes_no_sense_is_told_with_its_line(text, line, message):
    with pytest.raises(BadSheet, match=message) as error:
        list(read_sheet(BytesIO(text.encode())).objects())
    assert error.value.line == line


def test_more_columns_than_anybody_has_are_refused():
    with pytest.raises(BadSheet, match="at most"):
        cells(sheet_of(json.dumps([{str(n): 1 for n in range(WIDEST_SHEET + 1)}])))
