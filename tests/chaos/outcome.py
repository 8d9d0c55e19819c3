"""What became of all that writers were told: lost, doubled, in doubt, and how long nobody was served."""

import json
from collections import Counter

import psycopg

from tests.chaos.site import ask
from tests.chaos.writers import DONE, IN_DOUBT, NO_ANSWER


class Outcome:
    """`since` is the moment from which on all should be well: a promotion, or a database that is back."""

    def __init__(self, those, url, since):
        self.those, self.since = those, since
        self.acknowledged = [sent for sent in those.rows if sent.is_acknowledged]
        self.done = sorted(answer.ended for answer in those.answers if answer.status in DONE)
        there = notes_in(url)
        self.lost = [sent.note for sent in self.acknowledged if not there[sent.note]]
        self.refused_but_there = [sent.note for sent in those.rows if is_refused(sent) and there[sent.note]]
        self.without_picture = [
            sent.note for sent in self.acknowledged if sent.has_picture and not shows_picture(those.port, sent)
        ]
        in_doubt = [sent for sent in those.rows if not sent.is_acknowledged and not is_refused(sent)]
        self.in_doubt, self.kept_of_them = len(in_doubt), sum(there[sent.note] for sent in in_doubt)
        self.not_known = those.resend_what_is_not_known()
        self.doubled = [note for note, count in notes_in(url).items() if count > 1]

    @property
    def longest_gap(self):
        """Between two rows that were acknowledged, of whichever writer."""
        return max(later - earlier for earlier, later in zip(self.done, self.done[1:], strict=False))

    @property
    def gap_since(self):
        """From the moment on until the first row was acknowledged that had been sent after it, or before it."""
        return min(ended for ended in self.done if ended > self.since) - self.since

    def failures_after(self, seconds):
        """What was sent so long after the moment, and not acknowledged."""
        sent = [answer for answer in self.those.answers if answer.begun > self.since + seconds]
        assert len(sent) > 10, "too little was sent after it"
        return [(answer.status, answer.words) for answer in sent if answer.status not in DONE]

    def looked_at(self, path, begun, ended):
        """How long each look at `path` took, and its status, of those between the two moments."""
        return [
            (until - since, status)
            for where, since, until, status in self.those.looks
            if where == path and begun < since and until < ended
        ]

    def figures(self):
        statuses = Counter(answer.status for answer in self.those.answers)
        return {
            "acknowledged": len(self.acknowledged),
            "lost": len(self.lost) + len(self.without_picture),
            "doubled": len(self.doubled),
            "in doubt": f"{self.in_doubt} ({self.kept_of_them} kept)",
            "said so": sum(IN_DOUBT in answer.words for answer in self.those.answers),
            "5xx": sum(count for status, count in statuses.items() if status >= 500),
            "no answer": statuses[NO_ANSWER],
            "longest gap": f"{self.longest_gap:.2f} s",
            "gap since": f"{self.gap_since:.2f} s",
        }


def is_refused(sent):
    """Each answer said that nothing was kept."""
    return not sent.is_acknowledged and not sent.is_in_doubt


def notes_in(url):
    with psycopg.connect(url) as connection:
        return Counter(note for (note,) in connection.execute("SELECT note FROM posts"))


def shows_picture(port, sent):
    image = json.loads(ask(port, "GET", sent.location)[2])["image"]
    if not image:
        return False
    status, _, content = ask(port, "GET", image["url"])
    return status == 200 and content.startswith(b"\x89PNG")
