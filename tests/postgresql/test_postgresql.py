"""The same site on PostgreSQL. Run by `make postgresql`, with the URL of a database that may be emptied."""

import json
import os
import subprocess
import sys
import threading
from base64 import urlsafe_b64encode
from functools import partial
from pathlib import Path

import psycopg
import pytest
from playhouse.schema_diff import diff_models
from playhouse.test_utils import assert_query_count
from webtest import TestApp

from app import create_app
from commands.sweep import sweep
from config import Settings
from models.folded import Folded
from models.post import Post
from models.shared.database import bind_database, database
from models.shared.fields import utc_now
from models.shared.last_rows import last_rows
from models.shared.loading import all_models
from models.shared.migrating import drop_tables
from models.shared.one_row import all_of
from models.shared.picture_rows import all_files
from models.shared.row_checks import Invalid
from models.shared.trigram_index import has_trigram_index
from models.shared.version import current_version
from models.user import User
from seed import __main__ as command
from tests.beside import readers_beside
from tests.counted import CASES, Thing, check_case, counted, put
from tests.drawn import gif, png
from tests.forgotten import forget_history
from tests.pages import pages, walked
from tests.server import free_port, on_two_processes_too, stopped_in_order, through

HOUSE = Path(__file__).parents[2]
URL = os.environ["TEST_DATABASE_URL"]


@pytest.fixture(autouse=True)
def _empty_database():
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    database.close_all()
    yield
    database.close_all()


@pytest.fixture
def visitor(request, tmp_path):
    here, environ = TestApp(create_app(Settings(volumes=tmp_path, database_url=URL))), getattr(request, "param", None)
    if not environ:
        yield here
        return
    port = free_port()
    with stopped_in_order(tmp_path, port, DATABASE_URL=URL, **environ):
        yield TestApp(through(port))


@pytest.mark.parametrize("path", ["/users", "/users?search=HED&sort=-dob", "/users/1", "/posts", "/api/posts?user=2"])
def test_the_pages_and_the_json_are_there(visitor, path):
    visitor.get(path, status=200)


def test_the_first_page_has_the_totals_and_the_newest_rows(visitor):
    page = visitor.get("/").html
    assert [total.text for total in page.select(".total strong")][:2] == ["10", "19"]
    assert page.select_one(".newest a").text == "Fred Flintstone"
    with database.connection_context(), assert_query_count(1):
        assert [row.id for row in last_rows([all_of(User), Post.with_user()])] == [10, 19]


def test_the_tables_are_those_of_today(visitor):
    with database.connection_context():
        *differences, indexes = diff_models(database.obj, all_models())
    assert not any(differences)
    assert {index.name for index in indexes} <= {"folded_trigrams"}


@pytest.mark.parametrize("sort", ["dob", "-dob", "name", "-id"])
def test_walking_the_pages_meets_each_user_once_with_the_empty_ones_last(visitor, sort):
    visitor.post_json("/api/users", {"name": "No Birthday", "uid": "none"}, status=201)
    users = [user for rows in pages(visitor, f"/api/users?limit=3&sort={sort}") for user in rows]
    assert sorted(user["id"] for user in users) == list(range(1, 12))
    assert users[-1]["uid"] == "none" or "dob" not in sort


def test_the_newest_of_each_are_found_among_many(visitor):
    rows = [{"user": 2, "note": f"Number {number}", "created": utc_now()} for number in range(30)]
    with database.connection_context():
        Post.insert_many(rows).execute()
    users = visitor.get("/api/users").json["users"]
    assert [post["note"] for post in users[1]["posts"]] == [f"Number {number}" for number in range(29, 19, -1)]
    assert [len(user["posts"]) for user in users] == [3, 10, *(user["posts_total"] for user in users[2:])]
    assert users[1] == visitor.get("/api/users/2").json


@on_two_processes_too
def test_of_eight_sign_ups_at_once_with_one_uid_exactly_one_wins(visitor, at_once):
    barrier, statuses = threading.Barrier(8), []

    def sign_up():
        barrier.wait()
        answer = TestApp(visitor.app).post_json("/api/users", {"name": "Ada", "uid": "ada"}, expect_errors=True)
        statuses.append(answer.status_int)

    at_once(*[sign_up] * 8)
    assert sorted(statuses) == [201] + [422] * 7


@on_two_processes_too
def test_eight_who_laugh_at_once_are_all_counted(visitor, at_once):
    at_once(*[lambda: [TestApp(visitor.app).post("/api/jokes/1/haha", status=200) for _ in range(10)]] * 8)
    assert visitor.get("/api/jokes/1").json["haha"] == 80


@on_two_processes_too
def test_of_sixteen_who_guess_at_once_no_more_than_ten_are_heard(visitor, at_once):
    statuses = []

    def guess():
        wrong = {"uid": "niko", "password": "wrong"}
        statuses.append(TestApp(visitor.app).post_json("/api/sessions", wrong, status="*").status_int)

    at_once(*[guess] * 16)
    assert set(statuses) <= {401, 429}
    assert statuses.count(401) <= 10


def test_of_two_admins_who_give_up_at_once_one_stays(visitor, at_once):
    with database.connection_context():
        User.update(role="admin").where(User.id == 2).execute()
    barrier, refused = threading.Barrier(2), []

    def give_up(number):
        with database.connection_context():
            user = User.get_by_id(number)
            barrier.wait()
            try:
                user.update(role="user")
            except Invalid:
                refused.append(number)

    at_once(*(partial(give_up, number) for number in (1, 2)))
    with database.connection_context():
        assert [user.id for user in User.select().where(User.role == "admin")] == refused


def test_somebody_logs_in_guesses_and_is_stopped(visitor):
    ada = {"uid": "ada", "password": "correct horse"}
    visitor.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    visitor.post("/login", ada, status=303)
    assert visitor.get("/api/me").json["uid"] == "ada"
    for _ in range(10):
        visitor.post_json("/api/sessions", ada | {"password": "wrong"}, status=401)
    visitor.post_json("/api/sessions", ada, status=429)
    visitor.patch_json("/api/users/11", {"dob": "1815-12-10"}, status=200)
    visitor.delete("/api/users/11", status=204)
    visitor.get("/api/me", status=401)


def test_a_picture_comes_with_its_post_and_goes_with_its_user(visitor, tmp_path):
    ada = {"uid": "ada", "password": "correct horse"}
    visitor.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    visitor.post("/login", ada, status=303)
    before = sorted((tmp_path / "uploads").iterdir())
    post = visitor.post("/api/posts", {"note": "Look"}, upload_files=[("image", "x", png())], status=201).json
    assert visitor.get(post["image"]["thumb"]).content_type == "image/png"
    visitor.put(f"/api/posts/{post['id']}/image", gif(), status=200)
    forget_history()  # which keeps the picture of before
    assert len(list((tmp_path / "uploads").iterdir())) == len(before) + 2
    visitor.delete("/api/users/11", status=204)
    forget_history()
    assert sorted((tmp_path / "uploads").iterdir()) == before
    with database.connection_context():
        assert list(sweep(delete=True)) == []


def test_a_nul_byte_is_refused_before_it_reaches_the_driver(visitor):
    visitor.post_json("/api/users", {"name": "a\x00b", "uid": "nul"}, status=422)
    visitor.get("/api/users?search=%00", status=422)


@pytest.mark.parametrize("value", ["", "x", 5, 1.5, True, [], {}, 2**63, "\x00", "\ud800"])
def test_a_place_that_no_row_can_have_is_refused(visitor, value):
    for name, fits in (("created", []), ("id", [5])):
        if value not in fits:
            for way in ("after", "before"):
                place = urlsafe_b64encode(json.dumps([name, value, 1]).encode()).decode()
                visitor.get(f"/api/posts?sort={name}&{way}={place}", status=422)


def test_a_day_that_python_has_not_takes_no_list_down(visitor):
    with database.connection_context():
        database.execute_sql("update users set _dob = 'infinity' where id = 2")
        database.execute_sql("update posts set created = '0044-03-15 12:00 BC' where id = 4")
    assert "“infinity” (cannot be read)" in visitor.get("/users")
    assert visitor.get("/lesson/api/users").json[1]["dob"] == ""
    assert "BC” (cannot be read)" in visitor.get("/posts")
    assert sorted(walked(visitor, "/api/users?limit=1&sort=-dob")) == list(range(1, 11))


def test_texts_are_found_and_ordered_in_every_alphabet_whoever_wrote_them(visitor):
    with database.connection_context():
        User.delete().execute()
        for number, name in enumerate(["Zoë", "van Gogh", "Łukasz", "O’Neil"]):
            User.create(name=name, uid=f"u{number}")
        for uid, name in (("e", "émile"), ("n", "Nguyễn"), ("d", "Đỗ"), ("o", "Ole")):
            database.execute_sql(f"insert into users (_name, _uid, _role) values ('{name}', '{uid}', 'user')")
    wanted = ["Đỗ", "émile", "Łukasz", "Nguyễn", "O’Neil", "Ole", "van Gogh", "Zoë"]
    for sort, order in (("name", wanted), ("-name", wanted[::-1])):
        assert walked(visitor, f"/api/users?limit=1&sort={sort}", shown="name") == order
    for search, name in (("nguyen", "Nguyễn"), ("O'neil", "O’Neil"), ("EMILE", "émile"), ("do", "Đỗ")):
        assert [user["name"] for user in visitor.get("/api/users", {"search": search}).json["users"]] == [name]
    with database.connection_context():
        database.execute_sql("update users set _name = 'Čapek' where _uid = 'e'")
        database.execute_sql("delete from users where _uid = 'n'")
        assert Folded.select().where(Folded.place == "users._name").count() == 7
    assert visitor.get("/api/users?search=capek").json["total"] == 1
    assert visitor.get("/api/users?search=emile").json["total"] == 0


def test_the_server_has_an_index_for_search_where_it_can(visitor):
    with database.connection_context():
        can = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"
        assert has_trigram_index() == bool(database.execute_sql(can).fetchone()[0])
    assert visitor.get("/api/users?search=hedy").json["total"] == 2
    assert visitor.get("/api/users?search=h").json["total"] == 6


def test_four_processes_that_start_at_once_make_the_rows_once(tmp_path):
    environ = os.environ | {"VOLUMES": str(tmp_path), "DATABASE_URL": URL}
    start = [sys.executable, "-c", "from app import create_app; create_app()"]
    processes = [subprocess.Popen(start, cwd=HOUSE, env=environ) for _ in range(4)]
    assert [process.wait() for process in processes] == [0] * 4
    bind_database(Path(), URL)
    with database.connection_context():
        assert User.select().count() == 10


def test_a_reset_keeps_no_copy_and_so_must_be_sure(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    command.main(["--users", "1500"])
    assert "now 1,510 users, 3,019 posts" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no copy is kept"):
        command.main([])
    command.main(["--yes"])
    assert "again: 10 users, 19 posts" in capsys.readouterr().out


def test_models_of_your_own_work_here_too(house):
    house.add_own_models()
    code, printed, errors = house(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/own_model/test_on_postgresql.py"
    )
    assert code == 0, printed + errors


def test_without_readers_nothing_of_them_is_loaded(tmp_path):
    environ = os.environ | {"VOLUMES": str(tmp_path), "DATABASE_URL": URL}
    script = (
        "import sys; from webtest import TestApp; from app import create_app\n"
        "TestApp(create_app()).get('/users')\n"
        "readers = {'models.shared.postgresql.standbys', 'models.shared.postgresql.standby_database'}\n"
        "print(sorted(sys.modules.keys() & (readers | {'routes.shared.by_readers'})))\n"
    )
    start = [sys.executable, "-c", script]
    printed = subprocess.run(start, cwd=HOUSE, env=environ, check=True, capture_output=True, text=True)
    assert printed.stdout == "[]\n"


def test_a_server_that_is_not_there_is_one_line(tmp_path):
    environ = os.environ | {"VOLUMES": str(tmp_path), "DATABASE_URL": "postgresql://me:hidden@127.0.0.1:1/nowhere"}
    start = [sys.executable, "app.py"]
    server = subprocess.run(start, cwd=HOUSE, env=environ, capture_output=True, text=True, check=False)
    assert (server.returncode, server.stdout) == (2, "")
    assert server.stderr.startswith("The database cannot be used: ")
    assert server.stderr.count("\n") == 1
    assert "hidden" not in server.stderr


@pytest.mark.usefixtures("visitor")
def test_whether_the_database_is_the_same_is_told_by_what_was_committed():
    with database.connection_context():
        before = current_version()
        with database.atomic():
            User.create(name="Ada", uid="ada")
            during = version_for_another_thread()
        after = current_version()
        User.select().count()
        assert before == during is not None
        assert current_version() == after != before


def version_for_another_thread():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(current_version()))
    thread.start()
    thread.join()
    return seen[0]


def test_nobody_reads_what_is_older_than_what_was_acknowledged(visitor):
    stale, done = readers_beside(visitor, writes_of_another_program)
    assert stale == []
    assert done["read"] > 20
    assert done["written"] > 20


def writes_of_another_program():
    with psycopg.connect(URL, autocommit=True) as program:
        for number in range(1, 1_000_000):
            program.execute("UPDATE users SET _name = %s WHERE id = 1", (str(number),))
            yield number


def test_for_a_file_of_ours_the_database_is_asked_nothing(visitor):
    for _ in range(2):
        with assert_query_count(0):
            visitor.get("/static/style.css")


def test_what_was_read_is_answered_from_memory_until_somebody_writes(visitor):
    visitor.get("/api/users/1")
    with assert_query_count(1):
        again = visitor.get("/api/users/1").json
    assert again["name"] == "Thomas Edison"
    with psycopg.connect(URL, autocommit=True) as program:
        program.execute("UPDATE users SET _name = 'Tom' WHERE id = 1")
    assert visitor.get("/api/users/1").json["name"] == "Tom"


@pytest.mark.parametrize(("name", "values", "expected"), CASES)
def test_every_kind_is_counted_as_on_sqlite(name, values, expected):
    with database.connection_context():
        check_case(name, values, expected)
        database.drop_tables([Thing])


def test_what_python_has_no_value_for_counts_as_nothing():
    with database.connection_context():
        put("number", [1, None, None, None])
        database.execute_sql("update thing set share = 'NaN', price = 'NaN', day = 'infinity', time = '0044-03-15 BC'")
        database.execute_sql("update thing set share = '-Infinity', day = '10000-01-01' where id = 1")
        assert [counted(name) for name in ("share", "price", "day", "time")] == [[(None, None, 4)]] * 4
        database.drop_tables([Thing])


def test_a_portrait_is_kept_and_goes_with_its_person(visitor, tmp_path):
    with database.connection_context():
        user = User.get(uid="niko")
        user.update(image=png())
        assert visitor.get("/api/users/2").json["image"]["width"] == 60
        user.update(image=gif())
        assert {file.name for file in (tmp_path / "uploads").iterdir()} == set(all_files())
        user.delete()
        assert {file.name for file in (tmp_path / "uploads").iterdir()} == set(all_files())
