"""Where the pictures are is gone for ten seconds, while people write; the site goes on."""

import time

import pytest

from tests.chaos.bucket import bucket
from tests.chaos.cluster import cluster
from tests.chaos.outcome import Outcome
from tests.chaos.site import site
from tests.chaos.writers import DONE, writers

QUICK = 3  # seconds after which all must be well again


@pytest.fixture
def nodes():
    with cluster(standbys=0) as made:
        yield made


@pytest.mark.parametrize("state", ["cut", "silent"])
def test_the_pictures_are_gone(nodes, state, tmp_path, report):
    """The bucket of the pictures is out of reach for 10 s."""
    with bucket() as (line, settings), site(tmp_path, nodes.url(), **settings) as served:
        with writers(served.port) as those:
            line.become(state)
            begun = time.monotonic()
            time.sleep(10)
            line.become("open")
            since = time.monotonic()
            time.sleep(5)
        assert served.process.poll() is None
        outcome = Outcome(those, nodes.url(), since)
    looks = {path: outcome.looked_at(path, begun, since) for path in ("/static/style.css", "/posts", "/health")}
    longest = {path: max(seconds for seconds, _ in those) for path, those in looks.items()}
    report(outcome.figures() | {"line": state} | {f"longest {path}": f"{longest[path]:.2f} s" for path in longest})
    assert sum(sent.has_picture for sent in outcome.acknowledged) > 20
    assert (outcome.lost, outcome.without_picture, outcome.doubled) == ([], [], [])
    assert (outcome.refused_but_there, outcome.not_known) == ([], [])
    assert {sent.statuses[0] for sent in those.rows if not sent.has_picture} <= set(DONE)
    assert {status for path in looks for _, status in looks[path]} == {200}
    assert max(longest["/static/style.css"], longest["/posts"]) < 1
    assert outcome.failures_after(QUICK) == []
