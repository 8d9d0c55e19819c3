"""What a server in front of the site refuses is told apart from a site that is gone."""

import pytest
from playwright.sync_api import expect

from tests.drawn import png


@pytest.mark.parametrize(
    ("status", "words"), [(413, "too large for the server in front"), (502, "Is the site still there?")]
)
def test_a_picture_that_the_server_in_front_refuses(open_page, site, status, words):
    page = open_page(base_url=site)
    # Before the first page: one that is just loading may send without asking here.
    page.route("**/posts", lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>No</h1>"))
    page.goto("/login?next=/posts/new")
    page.get_by_label("User id").fill("toby")
    page.get_by_label("Password").fill("123toby")
    page.get_by_role("button", name="Log in").click()
    page.set_input_files("input[type=file]", {"name": "a.png", "mimeType": "image/png", "buffer": png()})
    page.get_by_label("Note").fill("A picture")
    page.get_by_role("button", name="Post it").click()
    expect(page.locator(".problem[role=alert]")).to_contain_text(words)
    expect(page.get_by_role("button", name="Post it")).to_be_enabled()
