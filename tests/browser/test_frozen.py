"""The public pages as files, on a host of plain files, with and without scripts."""

import shutil

import pytest
from playwright.sync_api import expect

import commands
from models.shared.database import database
from tests.browser.test_pages import LOOKS, SCREENS, check

PAGES = ("/", "/users/", "/users/2/", "/posts/", "/jokes/", "/jokes/1/", "/docs/", "/users/chart/", "/users/by/-name/")


@pytest.fixture
def frozen(tmp_path, monkeypatch, lesson_volumes, static_host):
    """The address of the host that has them."""
    shutil.copytree(lesson_volumes, tmp_path / "volumes")
    monkeypatch.setenv("VOLUMES", str(tmp_path / "volumes"))
    monkeypatch.setenv("SAMPLE_DATA", "lesson")
    commands.main(["freeze", str(tmp_path / "files"), "--site", f"{static_host}/"])
    database.close_all()
    return static_host


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_in_order_and_ask_nobody_else(open_page, frozen, screen, look):
    page = open_page(viewport=SCREENS[screen], reduced_motion="reduce", base_url=frozen, **LOOKS[look])
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        page.goto(path)
        check(page, also=["target-size"])
    assert {url for url in asked if not url.startswith(f"{frozen}/")} == set()
    assert complaints == []


def test_a_search_finds_rows_without_a_backend(open_page, frozen):
    page = open_page(base_url=frozen)
    page.goto("/users/")
    page.get_by_role("searchbox").fill("TESLÁ")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 found:")
    check(page)
    page.locator(".found").get_by_role("link", name="Nikola Tesla").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nikola Tesla")
    page.goto("/posts/")
    page.get_by_role("searchbox").fill("nobody wrote this")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Nothing has that.")


def test_without_scripts_there_is_no_search_and_lists_are_read_all_the_same(open_page, frozen):
    page = open_page(base_url=frozen, java_script_enabled=False)
    page.goto("/users/")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("link", name="Nikola Tesla").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nikola Tesla")
