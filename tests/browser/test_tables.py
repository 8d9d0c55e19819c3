"""The tables of the lab in a real browser: the picture on every screen, in each look, by keyboard and on paper."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import LOOKS, SCREENS, check

PATHS = ("/lab/tables", "/lab/tables/posts?sort=-created", "/lab/tables/posts?column=id&value=2", "/lab/tables/old")


@pytest.fixture
def changed(site, tmp_path):
    """Somebody has changed the tables of the site."""
    with closing(sqlite3.connect(tmp_path / "volumes" / "sqlite.db")) as connection:
        connection.execute("ALTER TABLE jokes ADD COLUMN stars INTEGER")
        connection.execute(
            "CREATE TABLE old (id INTEGER PRIMARY KEY, up INTEGER REFERENCES old, user REFERENCES users)"
        )
        connection.execute("CREATE VIEW older AS SELECT _name FROM users WHERE _dob < '1900'")
        connection.commit()
    return site


@pytest.fixture(params=[(screen, look) for screen in SCREENS for look in LOOKS], ids="-".join)
def page(request, open_page, changed):
    screen, look = request.param
    page, complaints = open_page(viewport=SCREENS[screen], **LOOKS[look], base_url=changed), []
    page.on("console", lambda message: complaints.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def test_the_picture_and_the_rows_are_in_order(page):
    for path in PATHS:
        page.goto(path)
        for fold in page.locator("main details > summary").all():
            fold.click()
        check(page)


def test_one_goes_from_the_picture_to_a_table_to_its_rows_and_to_another_table(open_page, changed):
    page = open_page(viewport=SCREENS["wide"], base_url=changed)
    page.goto("/lab/tables")
    page.get_by_role("group", name="tables, and").get_by_role("link", name="posts", exact=True).click()
    card = page.locator(".lab-table:target")
    expect(card.get_by_text("19 rows")).to_be_visible()
    card.get_by_role("link", name="posts").click()
    page.get_by_role("cell", name="2", exact=True).get_by_role("link").first.click()
    expect(page.locator("h1")).to_have_text("users")
    expect(page.get_by_text("Nikola Tesla")).to_be_visible()


def test_what_differs_has_a_colour_of_its_own_in_light_and_dark(open_page, changed):
    colours = set()
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme, base_url=changed)
        page.goto("/lab/tables")
        for place in (".lab-schema rect.differs", ".lab-schema .unclaimed .head", ".lab-schema .sheet"):
            colours.add(page.locator(place).first.evaluate("(each) => getComputedStyle(each).fill"))
    assert len(colours) == 4  # what differs has one, and a table without a class the same


def test_in_colours_of_somebodys_own_no_text_has_another_one(open_page, changed):
    page = open_page(forced_colors="active", base_url=changed)
    page.goto("/lab/tables")
    fills = "(all) => [...new Set(all.map((each) => getComputedStyle(each).fill))]"
    assert len(page.locator(".lab-schema text").evaluate_all(fills)) == 2  # the names are links


def test_the_keyboard_goes_to_each_table_and_one_sees_where_it_is(open_page, changed):
    page = open_page(viewport=SCREENS["wide"], base_url=changed)
    page.goto("/lab/tables")
    link = page.locator(".lab-schema a").first
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.locator(".head").evaluate("(each) => getComputedStyle(each).strokeWidth") == "3px"
    page.keyboard.press("Enter")
    expect(page.locator(".lab-table:target h3")).to_contain_text("users")


def test_on_paper_the_picture_has_a_page_and_fits_on_it(open_page, changed):
    page = open_page(base_url=changed)
    page.emulate_media(media="print")
    page.goto("/lab/tables")
    expect(page.locator("button:visible, nav:visible")).to_have_count(0)
    picture, paper = (page.locator(each).bounding_box() for each in (".lab-schema svg", "main"))
    assert picture["width"] <= paper["width"]
    written = page.pdf(prefer_css_page_size=True, format="A4")
    assert b"/MediaBox [0 0 842" in written  # one is wider than high
