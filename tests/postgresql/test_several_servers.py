"""Several servers in one URL, and connections that are used again as long as their server leads."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import bind_database, database
from models.shared.start_errors import Unusable
from tests.postgresql.test_postgresql import URL, _empty_database, visitor  # noqa: F401 - fixtures
from tests.server import free_port

PLACE = urlsplit(URL).netloc.rpartition("@")[2]


def beside(*more):
    """The URL with more servers before the one of the tests."""
    return URL.replace(f"//{PLACE}", f"//{','.join((*more, PLACE))}").replace(
        f"@{PLACE}", f"@{','.join((*more, PLACE))}"
    )


def process():
    """Of the server, which answers this thread."""
    with database.connection_context():
        return database.execute_sql("SELECT pg_backend_pid()").fetchone()[0]


def ask(sql, *values):
    with psycopg.connect(URL, autocommit=True) as other:
        return other.execute(sql, values).fetchall()


def end_others():
    """As when the server is stopped: each other connection is told, and ended."""
    others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user"
    ask(f"SELECT pg_terminate_backend(pid, 5000) {others}")


@pytest.fixture
def bound():
    bind_database(Path(), URL)


def test_a_server_that_is_not_there_is_passed_over(tmp_path):
    url = beside(f"127.0.0.1:{free_port()}", f"[::1]:{free_port()}")
    site = TestApp(create_app(Settings(volumes=tmp_path, database_url=url)))
    assert site.get("/users/1", status=200)
    assert database.obj.pool.servers.last.conninfo.count(PLACE.partition(":")[0]) == 1


def test_a_server_that_says_nothing_is_passed_over_and_then_asked_last(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # the system takes the connection, and nobody answers
        url = beside(f"127.0.0.1:{silent.getsockname()[1]}") + "?connect_timeout=1"
        site = TestApp(create_app(Settings(volumes=tmp_path, database_url=url)))
        assert site.get("/users/1", status=200)
        first, *_ = database.obj.pool.servers.in_order()
        assert not first.is_silent()
        assert str(silent.getsockname()[1]) not in first.conninfo


def test_a_negative_time_to_connect_is_as_none():
    bind_database(Path(), f"{URL}?connect_timeout=-1")
    assert process()


@pytest.mark.usefixtures("bound")
def test_a_connection_is_used_again_but_not_for_ever():
    first = process()
    assert process() == first
    with database.connection_context():
        database.connection().born -= 3600
    assert process() != first


@pytest.mark.usefixtures("bound")
def test_connections_that_the_server_has_ended_are_not_handed_out():
    first = process()
    end_others()
    assert process() != first


@pytest.mark.usefixtures("bound")
def test_what_only_reads_throws_all_connections_away_and_not_one():
    pool = database.obj.pool
    with database.connection_context():
        kept = pool.take()
        pool.give_back(kept)
        assert pool.idle == [kept]
        database.execute_sql("SET default_transaction_read_only = on")
        with pytest.raises(Exception, match="read-only"):
            database.execute_sql("CREATE TABLE something (id int)")
        assert pool.idle == []
    assert kept.closed
    assert pool.idle == []  # nor is the one kept that has told it


def test_a_server_that_may_only_be_read_is_not_well_and_names_no_file(visitor):  # noqa: F811
    visitor.get("/health", status=200)
    with database.connection_context():
        database.execute_sql("SET default_transaction_read_only = on")
    assert "may only be read at this moment" in visitor.get("/health", status=503)


@pytest.mark.usefixtures("bound")
def test_after_a_long_pause_a_connection_is_looked_at_and_used_again():
    first = process()
    [connection] = database.obj.pool.idle
    connection.used -= 3600
    assert process() == first


def test_what_libpq_cannot_read_ends_the_start_and_shows_no_password():
    with pytest.raises(Unusable) as refusal:
        bind_database(Path(), "postgresql://me:hid%den@host/db")
    assert "hid" not in str(refusal.value)
    with pytest.raises(Unusable):
        bind_database(Path(), "postgresql://host/db?nothing=5")
