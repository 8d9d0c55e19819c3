"""The lesson's page: on a static host it talks to the site from another origin, as far as ORIGINS let it."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import LOOKS, SCREENS, check
from tests.drawn import jpeg, png

HTML = "<img src=x onerror=alert(1)>"
RED = {"name": "red.png", "mimeType": "image/png", "buffer": png()}


@pytest.fixture
def page(open_page, lesson_page):
    """The page on the static host, when it has asked for all it shows."""
    page = open_page()
    page.goto(lesson_page)
    expect(users(page)).to_have_count(10)
    expect(page.locator("#jokes > li")).to_have_count(7)
    return page


@pytest.fixture
def member_page(page):
    send(page, "login", uid="niko", password="123niko")
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko).")
    return page


@pytest.fixture
def rows(site, tmp_path):
    """The database of the site, as another program has it."""
    with closing(sqlite3.connect(tmp_path / "volumes" / "sqlite.db")) as connection:
        yield connection


def users(page):
    return page.locator("#users > li")


def send(page, form, **values):
    for name, value in values.items():
        page.locator(f"#{form} [name={name}]").fill(value)
    page.locator(f"#{form} button").click()


def test_it_lists_the_users_with_their_posts_and_pictures(page):
    expect(users(page).nth(1)).to_contain_text("Nikola Tesla")
    expect(users(page).nth(1)).to_contain_text("niko, born 1856-07-10, aged ")
    pictures = page.locator("#users img")
    expect(pictures).to_have_count(4)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function("picture => picture.complete && picture.naturalWidth > 1", arg=picture.element_handle())
    expect(pictures.first).to_have_attribute("alt", "A lamp of glass with a glowing filament.")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("#more-users")).to_be_hidden()


def test_it_adds_a_user_and_shows_why_the_next_one_is_refused(page, site):
    send(page, "add", name="Ada Lovelace", uid="ada", dob="1815-12-10")
    expect(page.get_by_role("status")).to_have_text("Ada Lovelace was added.")
    expect(users(page).last).to_contain_text("ada, born 1815-12-10")
    send(page, "add", name="Another Ada", uid="ada")
    expect(page.locator("#add-uid-problem")).to_have_text("User id is already taken.")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("#add [name=name]")).to_have_value("Another Ada")
    expect(users(page)).to_have_count(11)
    assert page.request.get(f"{site}/api/users").json()["total"] == 11


def test_each_problem_stands_beside_its_field_until_that_is_changed(page):
    send(page, "add", name="Ada", uid="toby", password="short", dob="2999-01-01")
    uid, password, dob = (page.locator(f"#add-{name}") for name in ("uid", "password", "dob"))
    expect(uid).to_be_focused()
    expect(uid).to_have_accessible_description("User id is already taken.")
    said = "Password must have at least 8 characters. Without one, nobody can log in as this user."
    expect(password).to_have_accessible_description(said)
    expect(dob).to_have_attribute("aria-invalid", "true")
    check(page)
    password.fill("correct horse")
    expect(password).to_have_accessible_description("Without one, nobody can log in as this user.")
    expect(password).not_to_have_attribute("aria-invalid", "true")
    expect(uid).to_have_attribute("aria-invalid", "true")


def test_without_its_script_a_form_sends_no_password_to_the_host_of_the_files(open_page, lesson_page):
    page = open_page()
    page.route("**/lesson.js", lambda route: route.abort())
    page.goto(lesson_page)
    send(page, "login", uid="niko", password="123niko")
    assert page.url == lesson_page


def test_somebody_logs_in_is_remembered_and_logs_out(page):
    expect(page.locator("#me")).to_have_text("Nobody.")
    send(page, "login", uid="niko", password="wrong")
    expect(page.get_by_role("alert")).to_have_text("Invalid user id or password")
    send(page, "login", uid="niko", password="123niko")
    expect(page.get_by_role("status")).to_have_text("Hello, Nikola Tesla.")
    expect(page.get_by_role("button", name="Log out")).to_be_focused()
    page.reload()
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko).")
    expect(page.locator("#login")).to_be_hidden()
    send(page, "logout")
    expect(page.locator("#me")).to_have_text("Nobody.")
    page.reload()
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#post")).to_be_hidden()


def test_a_post_with_a_picture_is_written_and_deleted(member_page, rows):
    page = member_page
    page.set_input_files("#post-image", RED)
    expect(page.locator("#chosen")).to_be_visible()
    send(page, "post", note="Look", alt="A red square")
    expect(page.get_by_role("status")).to_have_text("It was posted.")
    mine = page.locator("#user-2 li").first
    expect(mine).to_contain_text("Look")
    expect(mine.get_by_role("img", name="A red square")).to_have_js_property("complete", True)
    expect(page.locator("#chosen")).to_be_hidden()
    page.on("dialog", lambda dialog: dialog.accept())
    mine.get_by_role("button", name="Delete: Look").click()
    expect(page.get_by_role("status")).to_have_text("It was deleted.")
    expect(page.locator("#user-2")).not_to_contain_text("Look")
    assert rows.execute("select count(*) from posts where note = 'Look'").fetchone() == (0,)


def test_only_ones_own_posts_can_be_deleted(member_page):
    expect(member_page.locator("#user-2").get_by_role("button")).to_have_count(2)
    expect(member_page.locator("#user-1").get_by_role("button")).to_have_count(0)


def test_a_picture_that_is_too_large_becomes_a_smaller_copy(member_page, rows):
    large = {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": jpeg() + bytes(6 * 1024 * 1024)}
    member_page.set_input_files("#post-image", large)
    send(member_page, "post", note="Large")
    expect(member_page.get_by_role("status")).to_have_text("It was posted.")
    ((name, width),) = rows.execute("select image, image_width from posts where note = 'Large'")
    assert name.endswith(".jpg")
    assert width > 1


def test_what_is_no_picture_is_refused_beside_its_field(member_page):
    member_page.set_input_files("#post-image", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    send(member_page, "post", note="Not a picture")
    expect(member_page.locator("#post-image-problem")).to_contain_text("Picture must be")
    expect(member_page.locator("#post-note")).to_have_value("Not a picture")


def test_who_laughs_at_a_joke_is_counted_with_or_without_a_login(page, rows):
    laugh = page.locator("#joke-1").get_by_role("button", name="Haha")
    laugh.click()
    expect(laugh).to_have_text("Haha 1")
    laugh.click()
    expect(laugh).to_have_text("Haha 2")
    expect(laugh).to_be_focused()
    page.locator("#joke-1").get_by_role("button", name="Boohoo").click()
    expect(page.get_by_role("status")).to_have_text("Counted: 1 boohoo.")
    assert rows.execute("select haha, boohoo from jokes where id = 1").fetchone() == (2, 1)


def test_what_is_sent_again_after_a_lost_answer_is_done_once(member_page, rows):
    page, keys = member_page, []

    def lose(route):
        keys.append(route.request.headers["idempotency-key"])
        route.fetch() if len(keys) == 1 else None
        route.abort() if len(keys) == 1 else route.continue_()

    page.route("**/api/posts", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    send(page, "post", note="Only once")
    expect(page.get_by_role("alert")).to_have_text(
        "The answer was lost on its way. Please try again: it is done only once."
    )
    page.locator("#post button").click()
    expect(page.get_by_role("status")).to_have_text("It was posted.")
    send(page, "post", note="Only once")
    expect(page.locator("#user-2 li").filter(has_text="Only once")).to_have_count(2)
    assert keys[0] == keys[1] != keys[2]
    assert rows.execute("select count(*) from posts where note = 'Only once'").fetchone() == (2,)


def test_what_was_changed_after_a_lost_answer_is_another_request(page, rows):
    page.route("**/api/users", lambda route: (route.fetch(), route.abort()))
    send(page, "add", name="Ada", uid="ada")
    expect(page.get_by_role("alert")).to_contain_text("The answer was lost on its way.")
    page.unroute("**/api/users")
    send(page, "add", name="Bea", uid="bea")
    expect(page.get_by_role("status")).to_have_text("Bea was added.")
    assert rows.execute("select _uid from users where id > 10").fetchall() == [("ada",), ("bea",)]


def test_a_name_that_is_html_is_shown_as_text(page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    pictures = page.locator("img").count()
    send(page, "add", name=HTML, uid="evil", password="correct horse")
    expect(page.get_by_role("status")).to_have_text(f"{HTML} was added.")
    send(page, "login", uid="evil", password="correct horse")
    expect(page.locator("#me")).to_have_text(f"{HTML} (evil).")
    send(page, "post", note=HTML)
    expect(page.get_by_role("status")).to_have_text("It was posted.")
    page.reload()
    expect(users(page).last.locator("h3")).to_have_text(HTML)
    expect(users(page).last.locator(".note")).to_have_text(HTML)
    expect(page.locator("#users img")).to_have_count(pictures - 1)  # all but the one of the form
    assert dialogs == []


def test_after_a_hundred_users_it_asks_for_more(open_page, lesson_page, rows):
    people = [(f"Number {n}", f"n{n}", "user") for n in range(95)]
    rows.executemany("insert into users (_name, _uid, _role) values (?, ?, ?)", people)
    rows.commit()
    page = open_page()
    page.goto(lesson_page)
    expect(users(page)).to_have_count(100)
    page.get_by_role("button", name="More users").click()
    expect(users(page)).to_have_count(105)
    expect(users(page).last).to_contain_text("n94")
    expect(page.locator("#more-users")).to_be_hidden()


# What is refused, in words


def test_a_page_of_an_origin_that_is_not_named_is_kept_out_and_says_so(open_page, lesson_page, site):
    stranger = lesson_page.replace("127.0.0.1", "localhost")  # the same host under a name that ORIGINS lacks
    page, refused = open_page(), []
    page.on("console", lambda message: refused.append("CORS policy" in message.text))
    page.goto(stranger)
    expect(page.get_by_role("alert")).to_contain_text(f"{site}/ is there, but not for pages of http://localhost:")
    send(page, "add", name="Ada Lovelace", uid="ada")
    expect(page.get_by_role("button", name="Add this user")).to_be_enabled()
    expect(page.get_by_role("alert")).to_contain_text("Its ORIGINS must name http://localhost:")
    expect(users(page)).to_have_count(0)
    assert any(refused)
    assert page.request.get(f"{site}/api/users").json()["total"] == 10


def test_it_tells_a_browser_that_is_offline_from_a_backend_that_is_gone(page, site):
    page.context.set_offline(True)
    send(page, "add", name="Ada", uid="ada")
    expect(page.get_by_role("alert")).to_have_text("You are offline. Please try again when you are back.")
    page.context.set_offline(False)
    page.route(f"{site}/**", lambda route: route.abort("connectionrefused"))
    page.locator("#add button").click()
    expect(page.get_by_role("alert")).to_contain_text("did not answer. Does it run, and are you online?")
    expect(page.locator("#add-name")).to_have_value("Ada")


def test_a_backend_that_comes_back_is_asked_again_by_the_same_button(open_page, lesson_page):
    page = open_page()
    page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    page.goto(lesson_page)
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.unroute("**/api/**")
    page.get_by_role("button", name="More users").click()
    expect(users(page)).to_have_count(10)
    expect(page.get_by_role("alert")).to_be_empty()


def test_wrong_passwords_without_a_pause_must_wait(page):
    send(page, "login", uid="niko", password="wrong")
    for _ in range(12):
        expect(page.get_by_role("alert")).not_to_be_empty()
        if "Too many" in page.get_by_role("alert").text_content():
            break
        page.locator("#login [name=password]").fill("wrong")
        page.locator("#login button").click()
        expect(page.get_by_role("button", name="Log in")).to_be_enabled()
    expect(page.get_by_role("alert")).to_have_text(re.compile("^Too many attempts; try again in [0-9]+ seconds?[.]$"))


def test_a_login_that_has_ended_meanwhile_keeps_what_was_written(member_page, rows):
    rows.execute("delete from sessions")
    rows.commit()
    send(member_page, "post", note="Half a thought")
    expect(member_page.get_by_role("alert")).to_have_text("Please log in first.")
    send(member_page, "login", uid="niko", password="123niko")
    expect(member_page.locator("#post-note")).to_have_value("Half a thought")
    member_page.locator("#post button").click()
    expect(member_page.locator("#user-2")).to_contain_text("Half a thought")


def test_a_joke_that_is_gone_says_so(page, rows):
    rows.execute("delete from jokes where id = 1")
    rows.commit()
    page.locator("#joke-1 .haha").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not there, or no longer.")


@pytest.mark.parametrize(
    ("status", "headers", "detail", "words"),
    [
        (403, {}, "Your group is quiet just now.", "That is not open to you. Your group is quiet just now."),
        (409, {"Retry-After": "1"}, "", "That is on its way already. Please try again in 1 second."),
        (413, {}, "", "That is too large."),
        (422, {}, "This key was sent before.", "That cannot be used. This key was sent before."),
        (429, {"Retry-After": "7"}, "", "That was tried too often. Please try again in 7 seconds."),
        (503, {"Retry-After": "30"}, "", "The backend cannot do that just now. Please try again in 30 seconds."),
        (
            503,
            {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"},
            "Many wait.",
            "just now. Many wait. Please try again in ",
        ),
        (502, {}, None, "The backend answered 502."),
    ],
)
def test_what_is_refused_is_said_in_words_also_by_a_server_in_front(page, status, headers, detail, words):
    open_to_all = {
        "Access-Control-Allow-Origin": page.evaluate("location.origin"),
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": "Retry-After",
    }
    body = "<h1>No</h1>" if detail is None else json.dumps({"status": status, "detail": detail})
    answer = {"status": status, "headers": headers | open_to_all, "body": body}
    page.route("**/api/jokes/1/haha", lambda route: route.fulfill(**answer))
    page.locator("#joke-1 .haha").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.locator("#joke-1 .haha")).to_have_text("Haha 0")


def test_an_address_that_is_no_backend_says_so(page):
    open_to_all = {"Access-Control-Allow-Origin": page.evaluate("location.origin")}
    open_to_all["Access-Control-Allow-Credentials"] = "true"
    page.route("**/api/jokes/1/haha", lambda route: route.fulfill(headers=open_to_all, body="<h1>Hello</h1>"))
    page.locator("#joke-1 .haha").click()
    expect(page.get_by_role("alert")).to_contain_text("answered something else than JSON. Is that the backend?")


# As it is


def test_the_site_itself_serves_it_too_and_needs_no_line_set(open_page, site):
    page = open_page()
    page.goto(f"{site}/static/lesson/index.html")
    expect(users(page)).to_have_count(10)
    expect(page.locator("#users img")).to_have_count(4)
    send(page, "login", uid="niko", password="123niko")
    expect(page.locator("#me")).to_have_text("Nikola Tesla (niko).")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_in_order_on_each_screen(open_page, lesson_page, screen, look):
    page = open_page(viewport=SCREENS[screen], reduced_motion="reduce", **LOOKS[look])
    page.goto(lesson_page)
    expect(page.locator("#jokes > li")).to_have_count(7)
    check(page)
    send(page, "login", uid="niko", password="123niko")
    expect(page.locator("#post")).to_be_visible()
    check(page)


def test_the_keyboard_alone_is_enough(page):
    page.locator("#login-uid").focus()
    page.keyboard.type("niko")
    page.keyboard.press("Tab")
    page.keyboard.type("123niko")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Post it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#user-2")).to_contain_text("By keyboard")
