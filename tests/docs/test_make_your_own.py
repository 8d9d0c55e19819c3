"""Somebody who does what the guide says, step by step, has a reading list in the end."""

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from textwrap import indent

import pytest
from webtest import TestApp

from tests.docs.pages import BLOCK, blocks, run_sh, surroundings, text_of
from tests.server import free_port, server, through

PAGE = "docs/make-your-own.md"
SHELF, BOOK, IMPORT, RULE, METHODS, SHELL, ROUTES, TEST = blocks(PAGE, "python")
BEST, SHOW = blocks(PAGE, "html")
LOOK, _install, RUN, ASK = blocks(PAGE, "sh")


def file_of(block):
    """The file that the guide names last before these lines."""
    text = text_of(PAGE)
    before = next(text[: found.start()] for found in BLOCK.finditer(text) if found[3] == block)
    return re.findall(r"`([\w/]+\.(?:py|tpl))`", before)[-1]


@pytest.fixture
def begun(place):
    """Call it to start the site as it is now, for the browser of Thomas Edison, and for its address."""

    @contextmanager
    def start():
        port = free_port()
        with server(place, port, house=place, SAMPLE_DATA="lesson") as process:
            assert process.first_line.endswith("log in as toby with 123toby\n"), process.stderr.read()
            browser = TestApp(through(port))
            form = browser.get("/login").forms["login"]
            form["uid"], form["password"] = "toby", "123toby"
            form.submit(status=303)
            yield browser, f"127.0.0.1:{port}"

    return start


def test_each_step_leads_to_what_the_guide_says(place, begun):
    for step in (shelves, books, a_rule, methods, a_page, a_test):
        step(place, begun)


def shelves(place, begun):
    write(place, SHELF)
    with begun() as (browser, _):
        assert "To read" in browser.get("/shelves")
    assert run_sh([LOOK], place) == ["1|To read\n2|Reading\n3|Read"]


def books(place, begun):
    write(place, BOOK)
    with begun() as (browser, _):
        form = browser.get("/books").click("Add a book").forms["new"]
        form["title"], form["kind"] = "Faust", "poem"
        form["shelf"].select(text="Reading")
        assert "Faust" in form.submit(status=303).follow()
        assert "Reading" in browser.get("/books/chart?by=shelf").html.select_one(".counts table").text


def a_rule(place, begun):
    file = place / file_of(IMPORT)
    docstring, rest = file.read_text().split("\n\n", 1)
    file.write_text(f"{docstring}\n\n{IMPORT}\n{rest}")
    add(place, RULE)
    with begun() as (browser, _):
        for book, rating, message in (
            (3, 5, "is for books that have been read"),
            (1, 1000, "must be a whole number from 1 to 5"),
        ):
            form = browser.get(f"/books/{book}").click("^Edit$").forms["edit"]
            form["rating"] = rating
            assert form.submit(status=422).html.select_one("#rating-problem").text == f"Rating {message}"


def methods(place, _begun):
    add(place, METHODS)
    assert run_python(place, "-c", SHELL).stdout.splitlines() == ["Emma 5 Read", "Moby-Dick 4 Read"]


def a_page(place, begun):
    for lines in (ROUTES, BEST, SHOW):
        write(place, lines)
    sections = place / "routes" / "__init__.py"
    sections.write_text(re.sub(r"\bjokes\b", "jokes books", sections.read_text(), count=1))
    with begun() as (browser, address):
        assert [item.a.text for item in browser.get("/books/best").html.select("ol li")] == ["Emma", "Moby-Dick"]
        form = browser.get("/books/3").forms["finish"]
        form["rating"] = "5"
        best = form.submit(status=303).follow().click("The best books")
        assert [item.text for item in best.html.select("ol li")][1] == "Leaves of Grass, 5 of 5"
        read, counts = map(json.loads, run_sh([ASK], place, address)[0].splitlines())
        assert [book["title"] for book in read["books"]] == ["Emma", "Moby-Dick", "Leaves of Grass"]
        assert [bar["count"] for bar in counts["counts"]] == [2, 2, 0]


def a_test(place, _begun):
    write(place, TEST)
    assert "7 passed" in run_sh([RUN], place)[0]
    assert run_python(place, "-m", "ruff", "check", "--no-cache", "models", "routes", "tests").returncode == 0
    assert run_python(place, "-m", "models", "check", "book").stdout.startswith("book: 13 of 13\n")
    model = place / file_of(RULE)
    model.write_text(model.read_text().replace('        yield "rating", "is for', '        pass; "rating", "is for'))
    failed = run_python(place, *RUN.split()[1:])
    assert failed.returncode == 1
    assert "test_a_book_that_nobody_has_read_has_no_rating" in failed.stdout


def write(place, lines):
    """A new file."""
    file = place / file_of(lines)
    file.parent.mkdir(exist_ok=True)
    file.write_text(lines)


def add(place, lines):
    """Below what is there in the class."""
    file = place / file_of(lines)
    body, rest = file.read_text().split("\n\n\ndef init_books")
    file.write_text(f"{body}\n\n{indent(lines, '    ').rstrip()}\n\n\ndef init_books{rest}")


def run_python(place, *arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=place, env=surroundings({}), capture_output=True, text=True, check=False)
