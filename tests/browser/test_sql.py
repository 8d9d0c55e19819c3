"""SQL in a real browser: its result, what it would change, and what the browser keeps."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import LOOKS, SCREENS, check

NOT_MOVED = "Transition was aborted"  # from one page to the next, as the test was too quick for it
REFUSED = "the server responded with a status of 422"


@pytest.fixture(params=[(screen, look) for screen in SCREENS for look in LOOKS], ids="-".join)
def page(request, open_page, site):
    screen, look = request.param
    page, complaints = open_page(viewport=SCREENS[screen], base_url=site, **LOOKS[look]), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert [each for each in complaints if not each.startswith(NOT_MOVED) and REFUSED not in each] == []


def run(page, sql):
    page.get_by_label("Statements", exact=True).fill(sql)
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Result")).to_be_visible()
    page.wait_for_load_state()  # with its script


def test_a_result_a_refusal_and_what_would_change_are_in_order(page):
    page.goto("/lab/sql")
    page.get_by_role("link", name="with the users they refer to").click()
    expect(page.get_by_label("Statements", exact=True)).to_have_value(
        "SELECT posts.note, other._name\nFROM posts JOIN users AS other ON other.id = posts.userID;"
    )
    run(page, "SELECT * FROM users")
    page.locator(".sql-plan summary").click()
    check(page)
    run(page, "SELECT nothing FROM users")
    check(page)
    run(page, "UPDATE users SET _name = 'N' WHERE id = 2; DELETE FROM users WHERE id = 3")
    expect(page.get_by_text("This did not happen.")).to_be_visible()
    check(page, but=("color-contrast",))  # of the red button in forced colours, which axe does not see


def test_the_browser_keeps_the_last_ones_and_those_with_a_name(page):
    page.goto("/lab/sql")
    run(page, "SELECT 1 AS first")
    page.get_by_label("Statements", exact=True).fill("SELECT 2 AS second")
    page.get_by_label("Statements", exact=True).press("Control+Enter")
    expect(page.get_by_role("columnheader", name="second")).to_be_visible()
    page.get_by_text("Statements of before").click()
    kept = page.locator(".sql-kept li code")
    expect(kept).to_have_text(["SELECT 2 AS second", "SELECT 1 AS first"])
    page.get_by_label("A name for it").fill("the second")
    page.get_by_role("button", name="Keep what is in the box").click()
    expect(kept).to_have_text(["the second", "SELECT 2 AS second", "SELECT 1 AS first"])
    check(page)
    page.get_by_role("button", name="SELECT 1 AS first", exact=True).click()
    expect(page.get_by_label("Statements", exact=True)).to_have_value("SELECT 1 AS first")
    page.get_by_role("button", name="Forget SELECT 1").click()
    page.reload()
    page.get_by_text("Statements of before").click()
    expect(kept).to_have_text(["the second", "SELECT 2 AS second"])


def test_it_is_done_for_real_after_it_was_seen(page):
    page.goto("/lab/sql")
    run(page, "UPDATE jokes SET haha = haha + 1 WHERE id = 1")
    page.get_by_role("button", name="Do it for real").click()
    page.wait_for_url("**/lab/sql/results/*")
    expect(page.get_by_text("It is done.")).to_be_visible()
    check(page)
