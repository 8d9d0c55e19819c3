"""Standbys answer whoever only reads. The one of these tests stands still in the log when it is told to."""

from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.session import Session
from models.shared.database import database
from models.user import User
from tests.chaos.cluster import cluster

ALL_OF_THE_LOG = "SELECT pg_last_wal_replay_lsn() >= '{}'::pg_lsn"


@pytest.fixture(scope="module")
def nodes():
    with cluster(standbys=1, synchronous=False) as made:
        yield made


@pytest.fixture(scope="module")
def settings(nodes, tmp_path_factory):
    """Of a site whose sample rows the standby has, too."""
    volumes = tmp_path_factory.mktemp("volumes")
    urls = {"database_url": nodes.url("a"), "database_readers": (nodes.url("b"),)}
    made = Settings(volumes=volumes, database_seconds=1, **urls)
    create_app(made)
    return made


@pytest.fixture
def site(settings, nodes):
    made = create_app(settings)
    name_it(nodes, "Thomas Edison")
    nodes.ask("a", "DELETE FROM users WHERE id > 10")
    nodes.ask("a", "DELETE FROM sessions")
    caught_up(nodes)
    yield made
    database.close_all()


@pytest.fixture
def visitor(site):
    return TestApp(site)


@pytest.fixture
def member(site, nodes):
    with database.connection_context():
        _, token = Session.start(User.get(uid="niko"), "browser", "A browser")
    caught_up(nodes)
    browser = TestApp(site)
    browser.set_cookie("session", token)
    return browser


def caught_up(nodes):
    """The standby has all of the log."""
    ((here,),) = nodes.ask("a", "SELECT pg_current_wal_flush_lsn()")
    nodes.wait_until(lambda: nodes.ask("b", ALL_OF_THE_LOG.format(here))[0][0])


@contextmanager
def standing_still(nodes):
    """The standby goes no further in the log."""
    nodes.ask("b", "SELECT pg_wal_replay_pause()")
    nodes.wait_until(lambda: nodes.ask("b", "SELECT pg_get_wal_replay_pause_state()") == [("paused",)])
    try:
        yield
    finally:
        nodes.ask("b", "SELECT pg_wal_replay_resume()")
        caught_up(nodes)


def name_it(nodes, name):
    """Another program writes to the server that leads."""
    nodes.ask("a", f"UPDATE users SET _name = '{name}' WHERE id = 1")


def name_of(browser, **options):
    return browser.get("/api/users/1", **options).json["name"]


def test_a_visitor_reads_from_the_reader(visitor, nodes):
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        assert name_of(visitor) == "Thomas Edison"
    assert name_of(visitor) == "Somebody Else"


def test_visitors_need_nothing_of_the_server_that_leads(visitor, nodes):
    visitor.get("/users?search=hed")  # which folds what another program has typed
    caught_up(nodes)
    nodes.freeze("a")
    try:
        for path in ("/", "/users", "/users?search=hed", "/posts", "/api/jokes/random"):
            visitor.get(path, status=200)
    finally:
        nodes.thaw("a")


def test_whoever_has_written_sees_it_while_others_do_not_see_it_yet(visitor, member, nodes):
    with standing_still(nodes):
        member.post_json("/api/posts", {"note": "Just written"}, status=201)
        assert member.get("/api/posts?limit=1&sort=-id").json["posts"][0]["note"] == "Just written"
        assert visitor.get("/api/posts?limit=1&sort=-id").json["posts"][0]["note"] != "Just written"
    assert visitor.get("/api/posts?limit=1&sort=-id").json["posts"][0]["note"] == "Just written"


def test_whoever_has_written_reads_from_the_reader_as_soon_as_it_has_that(member, nodes):
    member.post_json("/api/posts", {"note": "Just written"}, status=201)
    caught_up(nodes)
    assert member.get("/api/posts?limit=1&sort=-id").json["posts"][0]["note"] == "Just written"
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        assert name_of(member) == "Thomas Edison"


def test_whoever_signs_up_is_shown_their_page_at_once(visitor, nodes):
    with standing_still(nodes):
        form = visitor.get("/users/new").forms["new-user"]
        form["name"], form["uid"], form["password"] = "Ada Lovelace", "ada", "difference engine"
        page = form.submit(status=303).follow(status=200)
        assert "Ada Lovelace" in page


def test_whoever_has_logged_out_is_logged_out_although_the_reader_does_not_know_it(member, nodes):
    with standing_still(nodes):
        page = member.get("/").forms["logout"].submit().follow()
        assert "Log in" in page


def test_a_token_reads_from_the_server_that_leads_unless_its_program_keeps_cookies(site, member, nodes):
    with database.connection_context():
        _, token = Session.start(User.get(uid="niko"), "script", "A script")
    caught_up(nodes)
    headers, forgetful, jar = {"Authorization": f"Bearer {token}"}, TestApp(site), TestApp(site)
    name_of(jar, headers=headers)
    caught_up(nodes)
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        assert name_of(forgetful, headers=headers) == "Somebody Else"
        assert name_of(jar, headers=headers) == "Thomas Edison"
        jar.post_json("/api/posts", {"note": "Just written"}, headers=headers, status=201)
        assert name_of(jar, headers=headers) == "Somebody Else"


@pytest.mark.parametrize(
    ("position", "name"),
    [
        ("0", "Thomas Edison"),
        ("9" * 19, "Somebody Else"),
        ("9" * 5000, "Somebody Else"),
        ("-1", "Somebody Else"),
        ("1; written=x", "Somebody Else"),
        ("\u0661", "Somebody Else"),
    ],
)
def test_a_made_up_position_only_says_which_server_is_read(visitor, nodes, position, name):
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        cookie = {"Cookie": f"written={position}".encode().decode("latin-1")}
        assert name_of(visitor, headers=cookie) == name


def test_a_made_up_position_does_not_make_the_site_forget_its_answers(visitor, site, nodes):
    with standing_still(nodes):
        name_of(visitor)
        version = site.memory.version
        name_of(visitor, headers={"Cookie": f"written={'9' * 19}"})
        assert site.memory.version == version


def test_an_answer_of_the_reader_is_remembered_as_one_of_the_reader(visitor, nodes):
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        assert [name_of(visitor), name_of(visitor)] == ["Thomas Edison"] * 2
        database.obj.standbys.all[0].take_out()
        assert [name_of(visitor), name_of(visitor)] == ["Somebody Else"] * 2
        database.obj.standbys.all[0].look()
        assert [name_of(visitor), name_of(visitor)] == ["Thomas Edison"] * 2
    assert name_of(visitor) == "Somebody Else"


def test_what_a_reader_cannot_do_is_done_by_the_server_that_leads(visitor, nodes):
    name_it(nodes, "Čapek")
    caught_up(nodes)
    assert [row["name"] for row in visitor.get("/api/users?search=capek").json["users"]] == ["Čapek"]
    visitor.get("/health", status=200)


def test_a_page_for_a_member_notes_when_they_were_here(member, nodes):
    long_ago(nodes)
    member.get("/", status=200)
    assert nodes.ask("a", "SELECT min(last_used) < '2001-01-01' FROM sessions") == [(False,)]


def test_members_read_on_while_no_server_leads(member, nodes):
    long_ago(nodes)
    assert "Nikola" in member.get("/", status=200)
    long_ago(nodes)
    nodes.freeze("a")
    try:
        assert "Nikola" in member.get("/", status=200)
    finally:
        nodes.thaw("a")


def long_ago(nodes):
    """Everyone was here last."""
    nodes.ask("a", "UPDATE sessions SET last_used = '2000-01-01'")
    caught_up(nodes)


def test_a_reader_that_dies_is_asked_no_more_and_comes_back(visitor, nodes):
    assert name_of(visitor) == "Thomas Edison"
    nodes.kill("b")
    name_it(nodes, "Somebody Else")
    assert name_of(visitor) == "Somebody Else"
    assert not database.obj.standbys.all[0].is_well
    nodes.start("b")
    caught_up(nodes)
    database.obj.standbys.look_around()
    with standing_still(nodes):
        name_it(nodes, "Nobody")
        assert name_of(visitor) == "Somebody Else"


def test_a_frozen_reader_holds_nobody_up_once_it_is_seen(visitor, nodes):
    assert name_of(visitor) == "Thomas Edison"
    nodes.freeze("b")
    try:
        database.obj.standbys.look_around()
        begun = monotonic()
        visitor.get("/users", status=200)
        assert monotonic() - begun < 1
    finally:
        nodes.thaw("b")


def test_a_late_reader_is_asked_no_more(visitor, nodes):
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        assert name_of(visitor) == "Thomas Edison"
        readers = database.obj.standbys
        readers.look_around()
        readers.places[0] = (readers.places[0][0] - 60, nodes.log_position("a") or readers.places[-1][1])
        readers.look_around()
        assert name_of(visitor) == "Somebody Else"


def test_a_server_that_leads_is_no_reader(site, settings, nodes):
    visitor = TestApp(create_app(replace(settings, database_readers=(nodes.url("a", "b"),))))
    with standing_still(nodes):
        name_it(nodes, "Somebody Else")
        assert name_of(visitor) == "Thomas Edison"
    assert [reader.is_well for reader in database.obj.standbys.all].count(True) == 1
