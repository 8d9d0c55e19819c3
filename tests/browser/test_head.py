"""The head of a page, on a phone, with thirty models of one's own and names that nobody has foreseen."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import check, log_in
from tests.server import free_port, server

PHONE = {"width": 360, "height": 640}
TWO_LINES = 110  # pixels
MODEL = """
from peewee import CharField, ForeignKeyField
from models import Resource, User


class {name}(Resource):
    title = CharField()
    parent = ForeignKeyField("self", null=True, backref="children")
    user = ForeignKeyField(User, null=True)
"""


@pytest.fixture
def crowded(house, tmp_path):
    """The address of a site with thirty models of one's own."""
    for number in range(30):
        name = f"Thing{number}" if number else "Incomprehensibility"
        (house.models / f"{name.lower()}.py").write_text(MODEL.format(name=name))
    port = free_port()
    with server(tmp_path, port, house=house.models.parent, SAMPLE_DATA="lesson"):
        yield f"http://127.0.0.1:{port}"


def height(page):
    return page.locator("header.site").bounding_box()["height"]


def more(page):
    return page.locator(".places details")


def test_thirty_models_take_two_lines_on_a_phone_and_can_all_be_reached(open_page, crowded):
    page = open_page(viewport=PHONE, base_url=crowded)
    page.goto("/")
    check(page)
    assert height(page) < TWO_LINES
    more(page).locator("summary").click()
    check(page)
    more(page).get_by_role("link", name="Thing29s").click()
    page.wait_for_url("**/thing29s")
    expect(more(page).locator("summary")).to_have_class("here")


def test_on_a_wide_screen_they_take_one_line(open_page, crowded):
    page = open_page(viewport={"width": 1024, "height": 768}, base_url=crowded)
    page.goto("/thing29s")
    assert height(page) < TWO_LINES / 1.5
    log_in(page)
    assert height(page) < TWO_LINES / 1.5
    check(page)


def test_more_is_opened_and_closed_by_keyboard(open_page, site):
    page = open_page(viewport=PHONE, base_url=site)
    page.goto("/")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.places summary')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(more(page).get_by_role("link", name="Jokes")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more(page).locator("summary")).to_be_focused()
    expect(more(page).get_by_role("link", name="Jokes")).to_be_hidden()


def test_more_is_closed_by_a_click_elsewhere_and_by_leaving_it(open_page, site):
    page = open_page(viewport=PHONE, base_url=site)
    page.goto("/")
    summary = more(page).locator("summary")
    for leave in (page.locator(".brand").focus, page.locator("footer.site p").first.click):
        summary.click()
        expect(more(page)).to_have_attribute("open", "")
        leave()
        expect(more(page)).not_to_have_attribute("open", "")


def test_without_a_script_it_opens_too(open_page, site):
    page = open_page(viewport=PHONE, base_url=site, java_script_enabled=False)
    page.goto("/")
    more(page).locator("summary").click()
    more(page).get_by_role("link", name="Jokes").click()
    page.wait_for_url("**/jokes")


@pytest.mark.parametrize("name", ["שלום", "مرحبا 12", "12 שלום"])
def test_a_name_that_is_read_from_the_right_leaves_what_stands_beside_it_where_it_is(open_page, site, name):
    page = open_page(base_url=site)
    log_in(page)
    page.goto("/users/2/edit")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/users/2?saved*")
    page.goto("/posts?search=1888")
    author, time = (page.locator(f".byline {part}").first.bounding_box() for part in ("a", "time"))
    assert author["x"] + author["width"] <= time["x"]


@pytest.mark.parametrize("name", ["W" * 255, "𝕎" * 255, "שלום " * 50, "1 مرحبا 2"])
def test_whatever_ones_name_is_the_head_has_its_lines_and_no_page_scrolls_sideways(open_page, site, name):
    page = open_page(base_url=site)
    log_in(page)
    page.goto("/users/2/edit")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/users/2?saved*")
    for path in ("/", "/users", "/posts", "/users/2", "/account", "/users/2/edit", "/users/2/delete"):
        page.goto(path)
        for width in (320, 360, 1024):
            page.set_viewport_size({"width": width, "height": 640})
            assert height(page) < TWO_LINES, (path, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
