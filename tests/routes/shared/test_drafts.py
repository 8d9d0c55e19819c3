"""Logged out while writing: the text is found again, by the same person in the same browser."""

from datetime import timedelta

import pytest
from webtest import TestApp

from models.draft import MOST_DRAFTS, Draft
from models.known_browser import KnownBrowser
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.user import User
from tests.drawn import png

PASSWORDS = {"niko": "correct horse", "hop": "battery staple"}


@pytest.fixture
def niko(visitor):
    """Nikola Tesla, who has logged in with his password."""
    with database.connection_context():
        for uid, password in PASSWORDS.items():
            User.get(uid=uid).update(password=password)
    log_in(visitor, "niko")
    return visitor


def log_in(browser, uid, page=None):
    form = (page or browser.get("/login")).forms["login"]
    form["uid"], form["password"] = uid, PASSWORDS[uid]
    return form.submit(status=303)


def send_logged_out(browser, path="/posts/new", name="new-post", /, **texts):
    form = browser.get(path).forms[name]
    for field, text in texts.items():
        form[field] = text
    with database.connection_context():
        Session.delete().execute()
    return form.submit(status=303)


def test_what_was_written_stands_in_the_form_again_and_is_not_sent_by_itself(niko):
    answer = send_logged_out(niko, note="A long <b>text</b>\nof two lines", alt="")
    assert answer.headers["Location"] == "/login?next=%2Fposts%2Fnew%3Fwritten&sent"
    page = answer.follow()
    assert "you find what you wrote again" in page.html.select_one(".alert").text
    page = log_in(niko, "niko", page).follow()
    assert "It has not been sent yet" in page.html.select_one("main > .alert").text
    form = page.forms["new-post"]
    assert form["note"].value.replace("\r", "") == "A long <b>text</b>\nof two lines"
    assert niko.get("/api/posts?search=A long").json["total"] == 0
    assert "was added" in form.submit(status=303).follow()
    assert niko.get("/posts/new").forms["new-post"]["note"].value == ""


def test_a_change_of_a_row_and_a_model_of_ones_own_too(niko):
    answer = send_logged_out(niko, "/users/2/edit", "edit-user", name="N. T.")
    page = log_in(niko, "niko", answer.follow()).follow()
    assert page.forms["edit-user"]["name"].value == "N. T."
    answer = send_logged_out(niko, "/jokes/new", "new", joke="A new joke")
    page = log_in(niko, "niko", answer.follow()).follow()
    assert page.forms["new"]["joke"].value == "A new joke"


def test_what_was_written_does_not_write_over_what_is_newer(niko):
    answer = send_logged_out(niko, "/users/2/edit", "edit-user", name="Mine")
    page = log_in(niko, "niko", answer.follow()).follow()
    with database.connection_context():
        User.update(name="Theirs").where(User.id == 2).execute()
    answer = page.forms["edit-user"].submit(status=412)
    assert answer.html.select_one(".now .value").text == "Theirs"


def test_what_was_to_stay_as_it_is_in_the_row_is_not_found_again(niko, admin):
    form = niko.get("/users/2/edit").forms["edit-user"]
    admin.patch_json("/api/users/2", {"name": "Theirs"}, status=200)
    form["name"], form["uid"] = "Mine", "nikola"
    form = form.submit(status=412).forms["edit-user"]
    form["take-name"] = True
    with database.connection_context():
        Session.delete().execute()
    page = log_in(niko, "niko", form.submit(status=303).follow()).follow()
    form = page.forms["edit-user"]
    assert [form["name"].value, form["uid"].value] == ["Theirs", "nikola"]


def test_a_table_that_was_pasted_into_an_import_is_not_kept_as_it_may_have_passwords(niko):
    answer = send_logged_out(niko, "/jokes/import", "import", text="joke,password\nWhy?,hunter2\n")
    assert answer.headers["Location"] == "/login?next=%2Fjokes%2Fimport&sent"
    with database.connection_context():
        assert not Draft.select().count()
    assert log_in(niko, "niko", answer.follow()).follow().forms["import"]["text"].value == ""


def test_a_picture_is_not_kept_and_the_form_says_so(niko):
    answer = send_logged_out(niko, note="Look", image=("a.png", png()))
    page = log_in(niko, "niko", answer.follow()).follow()
    assert page.html.select_one("#image-problem").text == "Picture was not kept: please choose it again"
    assert page.forms["new-post"]["note"].value == "Look"
    answer = send_logged_out(niko, note="No picture")
    assert log_in(niko, "niko", answer.follow()).follow().html.select_one("#image-problem") is None


def test_another_person_does_not_find_it(niko):
    answer = send_logged_out(niko, note="A secret")
    page = log_in(niko, "hop", answer.follow()).follow()
    assert "A secret" not in page
    assert page.forms["new-post"]["note"].value == ""


def test_nor_does_the_same_person_in_another_browser(niko):
    send_logged_out(niko, note="A secret")
    browser = TestApp(niko.app)
    log_in(browser, "niko")
    assert "A secret" not in browser.get("/posts/new?written")


@pytest.mark.parametrize("minutes", [-60, 61])  # 61: the clock has been set back meanwhile
def test_after_an_hour_it_is_gone(niko, minutes):
    answer = send_logged_out(niko, note="Too old")
    with database.connection_context():
        Draft.update(created=utc_now() + timedelta(minutes=minutes)).execute()
    assert log_in(niko, "niko", answer.follow()).follow().forms["new-post"]["note"].value == ""


def test_passwords_and_keys_are_not_kept(niko):
    answer = send_logged_out(niko, "/account", "change-password", old="correct horse", new="battery staple")
    assert answer.headers["Location"] == "/login?next=%2Faccount&sent"
    with database.connection_context():
        assert Draft.select().count() == 0


@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_a_browser_in_which_nobody_has_logged_in_gets_nothing_kept(visitor, cookie):
    visitor.set_cookie("browser", cookie)
    answer = visitor.post("/posts", {"note": "Hello"}, status=303)
    assert answer.headers["Location"] == "/login?next=%2Fposts%2Fnew&sent"
    with database.connection_context():
        assert Draft.select().count() == 0


def test_what_is_very_long_is_not_kept(niko):
    assert "written" not in send_logged_out(niko, note="x" * 65 * 1024).headers["Location"]


def test_there_are_a_thousand_at_most_and_one_for_each_form(niko):
    with database.connection_context():
        known = KnownBrowser.get()
        Draft.insert_many(
            {"known_browser": known, "path": f"/{n}", "texts": "{}"} for n in range(MOST_DRAFTS)
        ).execute()
        Draft.keep(known, "/posts/new", {"note": "First"})
        Draft.keep(known, "/posts/new", {"note": "Second"})
        assert Draft.select().count() == MOST_DRAFTS
        assert [draft.texts for draft in Draft.select().where(Draft.path == "/posts/new")] == ['{"note": "Second"}']


def test_nobody_pushes_out_what_others_wrote(niko):
    answer = send_logged_out(niko, note="What I wrote")
    with database.connection_context():
        hop = User.get(uid="hop")
        for browser in "ab":
            known = KnownBrowser.create(digest=browser, user=hop)
            for number in range(MOST_DRAFTS // 2 - 1):
                Draft.insert(known_browser=known, path=f"/{number}", texts="{}").execute()
            Draft.keep(known, "/posts/new", {"note": "Mine"})
        assert Draft.select().count() == MOST_DRAFTS
    page = log_in(niko, "niko", answer.follow()).follow()
    assert page.forms["new-post"]["note"].value == "What I wrote"


def test_no_other_page_asks_for_it(niko):
    send_logged_out(niko, note="A secret")
    log_in(niko, "niko")
    assert "A secret" not in niko.get("/posts/new")
    assert "A secret" not in niko.get("/jokes/new?written")
