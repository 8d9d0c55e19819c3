"""The cluster does what the other tests here take for granted."""

from threading import Thread

import psycopg
import pytest

from tests.chaos.cluster import cluster

MAKE = "CREATE TABLE words (word text)"
COUNT = "SELECT count(*) FROM words"


@pytest.fixture(scope="module")
def nodes():
    with cluster(standbys=2) as made:
        made.ask("a", MAKE)
        yield made


def count(nodes, name):
    return nodes.ask(name, COUNT)[0][0]


def test_a_node_is_killed_and_another_leads_and_the_first_comes_back(nodes):
    nodes.ask(nodes.primary, "INSERT INTO words VALUES ('before')")
    first = nodes.primary
    nodes.kill(first)
    nodes.promote()
    assert nodes.primary != first
    nodes.ask(nodes.primary, "INSERT INTO words VALUES ('after')")  # which waits for the standby that follows now
    nodes.rejoin(first)
    assert nodes.ask(first, "SELECT pg_is_in_recovery()") == [(True,)]
    nodes.wait_until(lambda: [count(nodes, name) for name in nodes.names] == [2, 2, 2])


def test_a_frozen_node_holds_its_connections_and_answers_nothing(nodes):
    connection = psycopg.connect(nodes.url(nodes.primary), autocommit=True)
    nodes.freeze(nodes.primary)
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        psycopg.connect(nodes.url(nodes.primary), connect_timeout=2)
    nodes.thaw(nodes.primary)
    assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.close()


def test_without_a_standby_a_synchronous_commit_waits_and_nothing_cuts_it_but_an_administrator(nodes):
    standbys, told = nodes.standbys, []
    for name in standbys:
        nodes.kill(name)
    with psycopg.connect(nodes.url(nodes.primary), autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: told.append(notice.message_primary))
        connection.execute("SET statement_timeout = 200")
        thread = Thread(target=connection.execute, args=["INSERT INTO words VALUES ('cut')"])
        thread.start()
        waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND now() - query_start > '1 second'"
        nodes.wait_until(lambda: nodes.ask(nodes.primary, waiting))
        nodes.ask(nodes.primary, f"SELECT pg_cancel_backend(pid) FROM ({waiting}) AS those")
        thread.join()
    assert told == ["canceling wait for synchronous replication due to user request"]
    for name in standbys:
        nodes.start(name)


def test_a_url_of_several_finds_the_one_that_leads(nodes):
    with psycopg.connect(nodes.url(target_session_attrs="read-write")) as connection:
        assert connection.info.port == nodes.ports[nodes.primary]
