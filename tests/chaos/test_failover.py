"""The primary dies, is frozen, is restarted or becomes a standby, while people write; the site goes on."""

import time

import pytest

from tests.chaos.cluster import cluster
from tests.chaos.outcome import Outcome
from tests.chaos.site import site
from tests.chaos.writers import writers

ALL = {"target_session_attrs": "read-write", "connect_timeout": 2}
DATABASE_SECONDS = 5  # as it is when nobody sets it
QUICK = 3  # seconds after which all must be well again


@pytest.fixture
def nodes():
    with cluster(standbys=2) as made:
        yield made


@pytest.fixture
def served(nodes, tmp_path):
    with site(tmp_path, nodes.url(**ALL)) as started:
        yield started


def nothing_is_lost(those, served, nodes, since):
    """What holds whatever happens; gives the `Outcome`, for more."""
    outcome = Outcome(those, nodes.url(nodes.primary), since)
    assert served.process.poll() is None, "the site has ended"
    assert len(outcome.acknowledged) > 50
    assert (outcome.lost, outcome.without_picture, outcome.doubled) == ([], [], [])
    assert (outcome.refused_but_there, outcome.not_known) == ([], [])
    return outcome


def test_the_primary_is_killed(served, nodes, report):
    """The primary is killed, and a standby is promoted a second later."""
    with writers(served.port) as those:
        nodes.kill("a")
        time.sleep(1)  # until somebody has noticed
        nodes.promote()
        since = time.monotonic()
        time.sleep(6)
    outcome = nothing_is_lost(those, served, nodes, since)
    report(outcome.figures())
    assert outcome.gap_since <= QUICK
    assert outcome.failures_after(QUICK) == []


def test_the_primary_becomes_a_standby(served, nodes, report):
    """The primary is changed by hand, and goes on as a standby that can be read."""
    with writers(served.port) as those:
        nodes.stop("a")
        nodes.promote("b")
        since = time.monotonic()
        nodes.rejoin("a")
        time.sleep(60)
    outcome = nothing_is_lost(those, served, nodes, since)
    report(outcome.figures())
    assert nodes.ask("a", "SELECT pg_is_in_recovery()") == [(True,)]
    assert outcome.gap_since <= QUICK
    assert outcome.failures_after(QUICK) == []


def test_it_is_restarted(tmp_path, report):
    """A PostgreSQL without a standby is restarted."""
    with cluster(standbys=0) as nodes, site(tmp_path, nodes.url()) as served:
        with writers(served.port) as those:
            nodes.restart("a")
            since = time.monotonic()
            time.sleep(5)
        outcome = nothing_is_lost(those, served, nodes, since)
    report(outcome.figures())
    assert outcome.failures_after(0) == []


def test_the_primary_is_frozen(served, nodes, report):
    """The primary stands still for 20 s."""
    with writers(served.port) as those:
        nodes.freeze("a")
        frozen = time.monotonic()
        time.sleep(20)
        nodes.thaw("a")
        since = time.monotonic()
        time.sleep(5)
    outcome = nothing_is_lost(those, served, nodes, since)
    looks = {path: outcome.looked_at(path, frozen, since) for path in ("/static/style.css", "/health", "/posts")}
    longest = {path: max(seconds for seconds, _ in those) for path, those in looks.items()}
    report(outcome.figures() | {f"longest {path}": f"{seconds:.2f} s" for path, seconds in longest.items()})
    assert {status for _, status in looks["/static/style.css"]} == {200}
    assert longest["/static/style.css"] < 1
    assert {status for _, status in looks["/health"][1:]} == {503}
    assert longest["/health"] < DATABASE_SECONDS + 1
    assert outcome.failures_after(QUICK) == []


def test_a_frozen_primary_is_replaced(served, nodes, report):
    """The primary stands still, a standby is promoted, and the old one thaws and becomes a standby."""
    with writers(served.port) as those:
        nodes.freeze("a")
        time.sleep(1)
        nodes.promote()
        since = time.monotonic()
        time.sleep(10)
        nodes.thaw("a")
        nodes.stop("a")
        nodes.rejoin("a")
        time.sleep(5)
    outcome = nothing_is_lost(those, served, nodes, since)
    report(outcome.figures())
    assert outcome.gap_since <= DATABASE_SECONDS + QUICK
    assert outcome.failures_after(DATABASE_SECONDS + QUICK) == []


def test_no_standby_answers(served, nodes, report):
    """The standbys are gone for 10 s, so nothing is committed."""
    with writers(served.port) as those:
        gone = nodes.standbys
        for name in gone:
            nodes.kill(name)
        begun = time.monotonic()
        time.sleep(10)
        for name in gone:
            nodes.start(name)
        since = time.monotonic()
        time.sleep(5)
    outcome = nothing_is_lost(those, served, nodes, since)
    report(outcome.figures())
    statics = outcome.looked_at("/static/style.css", begun, since)
    assert max(seconds for seconds, _ in statics) < 1
    assert outcome.failures_after(QUICK) == []
