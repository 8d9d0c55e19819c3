"""What was deleted is there again after a click, and the pages of the history keep nobody out."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import LOOKS, SCREENS, check, log_in


def delete_post(page, number):
    page.goto(f"/posts/{number}/delete")
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/posts?deleted*")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_deleted_and_undone(open_page, site, scripts):
    page = open_page(base_url=site, java_script_enabled=scripts)
    log_in(page)
    delete_post(page, 4)
    expect(page.get_by_text("1888: patents for a motor")).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("was undone")
    page.goto("/posts")
    expect(page.get_by_text("1888: patents for a motor")).to_have_count(1)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("screen", SCREENS)
def test_its_pages_are_in_order(open_page, site, screen, look):
    page = open_page(base_url=site, viewport=SCREENS[screen], reduced_motion="reduce", **LOOKS[look])
    log_in(page, "toby")
    delete_post(page, 4)
    check(page)
    for path in ("/history", "/history/2", "/history/lately?person=1"):
        page.goto(path)
        check(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("status")).to_contain_text("It was undone")
    check(page)
