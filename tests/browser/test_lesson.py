"""The lesson's page: on a static host it talks to the site from another origin, as far as ORIGINS let it."""

import sqlite3

import pytest
from playwright.sync_api import expect

HTML = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(open_page, lesson_page):
    """The page on the static host, when it has asked for all it shows."""
    page = open_page()
    page.goto(lesson_page)
    expect(users(page)).to_have_count(10)
    return page


def users(page):
    return page.locator("#users > li")


def send(page, form, **values):
    for name, value in values.items():
        page.locator(f"#{form} [name={name}]").fill(value)
    page.locator(f"#{form} button").click()


def test_it_lists_the_users_with_their_posts_and_pictures(page):
    expect(users(page).nth(1)).to_contain_text("Nikola Tesla")
    expect(users(page).nth(1)).to_contain_text("niko, born 07-10-1856, aged ")
    pictures = page.locator("#users img")
    expect(pictures).to_have_count(4)
    for picture in pictures.all():
        page.wait_for_function("picture => picture.complete && picture.naturalWidth > 1", arg=picture.element_handle())
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("#more")).to_be_hidden()


def test_it_adds_a_user_and_shows_why_the_next_one_is_refused(page, site):
    send(page, "add", name="Ada Lovelace", uid="ada", dob="1815-12-10")
    expect(page.get_by_role("status")).to_have_text("Ada Lovelace was added.")
    expect(users(page).last).to_contain_text("ada, born 12-10-1815")
    send(page, "add", name="Another Ada", uid="ada")
    expect(page.get_by_role("alert")).to_have_text("uid is already taken")
    expect(page.locator("#add [name=name]")).to_have_value("Another Ada")
    expect(users(page)).to_have_count(11)
    assert page.request.get(f"{site}/api/users").json()["total"] == 11


def test_somebody_logs_in_is_remembered_and_logs_out(page):
    expect(page.locator("#me")).to_have_text("Nobody.")
    send(page, "login", uid="niko", password="wrong")
    expect(page.get_by_role("alert")).to_have_text("Invalid user id or password")
    send(page, "login", uid="niko", password="123niko")
    expect(page.get_by_role("status")).to_have_text("Hello, Nikola Tesla.")
    page.reload()
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko)")
    expect(page.locator("#login")).to_be_hidden()
    send(page, "logout")
    expect(page.locator("#me")).to_have_text("Nobody.")
    page.reload()
    expect(page.locator("#login")).to_be_visible()


def test_a_name_that_is_html_is_shown_as_text(page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    pictures = page.locator("img").count()
    send(page, "add", name=HTML, uid="evil", password="correct horse")
    expect(page.get_by_role("status")).to_have_text(f"{HTML} was added.")
    send(page, "login", uid="evil", password="correct horse")
    expect(page.locator("#me")).to_have_text(f"{HTML} (evil)")
    page.reload()
    expect(users(page).last.locator("h3")).to_have_text(HTML)
    expect(page.locator("img")).to_have_count(pictures)
    assert dialogs == []


def test_after_five_hundred_users_it_asks_for_more(open_page, lesson_page, tmp_path):
    rows = sqlite3.connect(tmp_path / "volumes" / "sqlite.db")
    people = [(f"Number {n}", f"n{n}", "user") for n in range(500)]
    rows.executemany("insert into users (_name, _uid, _role) values (?, ?, ?)", people)
    rows.commit()
    rows.close()
    page = open_page()
    page.goto(lesson_page)
    expect(users(page)).to_have_count(500)
    page.get_by_role("button", name="More users").click()
    expect(users(page)).to_have_count(510)
    expect(users(page).last).to_contain_text("n499")
    expect(page.locator("#more")).to_be_hidden()


def test_a_page_of_an_origin_that_is_not_named_is_kept_out_and_says_so(open_page, lesson_page, site):
    stranger = lesson_page.replace("127.0.0.1", "localhost")  # the same host under a name that ORIGINS lacks
    page, refused = open_page(), []
    page.on("console", lambda message: refused.append("CORS policy" in message.text))
    page.goto(stranger)
    expect(page.get_by_role("alert")).to_contain_text(f"{site} did not answer.")
    send(page, "add", name="Ada Lovelace", uid="ada")
    expect(page.get_by_role("button", name="Add this user")).to_be_enabled()
    expect(page.get_by_role("alert")).to_contain_text("do its ORIGINS name http://localhost:")
    expect(users(page)).to_have_count(0)
    assert any(refused)
    assert page.request.get(f"{site}/api/users").json()["total"] == 10


def test_the_site_itself_serves_it_too_and_needs_no_line_set(open_page, site):
    page = open_page()
    page.goto(f"{site}/static/lesson/index.html")
    expect(users(page)).to_have_count(10)
    expect(page.locator("#users img")).to_have_count(4)
    send(page, "login", uid="niko", password="123niko")
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko)")
