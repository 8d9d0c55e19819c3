"""Lists and the pages of rows: on a phone, on a wide screen, by keyboard, without a script, and with hard names."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import SCREENS, check
from tests.server import free_port, server

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
HARD_NAMES = ("鿿" * 255, "W" * 255, "שלום עולם 12!", "<b>bold</b>")


@pytest.fixture
def own_site(chromium, house, tmp_path):
    """The address of a site with models of its own, and with names in them that are hard on a page."""
    house.add_own_models()
    port = free_port()
    with server(tmp_path, port, house=house.models.parent, SAMPLE_DATA="lesson"):
        with closing(sqlite3.connect(tmp_path / "volumes" / "sqlite.db")) as program:
            for number, name in enumerate(HARD_NAMES, start=10):
                program.execute("insert into stars (id, name) values (?, ?)", (number, name))
                program.execute("insert into branches (name, trunk_id, author_id) values (?, 1, 2)", (name,))
            program.execute("update planets set notes = ? where id = 2", (HARD_NAMES[1],))
            people = [(f"Person {number}", f"person{number}") for number in range(35)]
            program.executemany("insert into users (_name, _uid, _role) values (?, ?, 'user')", people)
            program.execute("update users set _name = ? where id = 3", (HARD_NAMES[1],))
            program.commit()
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def browse(open_page, own_site):
    """Call it for a page of that site."""
    return lambda **options: open_page(base_url=own_site, **options)


PAGES = (
    "/planets",
    "/planets?moons_from=99999999999&star=1",
    "/planets/1",
    "/stars",
    "/stars/1",
    "/stars/10",
    "/stars/11",
)
PAGES += ("/branches", "/branches/1", "/users", "/users?after=WyJpZCIsIDUsIDVd", "/users/2", "/users/3", "/jokes")
LOOKS = {
    "phone": {"viewport": SCREENS["phone"]},
    "dark": {"viewport": SCREENS["wide"], "color_scheme": "dark"},
    "forced colours": {"viewport": SCREENS["wide"], "forced_colors": "active"},
    "zoomed": {"viewport": ZOOMED, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_lists_and_rows_are_in_order(browse, look):
    page, complaints = browse(**LOOKS[look]), []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        answer = page.goto(path)
        check(page, but=("color-contrast",) if "forced_colors" in LOOKS[look] else ())
        assert answer.status in (200, 422)
    assert [each for each in complaints if "422" not in each] == []


def test_on_a_phone_each_row_is_a_card_with_all_its_values(browse):
    page = browse(viewport=SCREENS["phone"])
    page.goto("/planets")
    card = page.locator("#row-2")
    expect(card).to_contain_text("274")
    inside = "row => [...row.cells].every(cell => cell.getBoundingClientRect().right <= innerWidth)"
    assert card.evaluate(inside)
    head = "row => getComputedStyle(row.cells[5], '::before').content"
    assert card.evaluate(head) == '"Moons"'
    expect(page.locator("thead")).to_be_hidden()
    page.get_by_label("Sorted by").select_option("Moons, from the end")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("Saturn")


def test_on_a_phone_no_word_is_too_long_for_a_card(browse):
    page = browse(viewport=SCREENS["phone"])
    for path in ("/planets", "/stars", "/branches", "/users"):
        page.goto(path)
        assert page.evaluate(
            "[...document.querySelectorAll('.table')].every(box => box.scrollWidth <= box.clientWidth)"
        )


@pytest.mark.parametrize("width", [1280, 1440, 1920])
def test_a_wide_table_takes_the_screen_and_a_narrow_one_no_more_than_it_needs(browse, width):
    page = browse(viewport={"width": width, "height": 900})
    page.goto("/branches")
    box = "document.querySelector('.table')"
    assert page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth")
    page.goto("/planets")
    wide, text = page.evaluate(f"[{box}.clientWidth, document.querySelector('.asking').clientWidth]")
    assert text < wide < width
    assert wide > width - 120 or page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth")
    page.goto("/users?search=toby")
    assert page.evaluate(f"{box}.clientWidth <= document.querySelector('.asking').clientWidth")


def test_names_are_not_torn_where_there_is_room(browse):
    page = browse(viewport=SCREENS["wide"])
    page.goto("/users")
    heights = page.evaluate("[...document.querySelectorAll('tbody tr')].slice(0, 2).map(row => row.clientHeight)")
    assert max(heights) < 60


def test_a_name_from_right_to_left_is_read_so_and_the_numbers_beside_it_stay(browse):
    page = browse(viewport=SCREENS["wide"])
    page.goto("/stars")
    row = page.locator("#row-12")
    assert row.locator(".name").evaluate("cell => getComputedStyle(cell).unicodeBidi") == "plaintext"
    assert [cell.strip() for cell in row.locator("td").all_text_contents()] == ["12", HARD_NAMES[2], "0"]


def test_by_keyboard_alone_a_list_is_filtered_and_left(browse):
    page = browse(viewport=SCREENS["wide"])
    page.goto("/planets")
    page.get_by_label("Search planets").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stars = page.locator("#by-star")
    expect(stars).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(stars).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.press("Tab")
    page.locator("#by-moons_from").focus()
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_contain_text("1 planet that fits the filter")
    page.get_by_role("link", name="Show all").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text("2 planets · As a chart · CSV · JSON")


def test_without_a_script_it_is_the_same(browse):
    page = browse(viewport=SCREENS["phone"], java_script_enabled=False)
    page.goto("/users")
    page.get_by_text("Filter", exact=True).click()
    page.locator("#by-role").select_option("Admin")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".count")).to_have_text("1 user that fits the filter · As a chart · CSV · JSON")
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Last").click()
    expect(page.locator(".count")).to_have_text("41–45 of 45 users · As a chart · CSV · JSON")


def test_after_a_laugh_in_the_list_the_browser_is_at_the_same_row(browse):
    page = browse(viewport=SCREENS["phone"])
    page.goto("/jokes?sort=-id")
    row = page.locator("#row-2")
    row.get_by_role("button", name="Haha to joke 2").click()
    page.wait_for_url("**/jokes?sort=-id#row-2")
    expect(row.locator("td[data-head=Haha]")).to_have_text("1")
    expect(row).to_be_in_viewport()
