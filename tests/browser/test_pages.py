"""The main pages, as people meet them: on a phone and a wide screen, in light and dark, with nothing amiss."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.drawn import jpeg

PAGES = ("/", "/users", "/users/new", "/users/2", "/posts", "/jokes", "/jokes/1", "/docs", "/login")
LEFT = "net::ERR_ABORTED"  # a picture was still on its way when the next page was opened
SCREENS = {"phone": {"width": 360, "height": 640}, "wide": {"width": 1440, "height": 900}}


@pytest.fixture(params=[(screen, scheme) for screen in SCREENS for scheme in ("light", "dark")], ids="-".join)
def page(request, open_page, site):
    """A page on each kind of screen; in the end, its browser has had nothing to complain about."""
    screen, scheme = request.param
    page, complaints = open_page(viewport=SCREENS[screen], color_scheme=scheme, base_url=site), []
    page.on("console", lambda message: complaints.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"{request.url} {request.failure}"))
    yield page
    assert [each for each in complaints if not each.endswith(LEFT)] == []


def test_the_main_pages_are_in_order(page):
    for path in PAGES:
        page.goto(path)
        check(page)


def test_a_login_and_a_post_with_a_picture_are_in_order(page):
    page.goto("/login")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill("123niko")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/users/2")
    page.goto("/posts/new")
    check(page)
    page.get_by_label("Note").fill("Look at this")
    page.get_by_label("Picture").first.set_input_files({"name": "red.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(page.locator(".preview")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Post it").click()
    page.wait_for_url("**/posts?added*")
    expect(page.locator(".post img").first).to_be_visible()
    check(page)
    for path in ("/account", "/users/2/edit"):
        page.goto(path)
        check(page)
    page.goto("/static/lesson/index.html")
    expect(page.locator("#users > li")).to_have_count(10)
    check(page)


def check(page):
    """No page scrolls sideways, and axe finds nothing that keeps anybody out."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    found = Axe().run(page)
    assert not found.violations_count, f"{page.url}\n{found.generate_report()}"
