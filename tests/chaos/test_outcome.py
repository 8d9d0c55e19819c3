"""What is lost, doubled or only seemingly refused would be found."""

import time

from tests.chaos.cluster import cluster
from tests.chaos.outcome import Outcome
from tests.chaos.site import site
from tests.chaos.writers import writers

AGAIN = 'INSERT INTO posts (note, "userID", created) SELECT note, "userID", created FROM posts'


def test_what_went_wrong_is_found(tmp_path):
    with cluster(standbys=0) as nodes, site(tmp_path, nodes.url()) as served:
        with writers(served.port, seconds_before=1) as those:
            since = time.monotonic()
            time.sleep(1)
        lost, twice, picture, lied_to = [sent for sent in those.rows if sent.is_acknowledged][:4]
        nodes.ask("a", f"DELETE FROM posts WHERE note = '{lost.note}'")
        nodes.ask("a", f"{AGAIN} WHERE note = '{twice.note}'")
        picture.has_picture = True
        lied_to.statuses[:] = [503]
        outcome = Outcome(those, nodes.url(), since)
    assert (outcome.lost, outcome.doubled) == ([lost.note], [twice.note])
    assert (outcome.without_picture, outcome.refused_but_there) == ([picture.note], [lied_to.note])
    assert outcome.gap_since < 1
