"""How many rows there are is exact, whoever writes, and not counted twice where that is slow."""

import sqlite3
from contextlib import closing

import pytest
from playhouse.test_utils import assert_query_count, count_queries

from models.post import Post
from models.shared import totals
from models.shared.database import bind_database, database
from models.shared.listing import page_of
from models.shared.schema import prepare
from models.shared.totals import total_of
from models.user import User

pytestmark = pytest.mark.usefixtures("slow")
in_tables = pytest.mark.usefixtures("tables")
ADD = "insert into users (_name, _uid, _role) values ('Ada', 'ada', 'user')"


@pytest.fixture
def slow(monkeypatch):
    """Each count is one of a large table."""
    monkeypatch.setattr(totals, "SLOW_COUNT", 0)


@pytest.fixture
def shell(tables):
    with closing(sqlite3.connect(database.database, isolation_level=None)) as shell:
        yield shell


@in_tables
def test_a_slow_total_is_counted_once():
    User.create(name="Ada", uid="ada")
    assert page_of(User.select(), limit=1).total == 1
    with assert_query_count(1):
        assert page_of(User.select(), limit=1).total == 1


@in_tables
def test_a_quick_total_is_not_remembered(monkeypatch):
    monkeypatch.setattr(totals, "SLOW_COUNT", 10)
    total_of(User.select())
    with assert_query_count(1):
        total_of(User.select())


def test_totals_of_other_lists_are_others(shell):
    ada, ida = (User.create(name=name, uid=name.lower()) for name in ("Ada", "Ida"))
    Post.create(user=ada, note="One")
    shell.execute("delete from users where _uid = 'ida'")
    for _ in range(2):
        assert page_of(User.select()).total == 1
        assert page_of(ada.posts).total == 1
        assert page_of(ida.posts).total == 0
        assert page_of(User.select(), name="Ada").total == 1
        assert page_of(User.select(), name="Ida").total == 0
        assert page_of(User.select(), search="d").total == 1
        assert page_of(User.select(), search="x").total == 0


@pytest.mark.parametrize(
    ("line", "total"),
    [
        (ADD.replace("'ada'", "'ida'"), 3),
        ("insert or replace into users (_name, _uid, _role) values ('New', 'ada', 'user')", 2),
        ("insert or replace into users (id, _name, _uid, _role) values (2, 'New', 'ada', 'user')", 1),
        ("delete from users", 0),
    ],
)
def test_what_another_program_does_is_counted_at_once(shell, line, total):
    for name in ("Ada", "Bo"):
        User.create(name=name, uid=name.lower())
    assert total_of(User.select()) == total_of(User.select()) == 2
    shell.execute(line)
    assert total_of(User.select()) == total


@in_tables
def test_what_is_written_by_a_model_is_counted_at_once():
    assert total_of(User.select()) == 0
    user = User.create(name="Ada", uid="ada")
    assert total_of(User.select()) == 1
    user.delete()
    assert total_of(User.select()) == 0


@in_tables
def test_within_a_transaction_what_it_has_written_is_counted_and_nobody_else_is_told():
    assert total_of(User.select()) == 0
    with database.atomic() as transaction:
        User.create(name="Ada", uid="ada")
        assert total_of(User.select()) == 1
        transaction.rollback()
    assert total_of(User.select()) == 0


def test_what_is_written_while_it_counts_is_not_missed(shell):
    def write(*_query):
        database.query_hooks.clear()
        shell.execute(ADD)

    database.query_hooks.append(write)
    assert total_of(User.select()) == 0
    assert total_of(User.select()) == 1


def test_another_database_has_other_totals(tmp_path):
    for number, name in enumerate(("a.db", "b.db", "c.db")):
        bind_database(tmp_path / name)
        prepare()
        with database.connection_context():
            if number:
                User.insert_many([{"name": "Ada", "uid": f"u{i}", "role": "user"} for i in range(number)]).execute()
            assert total_of(User.select()) == total_of(User.select()) == number
    database.close_all()


@in_tables
def test_no_more_than_some_are_remembered(monkeypatch):
    monkeypatch.setattr(totals, "REMEMBERED_TOTALS", 3)
    monkeypatch.setattr(totals, "totals", totals.Totals())
    for number in (1, 2, 3, 1, 4, 5):
        total_of(User.select().where(User.id == number))
    assert len(totals.totals.found) == 3
    with count_queries() as counted:
        total_of(User.select().where(User.id == 1))
    assert counted.count == 0
