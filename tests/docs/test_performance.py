"""The picture and the tables of the page are made from the figures that are kept beside it."""

import re

import pytest

from benchmarks import names
from benchmarks.page import FIGURES, PICTURES, figures, kept
from benchmarks.peer import ROUTES
from benchmarks.picture import draw
from benchmarks.report import COLUMNS
from tests.docs.pages import HOUSE, text_of

PAGE = "docs/performance.md"
PEERS = {row["name"]: row for row in kept()["peers"]}


def test_the_tables_are_those_of_the_figures():
    (printed,) = FIGURES.findall(text_of(PAGE))
    assert printed == figures(kept())


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
def test_the_picture_is_that_of_the_figures(file):
    assert file.read_text() == draw(kept()["peers"], PICTURES[file])


def test_all_have_been_measured():
    everyone = {name for key, name in vars(names).items() if isinstance(name, str) and key.isupper()}
    assert everyone - {names.TWO_PROCESSES} <= set(PEERS)
    for row in PEERS.values():
        assert row.keys() >= {"start", "memory", "list", "one", "written"}


def test_each_column_is_told():
    assert set(re.findall(r"^\| (\w+) \| [a-z]", text_of(PAGE), re.MULTILINE)) >= COLUMNS.keys() >= set(ROUTES)


def test_each_peer_has_its_file():
    assert len(list((HOUSE / "benchmarks" / "peers").glob("*.py"))) == len(
        PEERS.keys() - {*names.OURS, names.POCKETBASE}
    )


def test_it_is_short():
    assert len(FIGURES.sub("", text_of(PAGE)).splitlines()) < 80
