"""/docs on a phone: short, and open where an address or a person says so."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import check

PHONE = {"width": 360, "height": 640}
LONGEST = 8_500  # pixels, where nothing is open


@pytest.fixture
def docs(open_page, site):
    page = open_page(viewport=PHONE, base_url=site)
    page.goto("/docs")
    return page


def lines_of(page, operation):
    return page.locator(f"#{operation}").get_by_text("It answers")


def test_it_is_short_and_an_operation_is_opened_by_its_head(docs):
    assert docs.evaluate("document.documentElement.scrollHeight") < LONGEST
    expect(lines_of(docs, "create_post")).to_be_hidden()
    docs.locator("#create_post summary").first.click()
    expect(lines_of(docs, "create_post")).to_be_visible()


def test_an_address_opens_the_operation_it_names(docs):
    docs.goto("/docs#update_user")
    expect(lines_of(docs, "update_user")).to_be_visible()
    expect(docs.locator("#update_user")).to_be_in_viewport()
    docs.locator("#update_user").get_by_role("link", name="User", exact=True).click()
    expect(docs.locator("#User table")).to_be_visible()


def test_without_a_script_it_does_too(open_page, site):
    page = open_page(viewport=PHONE, base_url=site, java_script_enabled=False)
    page.goto("/docs#update_user")
    expect(lines_of(page, "update_user")).to_be_visible()
    expect(lines_of(page, "create_post")).to_be_hidden()
    page.locator("#create_post summary").first.click()
    expect(lines_of(page, "create_post")).to_be_visible()


def test_what_only_reads_is_tried(docs):
    docs.goto("/docs#read_user")
    docs.get_by_label("id", exact=True).locator("visible=true").fill("2")
    docs.locator("#read_user form button").click()
    expect(docs.locator("#read_user .answer")).to_contain_text("Nikola Tesla")


def test_with_everything_open_it_is_in_order_too(docs):
    docs.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    check(docs)
