"""A login from a page of another site, over https: its cookie is for that page alone (`SameSite=None; Partitioned`)."""

import pytest

from tests.browser.conftest import PASSWORD

LOG_IN = {"uid": "niko", "password": PASSWORD}
ASK = """async ([path, values]) => {
  const options = { credentials: "include" };
  if (values) Object.assign(options, { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values) });
  return (await fetch("https://backend.test" + path, options)).status;
}"""
ALLOWED, BLOCKED = 0, 1  # cookies of other sites, as the browser's settings call it


def ask(page, path, values=None):
    return page.evaluate(ASK, [path, values])


def last_cookies(front):
    """The names of the cookies that came with the last request."""
    _, _, headers = front.asked[-1]
    return {pair.strip().partition("=")[0] for pair in headers.get("Cookie", "").split(";")} - {""}


@pytest.fixture(params=[ALLOWED, BLOCKED], ids=["others' cookies allowed", "others' cookies blocked"])
def page(request, browser_with, https_site, front):
    """A page of another site, in which Nikola Tesla has logged in, and which can have a cookie that is not parted."""
    page = browser_with(cookie_controls_mode=request.param)
    front.sites["other.test"] = front.sites["pages.test"]
    usual = {"domain": "backend.test", "path": "/", "secure": True, "sameSite": "None"}
    page.context.add_cookies([usual | {"name": "plain", "value": "1"}])
    page.goto("https://pages.test/")
    assert ask(page, "/lesson/api/authenticate", LOG_IN) == 200
    page.is_blocking = request.param == BLOCKED
    return page


def test_it_stays_logged_in_whether_or_not_the_browser_blocks_cookies_of_other_sites(page, front):
    assert ask(page, "/api/me") == 200
    page.reload()
    assert ask(page, "/api/me") == 200
    assert last_cookies(front) == {"session", "browser"} | (set() if page.is_blocking else {"plain"})


def test_the_cookie_is_kept_for_the_page_that_logged_in(page):
    kept = {each["name"]: each for each in page.context.cookies("https://backend.test")}
    for name in ("session", "browser"):
        cookie = kept[name]
        assert cookie["partitionKey"] == "https://pages.test"
        assert (cookie["sameSite"], cookie["secure"], cookie["httpOnly"]) == ("None", True, True)


def test_neither_another_site_nor_the_backend_itself_gets_it(page, front):
    page.goto("https://other.test/")
    assert ask(page, "/api/me") == 401
    assert last_cookies(front) == (set() if page.is_blocking else {"plain"})
    page.goto("https://backend.test/account")
    assert page.url.startswith("https://backend.test/login")
    assert last_cookies(front) == {"plain"}


def test_a_login_on_the_backend_itself_is_none_for_the_page(browser_with, https_site, front):
    page = browser_with(cookie_controls_mode=ALLOWED)
    page.goto("https://backend.test/login")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url("**/users/2")
    page.goto("https://pages.test/")
    assert ask(page, "/api/me") == 401
    assert last_cookies(front) == set()
    page.goto("https://backend.test/account")
    assert page.url == "https://backend.test/account"


def test_logging_out_takes_the_cookie_away(page, front):
    leave = 'fetch("https://backend.test/api/sessions/current", {method: "DELETE", credentials: "include"})'
    assert page.evaluate(f"async () => (await {leave}).status") == 204
    assert ask(page, "/api/me") == 401
    assert "session" not in last_cookies(front)
