"""The lesson's page as GitHub Pages would have it: in a folder of another site, over https."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ADDRESS, PASSWORD
from tests.browser.test_lesson import RED, send, users
from tests.server import HOUSE, free_port

ALLOWED, BLOCKED, NO_COOKIES = (
    {"cookie_controls_mode": 0},
    {"cookie_controls_mode": 1},
    {"default_content_setting_values": {"cookies": 2}},
)


@pytest.fixture
def address(https_site, tmp_path):
    """The page in some folder of pages.test, with its one line set."""
    folder = shutil.copytree(HOUSE / "static" / "lesson", tmp_path / "files" / "my-page")
    script = folder / "lesson.js"
    script.write_text(ADDRESS.sub(f'const backend = "{https_site}";', script.read_text()))
    return "https://pages.test/my-page/"


@pytest.mark.parametrize("preferences", [ALLOWED, BLOCKED], ids=["others' cookies allowed", "others' cookies blocked"])
def test_somebody_logs_in_stays_so_posts_a_picture_laughs_and_logs_out(browser_with, address, front, preferences):
    page, asked = browser_with(**preferences), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    expect(users(page)).to_have_count(10)
    send(page, "login", uid="niko", password=PASSWORD)
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko).")
    page.reload()
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko).")
    page.set_input_files("#post-image", RED)
    send(page, "post", note="From another site", alt="A red square")
    expect(page.locator("#user-2").get_by_role("img", name="A red square")).to_have_js_property("complete", True)
    page.locator("#joke-1 .haha").click()
    expect(page.locator("#joke-1 .haha")).to_have_text("Haha 1")
    send(page, "logout")
    expect(page.locator("#me")).to_have_text("Nobody.")
    page.reload()
    expect(page.locator("#login")).to_be_visible()
    sites = {re.match(r"\w+:(//[^/]+/)?", url)[0] for url in asked}
    assert sites == {"https://pages.test/", "https://backend.test/", "blob:"}
    assert not [headers for *_, headers in front.asked if "Authorization" in headers]


def test_where_the_browser_keeps_back_all_cookies_a_token_does_and_the_page_says_so(browser_with, address, front):
    page = browser_with(**NO_COOKIES)
    page.goto(address)
    send(page, "login", uid="niko", password=PASSWORD)
    expect(page.locator("#me")).to_have_text(
        "Nikola Tesla (niko). Your browser keeps back the backend's cookie, "
        "so you are logged in until this page is closed."
    )
    page.set_input_files("#post-image", RED)
    send(page, "post", note="By a token")
    expect(page.locator("#user-2")).to_contain_text("By a token")
    send(page, "logout")
    expect(page.locator("#me")).to_have_text("Nobody.")
    _, url, headers = next(each for each in reversed(front.asked) if each[0] == "DELETE")
    assert (url, headers["Authorization"][:7]) == ("https://backend.test/api/sessions/current", "Bearer ")
    assert not [headers for *_, headers in front.asked if "Cookie" in headers]
    send(page, "login", uid="niko", password=PASSWORD)
    expect(page.locator("#post")).to_be_visible()
    page.reload()
    expect(page.locator("#login")).to_be_visible()


def test_a_page_on_https_says_that_a_backend_on_http_cannot_be_asked(open_https_page, address, tmp_path):
    script = tmp_path / "files" / "my-page" / "lesson.js"
    script.write_text(script.read_text().replace("https://backend.test", "http://backend.test"))
    page = open_https_page()
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("A page on https needs a backend on https")


def test_a_backend_that_is_asleep_is_told_from_one_that_does_not_know_the_page(open_https_page, address, front):
    page = open_https_page()
    front.sites["strange.test"] = front.sites["pages.test"]
    page.goto(address.replace("pages.test", "strange.test"))
    expect(page.get_by_role("alert")).to_contain_text("Its ORIGINS must name https://strange.test.")
    port = front.sites["backend.test"]
    front.sites["backend.test"] = free_port()
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("https://backend.test/, but not the backend. Is it asleep?")
    front.sites["backend.test"] = port
    page.get_by_role("button", name="More users").click()
    expect(users(page)).to_have_count(10)
