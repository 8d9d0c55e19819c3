"""Two people have the form of one row open; who saves last is shown what the other one wrote, and loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import LOOKS, SCREENS, check, log_in


def open_form(open_page, site, uid, **options):
    page = open_page(base_url=site, **options)
    log_in(page, uid)
    page.goto("/users/2/edit")
    return page


def save(page):
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_browsers_change_one_row(open_page, site, scripts):
    first = open_form(open_page, site, "toby", java_script_enabled=scripts)
    second = open_form(open_page, site, "niko", java_script_enabled=scripts)
    first.get_by_label("Name").fill("Nikola T.")
    first.get_by_label("Date of birth").fill("1856-07-11")
    save(first)
    expect(first.get_by_role("status")).to_contain_text("was saved")
    second.get_by_label("User id").fill("nikola")
    second.get_by_label("Date of birth").fill("1856-07-12")
    save(second)
    expect(second.get_by_role("alert")).to_be_focused()
    now = second.locator(".now")
    expect(now.locator(".value")).to_have_text(["Nikola T.", "1856-07-11"])
    expect(now.nth(0).get_by_role("checkbox")).to_be_checked()
    expect(now.nth(1).get_by_role("checkbox")).not_to_be_checked()
    expect(second.get_by_label("Date of birth").first).to_have_value("1856-07-12")
    save(second)
    expect(second.get_by_role("status")).to_contain_text("was saved")
    expect(second.locator("h1")).to_have_text("Nikola T.")
    expect(second.locator(".facts")).to_contain_text("1856-07-12")
    expect(second.locator(".facts")).to_contain_text("nikola")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_that_asks_is_in_order(open_page, site, screen, look):
    options = {"viewport": SCREENS[screen], "reduced_motion": "reduce"} | LOOKS[look]
    first = open_form(open_page, site, "toby")
    second = open_form(open_page, site, "niko", **options)
    first.get_by_label("Name").fill("Nikola " + "T" * 200)
    save(first)
    expect(first.get_by_role("status")).to_contain_text("was saved")
    second.get_by_label("Name").fill("Mine")
    save(second)
    expect(second.locator(".now")).to_be_visible()  # until then, the form of before is there
    left, right = (second.locator(each).bounding_box() for each in ("#name", ".now"))
    assert left["x"] + left["width"] <= right["x"] if screen == "wide" else left["y"] < right["y"]
    check(second)
