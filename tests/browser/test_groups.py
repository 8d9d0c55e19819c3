"""The pages of groups are in order, on a phone and on a wide screen, for a teacher and for a pupil."""

from playwright.sync_api import expect

from tests.browser.test_pages import check, log_in, page  # noqa: F401 - a fixture


def test_a_group_is_made_filled_and_quiet_on_pages_that_are_in_order(page):  # noqa: F811
    log_in(page, "toby")
    page.goto("/groups")
    check(page)
    page.get_by_role("link", name="Make a group").first.click()
    check(page)
    page.get_by_label("Name").fill("Period 3")
    page.get_by_role("button", name="Make it").click()
    for uid in ("niko", "hop"):
        page.get_by_label("User id of somebody to take in").fill(uid)
        page.get_by_role("button", name="Take in").click()
    page.get_by_role("button", name="Quiet: let them only read").click()
    expect(page.get_by_text("This group is quiet")).to_be_visible()
    check(page)
    address = page.url.partition("?")[0]
    for path in (f"{address}/posts", f"{address}/edit", f"{address}/delete", "/users/2/close", "/groups"):
        page.goto(path)
        check(page)
    page.goto("/users/2/close")
    page.get_by_label("Why").fill("Has left.")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("This account is closed")).to_be_visible()
    check(page)
    page.goto("/users/2/close")
    check(page)
    page.get_by_role("button", name="Open it again").click()
    page.goto(f"{address}/delete")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The group was deleted.")).to_be_visible()
