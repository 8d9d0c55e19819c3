"""Every failure has its code, its shape and its reason, and tells nothing about the inside."""

import logging
import shutil
import sqlite3

import pytest

from models.shared.database import database
from models.shared.unavailable import FULL
from routes.shared.access import everyone
from routes.shared.errors import translate_errors
from routes.shared.log import Entry

SECRETS = ("Traceback", "sqlite", "peewee", "SELECT", "users._", ".py", "/tmp")


def says_nothing(answer):
    text = answer.text.split("<footer")[0]  # its line names the file that made the page, on purpose
    return not any(secret in text for secret in SECRETS)


@pytest.mark.parametrize("path", ["/nowhere", "/api/nowhere", "/api/", "/users/999"])
def test_what_is_not_there_is_404_in_the_shape_of_its_path(visitor, path):
    answer = visitor.get(path, status=404)
    assert says_nothing(answer)
    if path.startswith("/api/"):
        assert answer.content_type == "application/problem+json"
        assert set(answer.json) == {"type", "title", "status", "detail"}
        assert answer.json["status"] == 404
    else:
        assert answer.html.h1.text == "There is nothing here"
    assert visitor.head(path, status=404).body == b""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/users", "GET,HEAD,OPTIONS,POST"), ("/api/users/1/posts", "GET,HEAD,OPTIONS"), ("/", "GET,HEAD,OPTIONS")],
)
def test_another_method_is_405_and_says_which_are_allowed(visitor, path, allowed):
    answer = visitor.delete(path, status=405)
    assert ",".join(sorted(answer.headers["Allow"].split(","))) == allowed
    assert visitor.options(path, status=204).headers["Allow"] == answer.headers["Allow"]


def test_options_of_what_is_not_there_is_404(visitor):
    visitor.options("/nowhere", status=404)


def test_an_address_that_is_not_utf_8_is_400(visitor):
    visitor.get("/us%FFers", status=400)
    assert visitor.get("/api/users?search=%FF", status=400).json["title"] == "That request cannot be read"


def test_a_wrong_parameter_on_a_page_is_a_page(visitor):
    answer = visitor.get("/users?sort=age", status=422)
    assert answer.html.main.li.text == "sort must be one of id, -id, name, -name, uid, -uid, dob, -dob"


@pytest.mark.parametrize("path", ["/api/users?limit=1&limit=2", "/api/users?x=1&x=1", "/users?search=a&search=b"])
def test_a_parameter_given_twice_is_422(visitor, path):
    assert "must be given once" in visitor.get(path, status=422)


@pytest.fixture
def broken(visitor, settings):
    """A site whose table has gone: a fault of ours, not of the visitor."""
    with sqlite3.connect(settings.database_path) as program:
        program.execute("alter table users rename to gone")
    program.close()
    return visitor


def test_a_fault_of_ours_is_500_and_only_the_log_knows_why(broken, caplog):
    page = broken.get("/users", status=500)
    assert page.html.h1.text == "Something went wrong here"
    problem = broken.get("/api/users", status=500)
    assert problem.json["status"] == 500
    assert says_nothing(page)
    assert says_nothing(problem)
    assert "Traceback" in caplog.text
    assert "no such table: users" in caplog.text


def test_health_is_503_when_the_table_cannot_be_asked(broken):
    broken.get("/health", status=503)


@pytest.fixture(params=["a folder", "no database"])
def unopened(request, visitor, settings):
    """A site whose database file cannot be opened any more."""
    database.close_all()
    settings.database_path.unlink()
    if request.param == "a folder":
        settings.database_path.mkdir()
    else:
        settings.database_path.write_text("This is not a database, whatever it is called. " * 9)
    yield visitor
    if request.param == "a folder":
        shutil.rmtree(settings.database_path)


def test_a_database_that_cannot_be_opened_is_503(unopened, caplog):
    for path in ("/", "/users", "/api/users", "/health", "/nowhere"):
        answer = unopened.get(path, status=503)
        assert answer.headers["Retry-After"] == "1"
        assert says_nothing(answer)
    assert unopened.get("/api/users", status=503).content_type == "application/problem+json"
    assert unopened.get("/users", status=503).html.h1.text == "Not just now"
    assert "Traceback" in caplog.text


def test_static_files_need_no_database(unopened):
    unopened.get("/static/style.css", status=200)


def test_a_database_that_somebody_else_writes_to_is_503_and_nothing_is_lost(visit, settings, monkeypatch):
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.02)
    visitor = visit()
    writer = sqlite3.connect(settings.database_path, isolation_level=None)
    writer.execute("begin immediate")
    answer = visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=503)
    assert answer.headers["Retry-After"] == "1"
    assert says_nothing(answer)
    visitor.get("/users", status=200)  # readers do not wait
    writer.execute("commit")
    writer.close()
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=201)


def test_a_full_disk_is_503_in_words_and_nothing_half_written_stays(visitor, caplog):
    with database.connection_context():
        database.obj.pragma("max_page_count", 1, permanent=True)  # SQLite takes the size that it has
    statuses = []
    for number in range(200):
        answer = visitor.post_json("/api/users", {"name": "x" * 255, "uid": f"user{number}"}, expect_errors=True)
        statuses.append(answer.status_int)
        if answer.status_int != 201:
            break
    assert statuses[-1] == 503
    assert answer.json["detail"] == FULL
    assert says_nothing(answer)
    assert "Traceback" not in caplog.text  # not one of the failure to take back what SQLite took back itself
    assert visitor.get("/api/users").json["total"] == 10 + len(statuses) - 1


def test_a_file_that_a_dead_disk_has_spoilt_is_503(visitor, settings):
    database.close_all()
    content = bytearray(settings.database_path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    settings.database_path.write_bytes(content)
    answer = visitor.get("/api/users", status=503)
    assert answer.json["detail"] == "Nothing can be read or kept here at this moment. Please try again."


def test_after_a_failed_read_the_next_one_sees_what_has_changed(visitor, settings):
    program = sqlite3.connect(settings.database_path, isolation_level=None)
    program.execute("update users set _name = cast(x'ff' as text) where id = 5")
    visitor.get("/users", expect_errors=True)
    program.execute("update users set _name = 'Amazing Grace' where id = 5")
    program.execute("update users set _name = 'Marie' where id = 8")
    program.close()
    assert "Amazing Grace" in visitor.get("/users")
    assert visitor.get("/api/users/8").json["name"] == "Marie"


def test_no_text_of_a_request_makes_an_entry_of_its_own_in_the_log(broken, caplog):
    forged = "2026-01-01 00:00:00,000 GET admin 200"
    broken.get(f"/users/1%0A{forged}%0D%E2%80%A8{forged}/x", status=404)
    broken.get(f"/api/users?search=x%0A{forged}&sort=%0A", expect_errors=True)
    broken.request("/users", method="GET", status=500)
    broken.app.route("/fails/<name>", callback=fail, apply=[everyone, translate_errors])
    broken.get(f"/fails/x%0A{forged}%E2%80%A8", status=500)
    for record in caplog.records:
        first, *others = Entry().format(record).split("\n")
        assert forged not in first
        assert first.isprintable()
        assert all(line.startswith("    ") and line.isprintable() for line in others)
    assert "GET /fails/x%0A2026-01-01" in caplog.text


def fail(name):
    raise ValueError(name)


def test_one_line_is_logged_for_each_request(visitor, caplog):
    with caplog.at_level(logging.INFO, "portfolio.access"):
        visitor.get("/users/1")
        visitor.get("/no%0awhere?secret=1", status=404)
        visitor.head("/static/style.css")
    lines = [record.getMessage().rsplit(" ", 2)[0] for record in caplog.records]
    assert lines == ["GET /users/1 200", "GET /no%0Awhere 404", "HEAD /static/style.css 200"]
    assert all(record.getMessage().endswith(" ms") for record in caplog.records)
