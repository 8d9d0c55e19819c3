"""A refused form leads to its fields, and a field says once what is wrong with it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import check


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_refused_form_puts_the_focus_on_a_summary_that_leads_to_each_field(open_page, site, scripts):
    page = open_page(base_url=site, java_script_enabled=scripts)
    page.goto("/users/new")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("User id").fill("toby")
    page.get_by_label("Date of birth").fill("2999-01-01")
    page.get_by_role("button", name="Add this user").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        ["User id is already taken", "Date of birth must not be in the future"]
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("User id")).to_be_focused()


def test_a_summary_keeps_nobody_out(open_page, site):
    page = open_page(base_url=site, viewport={"width": 360, "height": 640}, color_scheme="dark")
    page.goto("/users/new")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("User id").fill("toby")
    page.get_by_role("button", name="Add this user").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)


TOLD = """() => {
  window.told = [];
  const notes = new MutationObserver((all) => all.forEach(({ target }) => window.told.push(target.textContent)));
  document.addEventListener("focusin", () =>
    document.querySelectorAll("[role=status]").forEach((place) => notes.observe(place, { childList: true })));
}"""


def test_a_field_says_once_what_is_wrong_with_it(open_page, site):
    page = open_page(base_url=site)
    page.goto("/users/new")
    page.evaluate(TOLD)
    password = page.get_by_label("Password")
    for _ in range(2):
        password.click()
        page.keyboard.type("abc")
        page.get_by_label("Name").click()
    place = page.locator("#password-told")
    expect(place).to_have_text("Password must have at least 8 characters")
    expect(password).to_have_attribute("aria-describedby", "password-hint password-told")
    expect(password).to_have_attribute("aria-invalid", "true")
    check(page)
    password.click()
    page.keyboard.type("defgh")
    expect(place).to_have_text("")
    expect(password).not_to_have_attribute("aria-invalid", "true")
    assert page.evaluate("told") == ["Password must have at least 8 characters", ""]


def test_a_field_that_is_full_says_so_once(open_page, site):
    page = open_page(base_url=site)
    page.goto("/users/new")
    page.evaluate(TOLD)
    page.get_by_label("User id").click()
    page.keyboard.type("a" * 70)
    expect(page.locator("#uid-told")).to_have_text("That is all there is room for: 64 characters.")
    assert page.evaluate("told") == ["That is all there is room for: 64 characters."]


def test_what_the_site_had_said_goes_when_the_value_is_another_one(open_page, site):
    page = open_page(base_url=site)
    page.goto("/users/new")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("User id").fill("toby")
    page.get_by_role("button", name="Add this user").click()
    expect(page.locator("#uid-problem")).to_be_visible()
    page.wait_for_load_state()  # with its script
    page.get_by_label("User id").fill("ada")
    page.get_by_label("Name").click()
    expect(page.locator("#uid-problem")).to_have_count(0)


def test_words_that_go_move_no_button_away_from_under_the_pointer(open_page, site):
    page = open_page(base_url=site)
    page.goto("/users/new")
    page.get_by_label("User id").fill("ada")
    page.get_by_label("Name").fill("W" * 255)
    expect(page.locator("#name-told")).to_have_text("That is all there is room for: 255 characters.")
    page.get_by_role("button", name="Add this user").click()
    page.wait_for_url("**/users/*?added")
