"""Logging in and out, as a person and as a script."""

from datetime import timedelta

import pytest
from playhouse.test_utils import assert_query_count
from webtest import TestApp

from models.attempt import Attempt
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.passwords import HASHING, hashing_slot
from models.shared.places import Waiter
from models.user import User
from tests.server import on_two_processes_too

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PASSWORD = "correct horse"


@pytest.fixture
def ada(visitor):
    """Ada has signed up by a script, so she is logged in nowhere; this is her uid and password."""
    values = {"uid": "ada", "password": PASSWORD}
    visitor.post_json("/api/users", {"name": "Ada Lovelace", **values}, status=201)
    return values


def log_in(browser, values, path="/login"):
    form = browser.get(path).forms["login"]
    form["uid"], form["password"] = values["uid"], values["password"]
    return form.submit(expect_errors=True)


def cookie_of(browser):
    (cookie,) = [f"session={cookie.value}" for cookie in browser.cookiejar if cookie.name == "session"]
    return cookie


def token_of(script, ada, **more):
    return script.post_json("/api/sessions", ada | more, status=201).json["token"]


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


# Pages


def test_a_person_logs_in_and_out(visitor, ada):
    answer = log_in(visitor, ada)
    assert (answer.status_int, answer.headers["Location"]) == (303, "/users/11")
    page = answer.follow()
    assert page.html.select_one(".you .name").text == "Ada Lovelace"
    cookie = cookie_of(visitor)
    page = page.forms["logout"].submit(status=303).follow()
    assert "Log in" in page.html.select_one(".you").text
    visitor.get("/account", status=303)
    visitor.get("/api/me", headers={"Cookie": cookie}, status=401)
    visitor.post("/logout", status=303)


def test_logging_in_again_ends_the_login_before(visitor, ada):
    log_in(visitor, ada)
    cookie = cookie_of(visitor)
    log_in(visitor, ada)
    TestApp(visitor.app).get("/api/me", headers={"Cookie": cookie}, status=401)
    assert visitor.get("/api/me").json["uid"] == "ada"


def test_a_password_that_is_changed_during_a_login_starts_none(visitor, ada, monkeypatch):
    import werkzeug.security

    real = werkzeug.security.check_password_hash

    def slow(*args):
        is_right = real(*args)
        User.update(password_hash="another").where(User.uid == "ada").execute()
        return is_right

    monkeypatch.setattr(werkzeug.security, "check_password_hash", slow)
    assert visitor.post_json("/api/sessions", ada, status=503).headers["Retry-After"] == "1"
    assert log_in(visitor, ada).status_int == 422
    with database.connection_context():
        assert Session.select().count() == 0


def test_the_head_of_every_page_shows_who_is_logged_in(member):
    for path in ("/", "/users", "/users/1", "/posts", "/nowhere"):
        assert "Nikola Tesla" in member.get(path, expect_errors=True).html.select_one(".you").text


@pytest.mark.parametrize("uid", ["Ada ", " ADA ", "ada\t", "\nada\r\n", "\u00a0ada\u3000"])
def test_a_uid_may_be_typed_in_capitals_and_with_blanks_wherever_one_logs_in(visitor, ada, uid):
    values = {"uid": uid, "password": PASSWORD}
    assert visitor.post("/login", {"uid": uid.encode(), "password": PASSWORD}).status_int == 303
    visitor.post_json("/api/sessions", values, status=201)
    visitor.post_json("/lesson/api/authenticate", values, status=200)


@pytest.mark.parametrize(
    ("uid", "password"),
    [("ada", "wrong horse"), ("nobody", PASSWORD), ("toby", "123toby"), ("", ""), ("a b", PASSWORD), ("ada", "\t" * 9)],
)
def test_a_wrong_uid_and_a_wrong_password_get_the_same_answer(visitor, ada, uid, password):
    answer = log_in(visitor, {"uid": uid, "password": password})
    assert answer.status_int == 422
    assert answer.html.select_one(".alert").text == "The user id or the password is wrong."
    form = answer.forms["login"]
    assert (form["uid"].value, form["password"].value) == (uid, "")
    assert "Set-Cookie" not in answer.headers


def test_an_unknown_uid_costs_the_same_hashes_as_a_wrong_password(visitor, ada, monkeypatch):
    import werkzeug.security

    counted = []
    real = werkzeug.security.check_password_hash
    monkeypatch.setattr(werkzeug.security, "check_password_hash", lambda *args: counted.append(args) or real(*args))
    for uid in ("ada", "nobody", "toby"):  # toby has no password
        counted.clear()
        log_in(visitor, {"uid": uid, "password": "wrong horse"})
        assert len(counted) == 1
        assert counted[0][0].startswith("pbkdf2:sha256:1$")
    monkeypatch.setattr(werkzeug.security, "generate_password_hash", lambda *args, **options: pytest.fail("hashed"))
    log_in(visitor, {"uid": "nobody", "password": "wrong horse"})


def test_a_password_too_long_to_be_one_is_not_even_hashed(visitor, ada, monkeypatch):
    monkeypatch.setattr("werkzeug.security.check_password_hash", lambda *args: pytest.fail("hashed"))
    assert log_in(visitor, {"uid": "ada", "password": "x" * 257}).status_int == 422
    visitor.post("/login", {"uid": "ada", "password": "x" * 1024 * 1024}, status=413)
    visitor.post_json("/api/sessions", {"uid": "ada", "password": "x" * 257}, status=401)


def test_whoever_must_log_in_is_sent_back_to_where_they_wanted(visitor, ada):
    answer = visitor.get("/account?x=1", status=303)
    assert answer.headers["Location"] == "/login?next=%2Faccount%3Fx%3D1"
    assert "That page is for those who are logged in." in answer.follow()
    answer = log_in(visitor, ada, answer.headers["Location"])
    assert answer.headers["Location"] == "/account?x=1"


def test_where_they_wanted_is_kept_when_the_password_was_wrong(visitor, ada):
    answer = log_in(visitor, ada | {"password": "wrong"}, "/login?next=%2Fposts%2Fnew")
    form = answer.forms["login"]
    form["password"] = PASSWORD
    assert form.submit().headers["Location"] == "/posts/new"


@pytest.mark.parametrize(
    "next",
    [
        "//evil.example",
        "https://evil.example/",
        "\\evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        " /users",
        "/usérs",
    ],
)
def test_a_login_sends_nobody_to_another_site(visitor, ada, next):
    answer = visitor.post("/login", ada | {"next": next}, status=303)
    assert answer.headers["Location"] == "/users/11"


def test_a_login_that_was_sent_by_a_form_leads_back_to_that_form_and_says_why(visitor):
    answer = visitor.post("/posts", {"note": "Hello"}, status=303)
    assert answer.headers["Location"] == "/login?next=%2Fposts%2Fnew&sent"
    assert "so nothing was changed" in answer.follow().html.select_one(".alert").text
    assert visitor.post("/logout", status=303).headers["Location"] == "/login"


def test_someone_who_signs_up_with_a_password_is_logged_in(visitor):
    form = visitor.get("/users/new").forms["new-user"]
    form["name"], form["uid"], form["password"] = "Ada Lovelace", "ada", PASSWORD
    page = form.submit(status=303).follow()
    assert page.html.select_one(".you .name").text == "Ada Lovelace"


def test_someone_who_signs_up_without_one_is_not(visitor):
    answer = visitor.post("/users", {"name": "Ada Lovelace", "uid": "ada"}, status=303)
    assert "Set-Cookie" not in answer.headers


def test_an_admin_who_adds_a_user_stays_who_they_are(admin):
    answer = admin.post("/users", {"name": "Ada Lovelace", "uid": "ada", "password": PASSWORD}, status=303)
    assert "Set-Cookie" not in answer.headers
    assert admin.get("/api/me").json["uid"] == "toby"


def test_the_account_lists_where_one_is_logged_in(visitor, ada, member):
    log_in(TestApp(visitor.app, extra_environ={"HTTP_USER_AGENT": FIREFOX}), ada)
    log_in(visitor, ada)
    token_of(visitor, ada, label="backup")
    rows = [row.select_one("td").text for row in visitor.get("/account").html.select("tbody tr")]
    assert rows == ["Token: backup", "A browser (this one)", "Firefox on Linux"]


def test_one_login_is_ended_or_all_others(visitor, ada):
    browsers = [TestApp(visitor.app) for _ in range(3)]
    for browser in browsers:
        log_in(browser, ada)
    here = browsers[0]
    with database.connection_context():
        first = Session.select(Session.id).order_by(Session.id)[1].id
    here.get("/account").forms[f"end-{first}"].submit(status=303)
    assert [browser.get("/account").status_int for browser in browsers] == [200, 303, 200]
    here.get("/account").forms["end-others"].submit(status=303)
    assert [browser.get("/account").status_int for browser in browsers] == [200, 303, 303]


def test_a_changed_password_ends_all_other_logins(visitor, ada):
    here, there = TestApp(visitor.app), TestApp(visitor.app)
    log_in(here, ada)
    log_in(there, ada)
    form = here.get("/account").forms["change-password"]
    form["old"], form["new"] = PASSWORD, "battery staple"
    assert "Your new password is saved" in form.submit(status=303).follow()
    assert there.get("/account").status_int == 303
    assert log_in(there, ada).status_int == 422
    assert log_in(there, ada | {"password": "battery staple"}).status_int == 303


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("wrong", "battery staple", "Password you have now is wrong"),
        (PASSWORD, "short", "New password must have at least 8 characters"),
        (PASSWORD, "", "New password is required"),
        (PASSWORD, "123ada", "New password must have at least 8 characters"),
    ],
)
def test_a_new_password_that_cannot_be_is_refused_beside_its_field(visitor, ada, old, new, problem):
    log_in(visitor, ada)
    form = visitor.get("/account").forms["change-password"]
    form["old"], form["new"] = old, new
    assert form.submit(status=422).html.select_one(".problem").text == problem
    assert log_in(TestApp(visitor.app), ada).status_int == 303


def test_a_person_makes_a_token_sees_it_once_and_revokes_it(visitor, ada):
    log_in(visitor, ada)
    form = visitor.get("/account").forms["make-token"]
    form["label"] = "backup"
    answer = form.submit(status=201)
    token = answer.html.select_one("#token").text
    script = TestApp(visitor.app)
    assert script.get("/api/me", headers=bearer(token)).json["uid"] == "ada"
    page = visitor.get("/account")
    assert token not in page
    revoke = next(form for form in page.forms.values() if "Revoke" in form.text)
    revoke.submit(status=303)
    script.get("/api/me", headers=bearer(token), status=401)


def test_a_token_with_a_bad_label_is_refused(member):
    form = member.get("/account").forms["make-token"]
    form["label"] = "x" * 101
    assert form.submit(status=422).html.select_one(".problem").text == "Label must have at most 100 characters"


def test_an_admin_gives_somebody_else_a_password_and_a_role(visitor, admin, ada):
    log_in(visitor, ada)
    form = admin.get("/users/11").click("^Edit$").forms["edit-user"]
    form["role"], form["password"] = "admin", "battery staple"
    assert "was saved" in form.submit(status=303).follow()
    assert visitor.get("/account").status_int == 303
    assert log_in(visitor, ada | {"password": "battery staple"}).status_int == 303
    assert visitor.get("/api/me").json["role"] == "admin"


def test_nobody_sees_role_and_password_on_their_own_form(member, admin):
    for browser, path in ((member, "/users/2/edit"), (admin, "/users/1/edit")):
        fields = browser.get(path).forms["edit-user"].fields
        assert set(fields) == {"name", "uid", "dob", "image", "one-time-key", "seen-values", None}
    member.post("/users/2/edit", {"name": "N. T.", "role": "admin"}, status=422)
    assert member.get("/api/me").json["role"] == "user"


def test_a_refused_change_keeps_what_was_typed(member):
    form = member.get("/users/2").click("^Edit$").forms["edit-user"]
    assert (form["name"].value, form["uid"].value, form["dob"].value) == ("Nikola Tesla", "niko", "1856-07-10")
    form["uid"], form["dob"] = "toby", ""
    answer = form.submit(status=422)
    assert answer.html.select_one(".problem").text == "User id is already taken"
    assert (answer.forms["edit-user"]["uid"].value, answer.forms["edit-user"]["dob"].value) == ("toby", "")
    assert answer.html.h1.text == "Change Nikola Tesla"


def test_a_person_deletes_themselves_after_a_warning(member):
    page = member.get("/users/2/edit").click("Delete this user")
    assert "2 posts go with them: 1888: patents" in page
    answer = page.forms["delete-user"].submit(status=303)
    assert "session=;" in answer.headers["Set-Cookie"]
    after = answer.follow()
    assert "The user was deleted." in after
    assert after.html.select_one(".you").text.strip() == "Log in"
    member.get("/users/2", status=404)
    assert member.get("/api/posts?search=tesla").json["total"] == 0


def test_a_person_writes_changes_and_deletes_a_post(member):
    form = member.get("/posts").click("Write a post").forms["new-post"]
    form["note"] = "First line\r\n<b>second</b>"
    page = form.submit(status=303).follow()
    assert page.html.select_one(".note").text == "First line\n<b>second</b>"
    assert "The post was added" in page
    form = page.click("^Edit", index=0).forms["edit-post"]
    assert form["note"].value.replace("\r", "") == "First line\n<b>second</b>"
    form["note"] = ""
    answer = form.submit(status=422)
    assert answer.html.select_one(".problem").text == "Note is required"
    form["note"] = "Changed"
    page = form.submit(status=303).follow()
    page = page.click("^Delete", index=0).forms["delete-post"].submit(status=303).follow()
    assert "Changed" not in page


# Scripts


def test_a_script_logs_in_works_and_logs_out(visitor, ada):
    answer = visitor.post_json("/api/sessions", ada | {"label": "backup", "days": 7}, status=201)
    assert set(answer.json) == {"token", "expires", "user"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    headers = bearer(answer.json["token"])
    assert visitor.get("/api/me", headers=headers).json == answer.json["user"]
    (session,) = visitor.get("/api/sessions", headers=headers).json["sessions"]
    assert (session["kind"], session["label"], session["expires"]) == ("script", "backup", answer.json["expires"])
    visitor.delete("/api/sessions/current", headers=headers, status=204)
    visitor.get("/api/me", headers=headers, status=401)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, {"uid": "is required", "password": "is required"}),
        ({"uid": "ada", "password": PASSWORD, "days": 0}, {"days": "must be a whole number from 1 to 365"}),
        ({"uid": "ada", "password": PASSWORD, "days": "7"}, {"days": "must be a whole number from 1 to 365"}),
        ({"uid": "ada", "password": PASSWORD, "label": 5}, {"label": "must be text"}),
        ({"uid": "ada", "password": PASSWORD, "kind": "browser"}, {"kind": "is not a field"}),
    ],
)
def test_a_scripts_login_that_makes_no_sense_is_422(visitor, ada, values, problems):
    assert visitor.post_json("/api/sessions", values, status=422).json["problems"] == problems


@pytest.mark.parametrize("values", [{"uid": 5, "password": [1]}, {"uid": {"a": 1}, "password": PASSWORD}])
def test_what_is_no_text_is_nobodys_password(visitor, values):
    answer = visitor.post_json("/api/sessions", values, status=401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json["title"] == "Please log in first"


def test_a_scripts_token_makes_no_other_token(visitor, ada):
    visitor.post("/account/tokens", {"label": "x"}, headers=bearer(token_of(visitor, ada)), status=403)


def test_a_script_changes_its_owners_password_with_the_old_one_and_stays(visitor, ada):
    headers, other = bearer(token_of(visitor, ada)), bearer(token_of(visitor, ada))
    wrong = {"password": "battery staple", "old_password": "wrong"}
    for values in ({"password": "battery staple"}, wrong, wrong | {"old_password": None}):
        answer = visitor.patch_json("/api/users/11", values, headers=headers, status=422)
        assert answer.json["problems"] == {"old_password": "is wrong"}
    values = {"password": "battery staple", "old_password": PASSWORD}
    assert visitor.patch_json("/api/users/11", values, headers=headers).json["uid"] == "ada"
    visitor.get("/api/me", headers=headers, status=200)
    visitor.get("/api/me", headers=other, status=401)


def test_an_admin_sets_somebody_elses_password_without_it(admin, visitor, ada):
    admin.patch_json("/api/users/11", {"password": "battery staple"}, status=200)
    visitor.post_json("/api/sessions", ada, status=401)
    token_of(visitor, ada | {"password": "battery staple"})


def test_a_valid_token_wins_over_a_cookie_and_an_unknown_one_is_as_none(member, ada):
    token = token_of(member, ada)
    assert member.get("/api/me", headers=bearer(token)).json["uid"] == "ada"
    for made_up in ("my-token", "", token + "x", "é".encode().decode("latin-1")):
        assert member.get("/api/me", headers=bearer(made_up)).json["uid"] == "niko"
        TestApp(member.app).get("/api/users", headers=bearer(made_up), status=200)


def test_a_token_is_good_as_a_bearer_only_and_a_cookie_as_a_cookie_only(visitor, ada, member):
    token = token_of(visitor, ada)
    visitor.get("/api/me", headers={"Cookie": f"session={token}"}, status=401)
    (cookie,) = [cookie.value.strip('"') for cookie in member.cookiejar]
    visitor.get("/api/me", headers=bearer(cookie), status=401)
    visitor.post("/account/tokens", {"label": "x"}, headers=bearer(cookie), status=303)
    visitor.get("/api/me", headers={"Authorization": f"Basic {token}"}, status=401)
    visitor.get("/api/me", headers={"Authorization": token}, status=401)
    visitor.get("/api/me", headers={"Authorization": f"bearer  {token} "}, status=200)


@pytest.mark.parametrize(
    "cookie",
    [
        "session=made-up",
        "session=",
        "session",
        "=; session=x; ;;",
        "session=\x80\xff",
        "session=" + "x" * 8000,
        "; ".join("session=x" for _ in range(50)),
        '$Version=1; session="x"; expires=never',
    ],
)
def test_a_stolen_looking_or_garbled_cookie_is_as_none(visitor, cookie):
    headers = {"Cookie": cookie}
    visitor.get("/api/me", headers=headers, status=401)
    assert "Log in" in visitor.get("/", headers=headers).html.select_one(".you").text


def test_of_two_cookies_the_valid_one_counts(log_in, visitor):
    browser = log_in("niko")
    (token,) = [cookie.value.strip('"') for cookie in browser.cookiejar]
    for cookie in (f"session=old; session={token}", f"a=b; session={token}; session=old"):
        assert visitor.get("/api/me", headers={"Cookie": cookie}).json["uid"] == "niko"


@pytest.mark.parametrize("count", [4, 60])
def test_junk_before_the_valid_cookie_logs_nobody_out_and_costs_no_query(log_in, visitor, count):
    """Any site of the same host may set a cookie of our name."""
    (token,) = [cookie.value.strip('"') for cookie in log_in("niko").cookiejar]
    junk = "; ".join(f"session=junk{number}" for number in range(count))
    with assert_query_count(1):
        assert visitor.get("/account", headers={"Cookie": junk}, status=303)
    assert visitor.get("/api/me", headers={"Cookie": f"{junk}; session={token}"}).json["uid"] == "niko"


def test_a_login_that_is_over_is_as_none(member):
    with database.connection_context():
        Session.update(expires=utc_now() - timedelta(seconds=1)).execute()
    member.get("/api/me", status=401)
    assert "Log in" in member.get("/").html.select_one(".you").text


def test_a_deleted_user_is_logged_out_everywhere(member, admin):
    admin.delete("/api/users/2", status=204)
    member.get("/api/me", status=401)


def test_ending_a_login_twice_is_404(member):
    (session,) = member.get("/api/sessions").json["sessions"]
    member.post("/account/tokens", {"label": "x"})
    other = member.get("/api/sessions").json["sessions"][0]["id"]
    member.delete(f"/api/sessions/{other}", status=204)
    member.delete(f"/api/sessions/{other}", status=404)
    assert member.get("/api/sessions").json["sessions"] == [session]


# Guessing


def test_after_ten_wrong_passwords_it_is_time_to_wait(visitor, ada):
    for _ in range(10):
        visitor.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
    answer = visitor.post_json("/api/sessions", ada, status=429)
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert log_in(visitor, ada).html.h1.text == "That was tried too often"
    elsewhere = TestApp(visitor.app, extra_environ={"REMOTE_ADDR": "192.0.2.7"})
    assert log_in(elsewhere, ada).status_int == 303


@on_two_processes_too
def test_of_sixteen_who_guess_at_once_no_more_than_ten_are_heard(visitor, ada, at_once):
    statuses = []

    def guess():
        wrong = ada | {"password": "wrong"}
        statuses.append(TestApp(visitor.app).post_json("/api/sessions", wrong, status="*").status_int)

    at_once(*[guess] * 16)
    assert set(statuses) <= {401, 429}
    assert statuses.count(401) <= 10
    visitor.post_json("/api/sessions", ada, status=429)


def test_guesses_of_others_do_not_keep_out_a_browser_that_has_been_there_before(visitor, ada):
    log_in(visitor, ada)
    visitor.post("/logout")
    stranger = TestApp(visitor.app)
    for _ in range(10):
        stranger.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
    stranger.post_json("/api/sessions", ada, status=429)
    assert log_in(visitor, ada).status_int == 303


def test_a_known_browser_cannot_guess_for_long_either(visitor, ada):
    log_in(visitor, ada)
    visitor.post("/logout")
    for _ in range(10):
        assert log_in(visitor, ada | {"password": "wrong"}).status_int == 422
    assert log_in(visitor, ada).status_int == 429
    assert log_in(TestApp(visitor.app), ada).status_int == 303


def test_a_browser_is_known_for_its_own_users_only_and_opens_nothing(visitor, ada):
    log_in(visitor, ada)
    visitor.post("/logout")
    (known,) = [cookie for cookie in visitor.cookiejar if cookie.name == "browser"]
    assert visitor.get("/api/me", headers={"Cookie": f"session={known.value}"}, status=401)
    for _ in range(10):
        TestApp(visitor.app).post_json("/api/sessions", {"uid": "toby", "password": "wrong"}, status=401)
    visitor.post_json("/api/sessions", {"uid": "toby", "password": "wrong"}, status=429)


def test_a_browser_keeps_its_token_when_another_person_logs_in(visitor, ada):
    log_in(visitor, ada)
    first = [cookie.value for cookie in visitor.cookiejar if cookie.name == "browser"]
    log_in(visitor, ada)
    assert [cookie.value for cookie in visitor.cookiejar if cookie.name == "browser"] == first


def test_made_up_uids_do_not_keep_a_school_out(visitor, ada):
    with database.connection_context():
        Attempt.insert_many([{"uid": f"nobody{number}", "address": ""} for number in range(400)]).execute()
    assert log_in(visitor, ada).status_int == 303


def test_a_right_password_clears_the_count(visitor, ada):
    for _ in range(3):
        for _ in range(9):
            visitor.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
        token_of(visitor, ada)


def test_the_old_password_cannot_be_guessed_by_a_stolen_login(member):
    for _ in range(10):
        member.patch_json("/api/users/2", {"password": "battery staple", "old_password": "x"}, status=422)
    member.patch_json("/api/users/2", {"uid": "renamed"}, status=200)
    member.patch_json("/api/users/2", {"password": "battery staple", "old_password": "x"}, status=429)


def test_a_household_with_ipv6_counts_as_one(visitor, ada):
    for number in range(10):
        browser = TestApp(visitor.app, extra_environ={"REMOTE_ADDR": f"2001:db8:1:2::{number + 1:x}"})
        browser.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
    for address, status in (("2001:db8:1:2:ffff::1", 429), ("2001:db8:1:3::1", 201), ("not:an:address", 201)):
        browser = TestApp(visitor.app, extra_environ={"REMOTE_ADDR": address})
        browser.post_json("/api/sessions", ada, status=status)


@pytest.mark.parametrize(
    "addresses",
    [
        ("192.0.2.1", "192.0.2.1:42121", "192.0.2.1:80", "::ffff:192.0.2.1", "[::ffff:192.0.2.1]:1000"),
        ("2001:db8::9", "[2001:db8::9]", "[2001:db8::9]:1000", "2001:db8::9%eth0", "[2001:db8::8%1]:1"),
        ("::1", "[::1]:80"),
    ],
)
def test_an_address_is_one_however_the_server_writes_it(visitor, ada, addresses):
    for number in range(10):
        browser = TestApp(visitor.app, extra_environ={"REMOTE_ADDR": addresses[number % len(addresses)]})
        browser.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
    for address in addresses:
        browser = TestApp(visitor.app, extra_environ={"REMOTE_ADDR": address})
        browser.post_json("/api/sessions", ada, status=429)


def test_those_who_wait_for_a_hash_are_known_by_their_network(visitor, ada, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "models.shared.places.Waiter", lambda places, network: seen.append(network) or Waiter(places, network)
    )
    monkeypatch.setattr(HASHING, "seconds", 0)
    browser = TestApp(visitor.app, extra_environ={"REMOTE_ADDR": "[2001:db8::9]:1000"})
    with hashing_slot(), hashing_slot():
        browser.post_json("/api/sessions", ada, status=503)
    assert seen == ["2001:db8::/64"]


def test_a_made_up_forwarded_address_does_not_help(visitor, ada):
    for number in range(10):
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        visitor.post_json("/api/sessions", ada | {"password": "wrong"}, headers=headers, status=401)
    visitor.post_json("/api/sessions", ada, headers={"X-Forwarded-For": "192.0.2.99"}, status=429)


def test_who_waited_too_long_for_a_hash_is_told_when_to_come_back(visitor, ada, monkeypatch):
    monkeypatch.setattr(HASHING, "seconds", 0)
    with hashing_slot(), hashing_slot():
        answer = visitor.post_json("/api/sessions", ada, status=503)
        assert answer.headers["Retry-After"] == "1"
        visitor.post_json("/api/users", {"name": "Grace", "uid": "grace", "password": PASSWORD}, status=503)
        assert visitor.get("/users").status_int == 200
    with database.connection_context():
        assert Attempt.select().count() == 0
    token_of(visitor, ada)


def test_nothing_is_hashed_inside_a_transaction(visitor, admin, ada, monkeypatch):
    import werkzeug.security

    def outside(real):
        def watched(*args, **options):
            assert not database.in_transaction()
            return real(*args, **options)

        return watched

    for name in ("check_password_hash", "generate_password_hash"):
        monkeypatch.setattr(werkzeug.security, name, outside(getattr(werkzeug.security, name)))
    log_in(visitor, ada)
    admin.patch_json("/api/users/11", {"password": "battery staple"}, status=200)
    admin.post_json("/api/users", {"name": "Grace", "uid": "grace", "password": PASSWORD}, status=201)


def test_in_lesson_mode_the_sample_users_can_log_in_and_afterwards_no_more(visit):
    toby = {"uid": "toby", "password": "123toby"}
    visitor = visit(sample_data="lesson")
    assert log_in(visitor, toby).headers["Location"] == "/users/1"
    database.close_all()
    visitor = visit(sample_data="locked")
    assert log_in(visitor, toby).status_int == 422


def test_attempts_are_rows_so_that_processes_count_together(visitor, ada):
    visitor.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
    with database.connection_context():
        assert [(attempt.uid, attempt.address) for attempt in Attempt.select()] == [("ada", "")]
