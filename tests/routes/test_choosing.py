"""Who is let in by a one-time password chooses one of their own before anything else."""

import pytest
from webtest import TestApp

from models.attempt import Attempt
from models.shared.database import database
from models.shared.fields import utc_now
from models.slip import Slip
from models.user import User

OWN = "battery staple"
FORM = "/account/choose-password"


@pytest.fixture
def slip(visitor):
    """Nikola Tesla's: his uid and his one-time password."""
    with database.connection_context():
        [(user, password, _)] = Slip.give([User.get(uid="niko")])
    return {"uid": user.uid, "password": password}


@pytest.fixture
def niko(visitor, slip):
    """Nikola in the browser in which he has logged in with it."""
    log_in(visitor, slip).follow()
    return visitor


def log_in(browser, values, path="/login"):
    form = browser.get(path).forms["login"]
    form["uid"], form["password"] = values["uid"], values["password"]
    return form.submit(expect_errors=True)


def bearer(script, slip):
    return {"Authorization": f"Bearer {script.post_json('/api/sessions', slip, status=201).json['token']}"}


def test_the_first_login_leads_to_the_form_and_then_to_where_they_wanted(visitor, slip):
    answer = log_in(visitor, slip, "/login?next=/posts/new")
    answer = answer.follow()
    assert answer.headers["Location"] == f"{FORM}?next=%2Fposts%2Fnew"
    page = answer.follow()
    assert "Nikola Tesla" in page.html.select_one("main").text
    form = page.forms["choose"]
    form["new"] = OWN
    answer = form.submit(status=303)
    assert answer.headers["Location"] == "/posts/new"
    answer.follow(status=200)
    log_in(TestApp(visitor.app), slip | {"password": OWN}).follow(status=200)


def test_who_wanted_a_part_of_a_list_by_its_path_comes_to_it_afterwards(niko):
    answer = niko.get("/users/by/-name", status=303)
    assert answer.headers["Location"] == f"{FORM}?next=%2Fusers%2Fby%2F-name"


@pytest.mark.parametrize(
    "path", ["/", "/users", "/users?sort=name", "/account", "/nowhere", "/docs", "/login", "/health"]
)
def test_before_that_each_page_leads_to_the_form(niko, path):
    answer = niko.get(path, status=303)
    assert answer.headers["Location"].startswith(f"{FORM}?next=")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_that_is_sent_before_that_changes_nothing(niko):
    answer = niko.post("/posts", {"note": "Hello"}, status=303)
    assert answer.headers["Location"] == FORM
    assert "Hello" not in TestApp(niko.app).get("/posts")


@pytest.mark.parametrize("path", ["/api/me", "/api/users", "/api/nowhere", "/api/openapi.json", "/lesson/api/users"])
def test_before_that_programs_are_told_so(niko, path):
    answer = niko.get(path, status=403)
    assert "Choose a password of your own first" in (answer.json.get("detail") or answer.json["message"])


def test_files_are_there_and_logging_out_works(niko):
    niko.get("/static/style.css", status=200)
    page = niko.get(FORM)
    niko.get("/uploads/nothing.png", status=404)
    page.forms["not-me"].submit(status=303)
    assert "Log in" in niko.get("/").html.select_one(".you").text


def test_it_is_for_one_login_and_says_so(niko, slip):
    answer = log_in(TestApp(niko.app), slip)
    assert answer.status_int == 422
    assert "The password was good once only" in answer.html.select_one(".alert").text
    TestApp(niko.app).post_json("/api/sessions", slip, status=422)


def test_a_slip_that_is_too_old_says_so(visitor, slip):
    with database.connection_context():
        Slip.update(expires=utc_now()).execute()
    assert "for 14 days at most" in log_in(visitor, slip).html.select_one(".alert").text


def test_after_a_password_was_chosen_the_slip_is_as_any_wrong_one(niko, slip):
    form = niko.get(FORM).forms["choose"]
    form["new"] = OWN
    form.submit(status=303)
    assert "The user id or the password is wrong." in log_in(TestApp(niko.app), slip)
    niko.get(FORM, status=303)
    niko.post(FORM, {"new": "another one"}, status=403)


@pytest.mark.parametrize(
    ("new", "problem"),
    [("", "is required"), ("short", "at least 8"), ("123niko", "at least 8"), ("a\tb" * 9, "control")],
)
def test_what_cannot_be_a_password_is_refused(niko, new, problem):
    answer = niko.post(FORM, {"new": new, "next": "/posts"}, status=422)
    assert problem in answer.html.select_one(".summary").text
    assert answer.forms["choose"]["next"].value == "/posts"
    niko.get("/", status=303)


def test_the_one_time_password_cannot_be_the_own_one(niko, slip):
    answer = niko.post(FORM, {"new": slip["password"].upper()}, status=422)
    assert "must be another one than on your slip" in answer


def test_the_way_on_never_leaves_the_site(niko):
    form = niko.get(f"{FORM}?next=//elsewhere.example/").forms["choose"]
    form["new"] = OWN
    assert form.submit(status=303).headers["Location"].startswith("/account?saved")


def test_a_script_logs_in_with_it_and_chooses(visitor, slip):
    headers = bearer(visitor, slip)
    assert "PUT /api/me/password" in visitor.get("/api/me", headers=headers, status=403).json["detail"]
    visitor.put_json("/api/me/password", {"password": "short"}, headers=headers, status=422)
    visitor.put_json("/api/me/password", {}, headers=headers, status=422)
    visitor.put_json("/api/me/password", {"password": OWN}, headers=headers, status=204)
    assert visitor.get("/api/me", headers=headers).json["uid"] == "niko"
    assert "already" in visitor.put_json("/api/me/password", {"password": OWN}, headers=headers, status=403)


def test_a_script_may_log_out_instead(visitor, slip):
    visitor.delete("/api/sessions/current", headers=bearer(visitor, slip), status=204)


def test_the_lessons_page_leaves_it_unused_as_it_has_no_form_for_a_new_one(visitor, slip):
    answer = visitor.post_json("/lesson/api/authenticate", slip, status=403)
    assert "log in at the site itself" in answer.json["message"]
    log_in(visitor, slip).follow(status=303)


def test_guesses_are_counted_as_those_of_passwords(visitor, slip):
    for _ in range(10):
        log_in(visitor, slip | {"password": "acorn-acid-afar-bus"})
    assert log_in(visitor, slip).status_int == 429
    with database.connection_context():
        assert Attempt.select().where(Attempt.uid == "niko").count() == 10


def test_a_one_time_password_costs_the_same_hashes_as_any(visitor, slip, monkeypatch):
    import werkzeug.security

    counted = []
    real = werkzeug.security.check_password_hash
    monkeypatch.setattr(werkzeug.security, "check_password_hash", lambda *args: counted.append(args) or real(*args))
    for password in ("wrong horse", "1234", slip["password"]):
        counted.clear()
        log_in(visitor, slip | {"password": password})
        assert len(counted) == 1


def test_it_stands_in_no_receipt_and_no_draft(niko, slip):
    niko.post(FORM, {"new": OWN, "one-time-key": "k" * 40}, status=303)
    for table in ("receipts", "drafts", "changed_rows", "sessions", "slips"):
        with database.connection_context():
            rows = database.execute_sql(f"select * from {table}").fetchall()
        assert slip["password"] not in str(rows)
        assert OWN not in str(rows)


def test_who_waits_to_choose_costs_no_query_for_others(visitor):
    from playhouse.test_utils import count_queries

    with database.connection_context(), count_queries() as counted:
        visitor.get("/api/openapi.json", headers={"Cookie": "other=1"})
    assert counted.count == 0
