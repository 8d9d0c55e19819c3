"""What becomes of a request whose server dies, is frozen, or lets another transaction go first."""

import threading
import time

import psycopg
import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.attempt import Attempt
from models.joke import Joke
from models.shared.database import database
from models.shared.waiting import Busy
from routes.shared.access import everyone
from routes.shared.section import Section
from tests.drawn import png
from tests.postgresql.relay import relay_to
from tests.postgresql.test_postgresql import URL, _empty_database, visitor  # noqa: F401 - fixtures

LAUGH = "/api/jokes/1/haha"
KEY = {"Idempotency-Key": "once"}
TERMINATE = "PERFORM pg_terminate_backend(pg_backend_pid())"
SERIALIZABLE = "options=-c%20default_transaction_isolation%3Dserializable"


def ask(sql, *values):
    with psycopg.connect(URL, autocommit=True) as other:
        cursor = other.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def laughs():
    return ask("SELECT haha FROM jokes WHERE id = 1")[0][0]


def soon(what):
    """What that gives once it gives something: the server has heard of it, and nobody hears the server."""
    until = time.monotonic() + 30
    while not (found := what()):
        assert time.monotonic() < until
    return found


def form_of(page, name):
    return next(form for form in page.forms.values() if name in form.fields)


@pytest.fixture
def trouble(visitor):  # noqa: F811
    """Call it with what happens in the server, how often and when, as a row of `table` is written."""

    def make(what, times=1, table="jokes", is_late=False):
        when = "CONSTRAINT TRIGGER trouble AFTER" if is_late else "TRIGGER trouble BEFORE"
        ends = "DEFERRABLE INITIALLY DEFERRED" if is_late else ""
        ask("CREATE SEQUENCE IF NOT EXISTS troubles")  # which no rollback sets back
        ask(f"""CREATE FUNCTION make_trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('troubles') <= {times} THEN {what}; END IF; RETURN NEW; END $$""")
        ask(f"CREATE {when} INSERT OR UPDATE ON {table} {ends} FOR EACH ROW EXECUTE FUNCTION make_trouble()")

    yield make
    ask("DROP FUNCTION IF EXISTS make_trouble CASCADE")
    ask("DROP SEQUENCE IF EXISTS troubles")


@pytest.mark.parametrize(
    "what", [TERMINATE, *(f"RAISE 'no' USING ERRCODE = '{code}'" for code in ("40001", "40P01", "25006", "57P03"))]
)
@pytest.mark.parametrize("times", [1, 3])
def test_what_was_not_committed_is_done_again_by_itself(visitor, trouble, what, times):  # noqa: F811
    trouble(what, times)
    assert visitor.post(LAUGH, status=200).json["haha"] == 1
    assert laughs() == 1


def test_a_note_that_is_lost_is_no_reason_to_be_in_doubt(visitor, trouble):  # noqa: F811
    ada = {"uid": "ada", "password": "correct horse"}
    visitor.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    token = visitor.post_json("/api/sessions", ada, status=201).json["token"]
    ask("UPDATE sessions SET last_used = last_used - interval '1 hour'")
    trouble(TERMINATE, table="sessions")
    visitor.post_json("/api/posts", {"note": "Look"}, headers={"Authorization": f"Bearer {token}"}, status=201)
    assert ask("SELECT count(*) FROM posts WHERE note = 'Look'") == [(1,)]


def test_after_three_more_tries_it_is_503(visitor, trouble):  # noqa: F811
    trouble(TERMINATE, 4)
    answer = visitor.post(LAUGH, status=503)
    assert answer.headers["Retry-After"]
    assert "saved" not in answer
    assert visitor.post(LAUGH, status=200).json["haha"] == 1


def test_another_failure_is_not_tried_again(visitor, trouble):  # noqa: F811
    trouble("RAISE 'no' USING ERRCODE = '22012'")
    visitor.post(LAUGH, status=500)
    assert laughs() == 0


def test_a_form_is_done_again_with_what_was_written_and_its_picture_is_kept_once(visitor, trouble, tmp_path):  # noqa: F811
    ada = {"uid": "ada", "password": "correct horse"}
    visitor.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    visitor.post("/login", ada, status=303)
    before = len(list((tmp_path / "uploads").iterdir()))
    trouble(TERMINATE, 2, table="posts")
    form = form_of(visitor.get("/posts/new"), "note")
    form["note"], form["image"] = "Look", ("x.png", png())
    page = form.submit(status=303).follow()
    assert "Look" in page
    assert ask("SELECT count(*) FROM posts WHERE note = 'Look'") == [(1,)]
    assert len(list((tmp_path / "uploads").iterdir())) == before + 2


def test_a_guess_is_counted_once_and_hashed_once_however_often_it_is_tried(visitor, trouble):  # noqa: F811
    visitor.post_json("/api/users", {"name": "Ada", "uid": "ada", "password": "correct horse"}, status=201)
    trouble("RAISE 'no' USING ERRCODE = '40001'", 2, table="sessions")
    visitor.post("/login", {"uid": "ada", "password": "correct horse"}, status=303)
    ask("ALTER SEQUENCE troubles RESTART")
    with database.connection_context():
        known = Attempt.select().count()
    visitor.post_json("/api/sessions", {"uid": "ada", "password": "wrong"}, status=401)
    with database.connection_context():
        assert Attempt.select().count() == known + 1


def test_a_commit_whose_answer_is_lost_is_not_known_without_a_key(visitor, trouble):  # noqa: F811
    trouble(TERMINATE, is_late=True)
    answer = visitor.post(LAUGH, status=503)
    assert "Nobody can say just now whether this was saved" in answer.json["detail"]
    assert "Retry-After" not in answer.headers
    assert laughs() == 0


def test_the_files_of_a_row_that_may_be_there_stay(visitor, trouble, tmp_path):  # noqa: F811
    ada = {"uid": "ada", "password": "correct horse"}
    visitor.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    visitor.post("/login", ada, status=303)
    before = len(list((tmp_path / "uploads").iterdir()))
    trouble(TERMINATE, table="posts", is_late=True)
    visitor.post("/api/posts", {"note": "Look"}, upload_files=[("image", "x.png", png())], status=503)
    assert len(list((tmp_path / "uploads").iterdir())) == before + 2


def test_with_a_key_a_commit_that_was_lost_is_done_again(visitor, trouble):  # noqa: F811
    trouble(TERMINATE, is_late=True)
    assert visitor.post(LAUGH, headers=KEY, status=200).json["haha"] == 1
    assert laughs() == 1


def test_what_is_in_doubt_stays_so_when_the_next_try_is_told_to_wait(visitor, trouble):  # noqa: F811
    section, tries = Section(), []

    @section.post("/api/odd", apply=everyone)
    def laugh_and_wait():
        """Laugh, but once."""
        tries.append("try")
        if len(tries) > 1:
            raise Busy("Too many laugh.")
        return Joke.get_by_id(1).laugh().read()

    visitor.app.add(section)
    trouble(TERMINATE, is_late=True)
    answer = visitor.post("/api/odd", headers=KEY, status=503)
    assert "whether this was saved" in answer.json["detail"]


@pytest.fixture
def relay(tmp_path):
    with relay_to(URL) as relay:
        relay.site = TestApp(create_app(Settings(volumes=tmp_path, database_url=relay.url, database_seconds=1)))
        yield relay
        database.close_all()


def test_with_a_key_a_commit_that_arrived_is_found_and_not_done_twice(relay):
    relay.site.post("/api/jokes/2/haha", status=200)
    relay.cut_after = b"COMMIT"
    answer = relay.site.post(LAUGH, headers=KEY, status=200)
    assert relay.cut_after is None
    assert (answer.json["haha"], laughs()) == (1, 1)
    assert relay.site.post(LAUGH, headers=KEY, status=200).json["haha"] == 1


def test_a_picture_stays_when_nobody_knows_whether_its_row_does(relay, tmp_path):
    ada = {"uid": "ada", "password": "correct horse"}
    relay.site.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    relay.site.post("/login", ada, status=303)
    relay.cut_after = b"COMMIT"
    picture = [("image", "x.png", png())]
    relay.site.post("/api/posts", {"note": "Look"}, upload_files=picture, headers=KEY, status=201)
    [(name,)] = soon(lambda: ask("SELECT image FROM posts WHERE note = 'Look'"))
    assert (tmp_path / "uploads" / name).exists()


def test_without_a_key_a_commit_that_arrived_is_in_doubt_and_not_done_twice(relay):
    relay.cut_after = b"COMMIT"
    assert "whether this was saved" in relay.site.post(LAUGH, status=503).json["detail"]
    assert soon(laughs) == 1


def test_a_form_whose_commit_is_in_doubt_comes_again_with_its_key_and_is_done_once(visitor, trouble):  # noqa: F811
    new = form_of(visitor.get("/users/new"), "uid")
    new["name"], new["uid"] = "Ada", "ada"
    trouble(TERMINATE, 4, table="users", is_late=True)
    again = new.submit(status=503)
    assert "Nobody can say just now whether this was saved. Please send it again in a moment" in again
    form = form_of(again, "uid")
    assert form["one-time-key"].value == new["one-time-key"].value
    form.submit(status=303)
    assert ask("SELECT count(*) FROM users WHERE _uid = 'ada'") == [(1,)]


def test_what_is_in_doubt_stays_so_while_no_server_is_there(relay):
    relay.site.get("/api/jokes/1")
    relay.cut_after, relay.stays_silent = b"COMMIT", True
    answer = relay.site.post(LAUGH, headers=KEY, status=503)
    assert "Please send it again in a moment" in answer.json["detail"]
    relay.goes_on.set()
    assert relay.site.post(LAUGH, headers=KEY, status=200).json["haha"] == laughs() == 1


def test_of_many_whose_server_dies_only_some_wait_for_another(relay, at_once):
    count, pool, ended = 30, database.obj.pool, []
    for connection in [pool.take() for _ in range(count)]:
        pool.give_back(connection)
    relay.goes_on.clear()

    def laugh():
        TestApp(relay.site.app).post(LAUGH, status=503)
        ended.append(time.monotonic())

    def die():
        soon(lambda: len(pool.in_use) == count)
        relay.close()

    begun = time.monotonic()
    at_once(die, *[laugh] * count)
    assert ended[count // 4] - begun < (ended[-1] - begun) / 2


@pytest.mark.parametrize("headers", [{}, KEY])
def test_a_commit_with_a_server_that_stands_still_is_in_doubt(relay, headers):
    relay.site.get("/api/jokes/1")
    relay.silent_after = b"COMMIT"
    answer = relay.site.post(LAUGH, headers=headers, status=503)
    assert "whether this was saved" in answer.json["detail"]
    assert ("Retry-After" in answer.headers) == bool(headers)
    assert soon(laughs) == 1


def test_a_form_whose_server_stands_still_comes_again_when_another_connection_answers(relay):
    ada = {"uid": "ada", "password": "correct horse"}
    relay.site.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    relay.site.post("/login", ada, status=303)
    new = form_of(relay.site.get("/posts/new"), "note")
    new["note"] = "Look"
    relay.silent_after = b"COMMIT"
    again = new.submit(status=503)
    assert "Nobody can say just now whether this was saved. Please send it again in a moment" in again
    form = form_of(again, "note")
    assert (form["note"].value, form["one-time-key"].value) == ("Look", new["one-time-key"].value)
    form.submit(status=303)
    assert ask("SELECT count(*) FROM posts WHERE note = 'Look'") == [(1,)]


def test_a_server_that_is_frozen_takes_nobody_longer_than_the_time_that_is_set(relay):
    site = relay.site
    remembered = site.get("/api/users/1").json
    relay.goes_on.clear()
    started = time.monotonic()
    assert site.get("/api/users/1", status=200).json == remembered
    refused = site.get("/api/users/2", status=503)
    assert refused.headers["Retry-After"]
    site.get("/health", status=503)
    site.get("/static/style.css", status=200)
    assert "saved" not in site.post(LAUGH, status=503)
    assert time.monotonic() < started + 7
    relay.goes_on.set()
    assert site.get("/api/users/2", status=200)
    assert site.post(LAUGH, status=200)


@pytest.mark.parametrize("headers", [{}, KEY])
def test_a_commit_that_waits_for_a_standby_which_is_gone_is_given_up_but_never_cancelled(relay, headers):
    ask("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    ask("SELECT pg_reload_conf()")
    try:
        assert "whether this was saved" in relay.site.post(LAUGH, headers=headers, status=503).json["detail"]
    finally:
        ask("ALTER SYSTEM RESET synchronous_standby_names")
        ask("SELECT pg_reload_conf()")
    assert soon(laughs) == 1  # who waits sees it by the reload


@pytest.mark.parametrize("headers", [{}, KEY])
def test_a_commit_whose_wait_was_cut_is_not_said_to_be_saved(visitor, headers):  # noqa: F811
    visitor.get("/api/jokes/1")
    ask("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    ask("SELECT pg_reload_conf()")
    answers = []
    thread = threading.Thread(target=lambda: answers.append(visitor.post(LAUGH, headers=headers, status="*")))
    thread.start()
    cut = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    while thread.is_alive():
        ask(cut)
        thread.join(0.01)
    ask("ALTER SYSTEM RESET synchronous_standby_names")
    ask("SELECT pg_reload_conf()")
    assert "whether this was saved" in answers[0].json["detail"]
    assert laughs() == 1
    assert visitor.post(LAUGH, headers=headers).json["haha"] == (1 if headers else 2)


def test_of_many_serializable_likes_at_once_all_are_counted(tmp_path, at_once):
    url = f"{URL}{'&' if '?' in URL else '?'}{SERIALIZABLE}"
    site = create_app(Settings(volumes=tmp_path, database_url=url))
    with database.connection_context():
        assert database.execute_sql("SHOW transaction_isolation").fetchone() == ("serializable",)
    at_once(*[lambda: [TestApp(site).post(LAUGH, status=200) for _ in range(5)]] * 40)
    assert laughs() == 200
