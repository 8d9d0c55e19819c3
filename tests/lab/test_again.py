"""A recorded request that is run again."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from webtest import TestApp

from lab.rehearsal import MOST_REHEARSALS, MOST_SECONDS_OF_REHEARSAL, one_rehearsal
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.user import User
from tests.drawn import png

HOUSE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Where copies are made. In the end there is none."""
    place = tmp_path / "places"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert list(place.iterdir()) == []


@pytest.fixture
def as_(here):
    """Call it with a uid for a browser in which that user is logged in."""

    def start(uid, kind="browser"):
        with database.connection_context():
            _, token = Session.start(User.get(uid=uid), kind)
        browser = TestApp(here.app, extra_environ=dict(here.extra_environ))
        if kind == "browser":
            browser.set_cookie("session", token)
        else:
            browser.authorization = ("Bearer", token)
        return browser

    return start


@pytest.fixture
def again(here):
    """Call it for what became of the last request when it was run again."""

    def run():
        number = here.get("/lab/requests.json").json["requests"][0]["number"]
        answer = here.post(f"/lab/requests/{number}/again", status=303)
        assert answer.location.endswith(f"/lab/requests/{number}/again")
        here.get(answer.location)
        return here.get(f"{answer.location}.json").json

    return run


def contents(volumes):
    """All files there are, by their digests."""
    files = [file for file in volumes.rglob("*") if file.is_file()]
    return {str(file.relative_to(volumes)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def undo(settings, sql):
    with closing(sqlite3.connect(settings.database_path)) as program, program:
        program.execute(sql)


def rows_of(result, table):
    return next((each["rows"] for each in result["changes"] if each["table"] == table), [])


def test_the_row_that_would_come_is_shown_and_nothing_is_changed(here, again, settings):
    here.post("/users", {"name": "Ada Lovelace", "uid": "ada", "password": "correct horse", "dob": "1815-12-10"})
    undo(settings, "delete from users where _uid = 'ada'")
    database.close_all()
    before = contents(settings.volumes)
    result = again()
    database.close_all()
    assert contents(settings.volumes) == before
    (row,) = rows_of(result, "users")
    assert row["before"] is None
    assert (row["after"]["_name"], row["after"]["_uid"], row["after"]["_password"]) == ("Ada Lovelace", "ada", "•••")
    assert result["answer"]["status"] == 303
    assert result["answer"]["cookies"] == ["browser", "session"]
    assert [each["digest"] for each in (row["after"] for row in rows_of(result, "sessions"))] == ["•••"]
    assert "In place of the secret in “password” a made-up one is sent." in result["notes"]
    assert any(call["name"] == "User.create" for call in result["record"]["calls"])
    assert any(each["sql"].startswith('INSERT INTO "users"') for each in result["record"]["statements"])


def test_what_changes_is_shown_before_and_after(as_, here, again, settings):
    as_("niko").patch_json("/api/users/2", {"name": "Nik"})
    undo(settings, "update users set _name = 'Nikola Tesla' where id = 2")
    assert rows_of(again(), "users") == [
        {"before": {"id": 2, "_name": "Nikola Tesla"}, "after": {"id": 2, "_name": "Nik"}}
    ]


def test_what_goes_along_is_shown_too_and_the_page_says_that_it_did_not_happen(as_, here, again, settings):
    as_("niko").post("/users/2/delete", status=303)
    as_("toby").post("/users/5/delete", status=303)
    number = here.get("/lab/requests.json").json["requests"][0]["number"]
    with database.connection_context():
        posts = Post.select().where(Post.user == 3).count()
    undo(settings, "update users set _password = 'by hand' where id = 3")
    record = here.app.records.get(number)
    record.path = "/users/3/delete"
    result = again()
    assert [row["after"] for row in rows_of(result, "users")] == [None]
    assert rows_of(result, "users")[0]["before"]["_name"] == "Alexander Graham Bell"
    assert rows_of(result, "users")[0]["before"]["_password"] == "•••"
    assert len(rows_of(result, "posts")) == posts > 0
    assert all(row["after"] is None for row in rows_of(result, "posts"))
    html = here.get(f"/lab/requests/{number}/again").html
    assert html.select_one(".rehearsal").text.startswith("This did not happen.")
    assert "A row goes" in html.text


def test_it_is_done_as_the_person_who_asked_by_a_browser_or_by_a_token(as_, here, again, settings):
    for kind in ("browser", "script"):
        as_("niko", kind).post_json("/api/posts", {"note": "Mine"}, status=201)
        (row,) = rows_of(again(), "posts")
        assert row["after"]["userID"] == 2
    as_("niko").get("/api/users/1", status=200)
    here.post_json("/api/posts", {"note": "Nobody's"}, status=401)
    result = again()
    assert result["answer"]["status"] == 401
    assert rows_of(result, "posts") == []


def test_a_login_is_rehearsed_with_a_password_that_is_right_on_the_copy_only(here, again):
    form = here.get("/login").forms[0]
    form["uid"], form["password"] = "niko", "123niko"
    form.submit(status=303)
    result = again()
    assert (result["answer"]["status"], result["answer"]["location"]) == (303, "/users/2")
    assert "On the copy the made-up password is the right one, as the real one was." in result["notes"]
    form["password"] = "wrong"
    form.submit(status=422)
    assert again()["answer"]["status"] == 422


def test_a_token_in_an_answer_is_not_shown(here, again):
    here.post_json("/api/sessions", {"uid": "niko", "password": "123niko"}, status=201)
    result = again()
    assert json.loads(result["answer"]["text"])["token"] == "•••"
    assert result["answer"]["status"] == 201


def test_a_picture_is_replaced_by_another_one_and_goes_to_the_copy(as_, here, again, settings):
    as_("niko").post("/posts", {"note": "Look"}, upload_files=[("image", "red.png", png())], status=303)
    before = contents(settings.volumes / "uploads")
    result = again()
    assert "In place of the file in “image” a picture of one dot is sent." in result["notes"]
    assert len(result["files"]["come"]) == 2
    assert contents(settings.volumes / "uploads") == before
    (row,) = rows_of(result, "posts")
    assert row["after"]["image"] in result["files"]["come"]


def test_pictures_that_would_go_are_named_and_stay(as_, here, again, settings):
    as_("niko").post("/posts", {"note": "Look"}, upload_files=[("image", "red.png", png())], status=303)
    as_("toby").post("/api/users/3/erase", status=204)
    before = contents(settings.volumes / "uploads")
    number = here.get("/lab/requests.json").json["requests"][0]["number"]
    here.app.records.get(number).path = "/api/users/2/erase"
    assert len(again()["files"]["go"]) >= 2
    assert contents(settings.volumes / "uploads") == before


def test_with_a_log_beside_the_database_it_is_the_same(site, settings):
    browser = site(sample_data="locked", lab="on")
    with database.connection_context():
        _, token = Session.start(User.get(uid="toby"), "browser")
    browser.set_cookie("session", token)
    browser.patch_json("/api/users/2", {"name": "Nik"})
    browser.patch_json("/api/users/2", {"name": "Nikola Tesla"})
    with closing(sqlite3.connect(settings.database_path)) as program:
        assert program.execute("pragma journal_mode").fetchone() == ("wal",)
    database.close_all()
    before = contents(settings.volumes)
    browser.post("/lab/requests/1/again", status=303)
    database.close_all()
    assert contents(settings.volumes) == before
    result = browser.get("/lab/requests/1/again.json").json
    assert rows_of(result, "users")[0]["after"] == {"id": 2, "_name": "Nik"}


def test_what_is_left_of_a_rehearsal_that_was_killed_with_its_site_goes_with_the_next_one(as_, again, places):
    left = places / "portfolio-rehearsal-left"
    left.mkdir()
    os.utime(left, (1, 1))
    as_("niko").post_json("/api/posts", {"note": "Mine"}, status=201)
    assert again()["problem"] == ""
    assert not left.exists()


def test_somebody_who_is_gone_cannot_be_rehearsed(as_, again, settings):
    as_("niko").post_json("/api/posts", {"note": "Mine"}, status=201)
    undo(settings, "delete from users where id = 2")
    assert again()["problem"] == "Whoever asked for it is no longer there."


def test_a_get_is_asked_for_again_at_the_site_itself(here, as_, last):
    for browser in (here, as_("niko")):
        browser.get("/users?search=ada")
        first = last(here)
        answer = browser.post(f"/lab/requests/{first['number']}/again", status=303)
        record = last(here)
        assert answer.location.endswith(f"/lab/requests/{record['number']}")
        assert record["number"] > first["number"]
        assert (record["path"], record["query"], record["status"]) == ("/users", "search=ada", 200)
        assert [call["name"] for call in record["calls"]] == [call["name"] for call in first["calls"]]


def test_a_get_of_somebody_else_is_asked_for_on_a_copy_as_that_person(as_, again):
    as_("niko").get("/api/me")
    result = again()
    assert json.loads(result["answer"]["text"])["uid"] == "niko"
    assert result["changes"] == []


def test_what_is_asked_as_nobody_stays_so_when_an_admin_runs_it_again(here, as_, last):
    here.get("/api/me", status=401)
    as_("toby").post(f"/lab/requests/{last(here)['number']}/again")
    assert last(here)["status"] == 401


def test_an_answer_in_pieces_is_run_again(as_, here, last):
    as_("niko").post("/posts", {"note": "Look"}, upload_files=[("image", "red.png", png())], status=303)
    with database.connection_context():
        path = Post.select().order_by(Post.id.desc()).get().image["url"]
    here.get(path)
    here.post(f"/lab/requests/{last(here)['number']}/again", status=303)
    assert last(here)["path"] == path


def test_a_body_that_is_not_kept_cannot_be_sent_again_and_the_page_says_so(as_, last, here):
    as_("niko").post("/api/posts", b"\xff\xfe\x00", content_type="application/json", status=400)
    number = last(here)["number"]
    page = here.get(f"/lab/requests/{number}").html.select_one("#again")
    assert "What was sent with it is not kept, only its size." in page.text
    assert not page.select("button")
    here.post(f"/lab/requests/{number}/again", status=409)


def test_a_body_that_was_too_large_to_be_read_is_left_out_and_that_is_said(as_, again):
    as_("niko").post("/api/posts", b"x" * 20 * 1024 * 1024, content_type="application/json", status=413)
    assert "What was sent with it had not been read, so it is not kept: nothing is sent." in again()["notes"]


def test_a_record_that_is_gone_cannot_be_run_again(here):
    answer = here.post("/lab/requests/999/again", status=404)
    assert "Only the last 200 requests are remembered" in answer
    here.get("/users")
    assert "It has not been rehearsed" in here.get("/lab/requests/1/again", status=404)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({"HTTP_HOST": "evil.example"}, 403),
        ({"REMOTE_ADDR": "203.0.113.9"}, 404),
    ],
)
def test_nobody_from_elsewhere_runs_anything_again(here, last, changes, status):
    here.get("/users")
    number = last(here)["number"]
    answer = here.post(f"/lab/requests/{number}/again", extra_environ=changes, expect_errors=True)
    assert answer.status_int in (status, 403)
    assert last(here)["number"] == number
    for path in (f"/lab/requests/{number}/again", f"/lab/requests/{number}/again.json"):
        answer = here.get(path, extra_environ=changes, expect_errors=True)
        assert answer.status_int in (403, 404)


def test_a_page_of_an_origin_that_may_call_the_api_runs_nothing_again(site):
    browser = site(origins=("https://friend.example",))
    browser.get("/users")
    browser.post("/lab/requests/1/again", headers={"Origin": "https://friend.example"}, status=404)


def test_it_is_ended_when_it_takes_too_long(as_, again, monkeypatch):
    monkeypatch.setattr("lab.rehearsal.MOST_SECONDS_OF_REHEARSAL", 0.01)
    as_("niko").post_json("/api/posts", {"note": "Mine"}, status=201)
    assert "so it was stopped" in again()["problem"]


def test_a_process_that_fails_is_told_in_words(as_, again, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    as_("niko").post_json("/api/posts", {"note": "Mine"}, status=201)
    assert "has failed" in again()["problem"]


def test_only_one_is_rehearsed_at_a_time(as_, here, last):
    as_("niko").post_json("/api/posts", {"note": "Mine"}, status=201)
    with one_rehearsal:
        answer = here.post(f"/lab/requests/{last(here)['number']}/again", status=503)
    assert "Another request is being rehearsed" in answer


def job(settings, place, **asked):
    nobody = {
        "method": "POST",
        "path": "/api/posts",
        "query": "",
        "prefix": "",
        "scheme": "http",
        "client": "127.0.0.1",
    }
    nobody |= {"headers": {"Host": "localhost:8086"}, "body": {"note": "x"}, "body_type": "application/json"}
    nobody |= {"files": [], "user_id": 2, "login_kind": "browser", "status": 201}
    return {
        "place": str(place),
        "database": str(settings.database_path),
        "uploads": str(settings.volumes / "uploads"),
        "settings": {"sample_data": "lesson", "lab": "auto"},
        "asked": nobody | asked,
    }


def start(given, **options):
    command = [sys.executable, "-B", "-m", "lab.rehearse"]
    process = subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
    process.stdin.write(json.dumps(given).encode() + b"\n")
    process.stdin.flush()
    return process


def test_when_the_site_is_killed_the_process_throws_the_copy_away(here, settings, places):
    place = places / "copy"
    place.mkdir()
    with start(job(settings, place)) as process:
        process.stdin.close()
        process.stdin = None
        assert process.wait(timeout=20) == 1
        assert not place.exists()


def test_a_full_disk_is_told_in_words_and_leaves_nothing(here, settings, places):
    import resource
    import shutil

    def few_bytes():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    before = contents(settings.volumes)
    place = places / "copy"
    place.mkdir()
    with start(job(settings, place), preexec_fn=few_bytes) as process:
        result = json.loads(process.stdout.read())
    assert result["problem"]
    shutil.rmtree(place)
    assert contents(settings.volumes) == before


def test_on_postgresql_only_a_get_is_run_again_and_the_page_says_why(as_, here, last, monkeypatch):
    monkeypatch.setattr("lab.running.is_sqlite", lambda: False)
    as_("niko").post_json("/api/posts", {"note": "Mine"}, status=201)
    number = last(here)["number"]
    assert "On PostgreSQL only a GET can be run again" in here.get(f"/lab/requests/{number}")
    here.post(f"/lab/requests/{number}/again", status=409)
    as_("niko").get("/api/users/1")
    here.post(f"/lab/requests/{last(here)['number']}/again", status=303)


MEAN = """\"\"\"Planets, of somebody who does what they like.\"\"\"

import os
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from peewee import CharField

from models.shared.database import database
from models.shared.resource import Resource

VOLUMES, DEED = Path({volumes!r}), Path({deed!r})


class Planet(Resource):
    \"\"\"A planet.\"\"\"

    name = CharField(max_length=100)

    def problems(self) -> Iterator[tuple[str, str]]:
        print("In between", flush=True)
        os.write(1, b"and without a word")
        if DEED.exists():
            exec(DEED.read_text())
        yield from super().problems()


def init_planets() -> None:
    Planet.create(name="Mars")
"""

SCRIPT = """
import json
from pathlib import Path
from webtest import TestApp
import lab.rehearsal
from app import create_app
from config import Settings

site = TestApp(create_app(Settings(volumes=Path({volumes!r}), sample_data="lesson")),
    extra_environ={{"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8086"}})
form = site.get("/login").forms[0]
form["uid"], form["password"] = "toby", "123toby"
form.submit()
site.post_json("/api/planets", {{"name": "Venus"}}, status=201)
number = site.get("/lab/requests.json").json["requests"][0]["number"]
for name, deed in json.loads({deeds!r}).items():
    Path({deed!r}).write_text(deed)
    lab.rehearsal.MOST_SECONDS_OF_REHEARSAL = 3 if name == "never ends" else 20
    site.post(f"/lab/requests/{{number}}/again", status=303)
    shown = site.get(f"/lab/requests/{{number}}/again").text
    print()
    print(json.dumps([name, site.get(f"/lab/requests/{{number}}/again.json").json, shown]))
"""

DEEDS = {
    "removes pictures": "[each.unlink() for each in (VOLUMES / 'uploads').iterdir()]",
    "writes a file": "(VOLUMES / 'sqlite.db').write_text('')",
    "moves a file": "(VOLUMES / 'sqlite.db').rename(VOLUMES / 'gone.db')",
    "opens the database": "sqlite3.connect(VOLUMES / 'sqlite.db').execute('delete from users')",
    "attaches it": "database.execute_sql('ATTACH ? AS live', (str(VOLUMES / 'sqlite.db'),))",
    "starts a program": "subprocess.run(['rm', '-r', str(VOLUMES)])",
    "asks another machine": "socket.create_connection(('127.0.0.1', 9))",
    "never ends": "while True: pass",
    "has a folder of its own": "__import__('tempfile').TemporaryDirectory().cleanup()",
}


def test_a_student_s_code_reaches_nothing_but_the_copy_and_is_stopped(house, tmp_path, places):
    volumes, deed = str(house.volumes), str(tmp_path / "deed.txt")
    (house.models / "planet.py").write_text(MEAN.format(volumes=volumes, deed=deed))
    script = SCRIPT.format(volumes=volumes, deed=deed, deeds=json.dumps(DEEDS))
    code, out, errors = house("-c", script, TMPDIR=str(places))
    assert code == 0, errors
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("[")]
    told = {name: (result, page) for name, result, page in lines}
    assert list(told) == list(DEEDS)
    result, page = told.pop("never ends")
    assert "so it was stopped" in result["problem"]
    assert "so it was stopped" in page
    result, page = told.pop("has a folder of its own")
    assert result["answer"]["status"] == 201
    assert "A row comes" in page
    for result, page in told.values():
        failure = result["record"]["failure"]
        assert result["answer"]["status"] == 500
        assert failure["kind"] in ("OutsideOfCopy", "OperationalError")
        assert failure["file"] == "models/planet.py"
        assert "Planet.problems" in page
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        assert program.execute("select count(*) from users").fetchone() == (10,)
    assert sorted(house.volumes.glob("uploads/*"))


def test_the_documentation_says_how_long_and_how_many():
    text = (HOUSE / "docs" / "lab.md").read_text()
    assert f"After {MOST_SECONDS_OF_REHEARSAL:.0f} seconds it is stopped." in text
    assert f"the last {MOST_REHEARSALS} are remembered" in text
