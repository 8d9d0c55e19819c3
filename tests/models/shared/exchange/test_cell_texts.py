"""A value becomes the text of a cell and is the same when it comes back; a spreadsheet finds no formula in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.joke import Joke
from models.post import Post
from models.shared.exchange.cell_texts import cell_text_of, safe_cell, value_in, without_quote
from models.user import User


@pytest.mark.parametrize("sign", [*"=+-@\t\r＝＋－＠"])
def test_what_a_spreadsheet_takes_for_a_formula_has_a_quote_before_it(sign):
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize(("text", "cell"), [("plain", "plain"), ("", ""), ("a=b", "a=b"), ("'", "''"), ("'=1", "''=1")])
def test_a_text_with_a_quote_of_its_own_gets_a_second_one(text, cell):
    assert safe_cell(text) == cell
    assert without_quote(cell) == text


def test_a_quote_that_nobody_put_there_stays():
    assert without_quote("'tis") == "'tis"


@given(st.text())
def test_every_text_comes_back_as_it_was(text):
    cell = safe_cell(text)
    assert without_quote(cell) == text
    assert not cell.startswith(tuple("=+-@"))


def test_a_number_is_no_formula():
    assert cell_text_of(Joke.haha, -5) == "-5"
    assert value_in(Joke.haha, "-5") == -5


def test_no_value_is_an_empty_cell_and_an_empty_text_a_quote_where_both_may_be(monkeypatch):
    monkeypatch.setattr(Post.alt, "default", "")
    assert [cell_text_of(Post.alt, value) for value in (None, "", "'")] == ["", "'", "''"]
    assert [value_in(Post.alt, cell) for cell in ("", "'", "''")] == [None, "", "'"]
    assert cell_text_of(Post.note, "") == ""


def test_what_makes_no_sense_stays_for_the_field_to_refuse():
    assert value_in(Joke.haha, "many") == "many"
    assert value_in(User.dob, "tomorrow") == "tomorrow"
