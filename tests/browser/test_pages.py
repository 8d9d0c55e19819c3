"""The main pages, as people meet them: on a phone and a wide screen, in light and dark and in colours of their own,
four times as large, on paper, and by keyboard, with nothing amiss.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE
from tests.drawn import jpeg

PAGES = ("/", "/users", "/users?search=zz", "/users/new", "/users/2", "/posts", "/jokes", "/jokes/1", "/docs", "/login")
PAGES += ("/lab/doctor", "/lab/sql", "/lab/check", "/lab/twins/jokes", "/docs/make-your-own")
PAGES += ("/slip", "/join")
PAGES += ("/users/chart?by=dob", "/posts/chart?by=user", "/jokes/chart?by=haha")
LEFT = "net::ERR_ABORTED"  # a picture was still on its way when the next page was opened
SCREENS = {"phone": {"width": 360, "height": 640}, "wide": {"width": 1440, "height": 900}}
ZOOMED = {"width": 320, "height": 256}  # what 400 % leaves of 1280 by 1024
NAME = "(each) => [each.tagName, each.id, each.name, each.href, each.textContent.trim()].join(' ')"
CAN_HAVE_FOCUS = f"""() => [...document.querySelectorAll("a, summary, input:not([type=hidden]), button, [tabindex]")]
    .filter((each) => each.checkVisibility()).map({NAME})"""
HAS_FOCUS = f"""() => {{
    const here = document.activeElement, {{ top, bottom }} = here.getBoundingClientRect();
    const {{ outlineStyle, outlineWidth }} = getComputedStyle(here);
    return [({NAME})(here), bottom > 0 && top < innerHeight, outlineStyle, outlineWidth];
}}"""
MOVED = """() => new Promise((done) => {
    const moved = ({ value, sources }) => [value, ...sources.map(({ node, previousRect, currentRect }) =>
        `${(node?.outerHTML ?? node?.data)?.slice(0, 80)}: y ${previousRect.y} to ${currentRect.y}`)].join("\\n");
    new PerformanceObserver((list) => done(list.getEntries().map(moved)))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done([]), 300);
})"""  # what moved by itself
LOOKS = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "forced": {"forced_colors": "active"}}


@pytest.fixture(params=[(screen, look) for screen in SCREENS for look in LOOKS], ids="-".join)
def page(request, open_page, site):
    """A page on each kind of screen; in the end, its browser has had nothing to complain about."""
    screen, look = request.param
    options = {"viewport": SCREENS[screen], "reduced_motion": "reduce"} | LOOKS[look]
    page, complaints = open_page(**options, base_url=site), []
    page.on("console", lambda message: complaints.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"{request.url} {request.failure}"))
    page.on("request", lambda request: complaints.extend(asked_of_others(request.url, site)))
    yield page
    assert [each for each in complaints if not each.endswith(LEFT)] == []


def test_the_main_pages_are_in_order(page):
    for path in PAGES:
        page.goto(path)
        check(page)


def test_a_login_and_a_post_with_a_picture_are_in_order(page):
    log_in(page)
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
    page.goto("/jokes/import")
    check(page)
    page.get_by_label("Or text, pasted").fill(f"joke,of nobody\n{'long ' * 50},1\nKnock,2\n")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What is wrong")).to_be_visible()
    check(page)
    for path in ("/account", "/users/2/edit"):
        page.goto(path)
        check(page)
    page.goto("/static/lesson/index.html")
    expect(page.locator("#users > li")).to_have_count(10)
    check(page)


def test_what_the_head_opens_is_in_order(page):
    log_in(page)
    for summary in page.locator("header.site summary:visible").all():
        summary.click()
        check(page)


def test_four_times_as_large_all_can_be_reached(open_page, site):
    page = open_page(viewport=ZOOMED, reduced_motion="reduce", base_url=site)
    for path in PAGES:
        page.goto(path)
        check(page)
    page.get_by_text("More", exact=True).click()
    expect(page.locator(".places details").get_by_role("link", name="Jokes")).to_be_visible()
    check(page)


def test_the_keyboard_goes_everywhere_in_order_and_one_sees_where_it_is(open_page, site):
    page = open_page(viewport=SCREENS["wide"], base_url=site)
    for path in ("/", "/users", "/users/new"):
        page.goto(path)
        names, walked = page.evaluate(CAN_HAVE_FOCUS), []
        while len(walked) < len(names):
            page.keyboard.press("Tab")
            name, *seen = page.evaluate(HAS_FOCUS)
            assert seen == [True, "solid", "3px"], name
            walked += [name] if name not in walked[-1:] else []  # a date has several parts
        assert walked == names, path


def test_on_paper_nothing_is_there_to_press(open_page, site):
    page = open_page(base_url=site)
    page.emulate_media(media="print")
    for path in ("/", "/users", "/posts", "/docs", "/users/new"):
        page.goto(path)
        expect(page.locator("button:visible, nav:visible, .search:visible")).to_have_count(0)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_on_a_page_moves_while_it_loads(open_page, site):
    page = open_page(viewport=SCREENS["phone"], base_url=site)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(MOVED) == [], path


@pytest.mark.parametrize(("motion", "name"), [("no-preference", "users-2"), ("reduce", "none")])
def test_a_row_goes_along_from_its_list_to_its_page_unless_nothing_shall_move(open_page, site, motion, name):
    page = open_page(reduced_motion=motion, base_url=site)
    for path, place in (("/users", "tbody tr:nth-child(2)"), ("/users/2", "h1")):
        page.goto(path)
        found = page.locator(place).evaluate("(element) => getComputedStyle(element).viewTransitionName")
        assert found == name, path


def asked_of_others(url, site):
    """The address, unless it is one of this site or made within the page."""
    return [] if url.startswith((site, "data:", "blob:")) else [f"{url} is asked of somebody else"]


def log_in(page, uid="niko"):
    page.goto("/login")
    page.get_by_label("User id").fill(uid)
    page.get_by_label("Password").fill(f"123{uid}")
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url("**/users/*")


def until(page, condition):
    """Playwright's own waiting evaluates text, which the rules of our pages forbid when it is not so at once."""
    for _ in range(PATIENCE // 100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def check(page, but=(), also=()):
    """No page scrolls sideways, and axe finds nothing that keeps anybody out, `but` what it cannot see there.

    `also` are rules of axe that it does not look at unless it is asked to.
    """
    page.wait_for_load_state()  # a click waits until its answer begins, which is not yet a page
    until(page, "document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")  # or be half seen
    rules = {rule: {"enabled": False} for rule in but} | {rule: {"enabled": True} for rule in also}
    found = Axe().run(page, options={"rules": rules})
    assert not found.violations_count, f"{page.url}\n{found.generate_report()}"
