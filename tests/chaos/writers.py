"""Clients that post rows and pictures all the time, and note what they were told.

Each row has a text of its own, which is its one-time key, too. Half of the writers are patient: they send the same
again until they know. The others go on with the next one, as people do who give up.
"""

import json
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread

from tests.chaos.site import PATIENCE, ask, post_json
from tests.drawn import png

PAUSE = 0.02  # between two rows of a writer: what is looked for is loss, not speed
PAUSE_AFTER_FAILURE = 0.1
DONE = (201, 303)
NO_ANSWER = 0  # a status of ours
IN_DOUBT = "Nobody can say just now whether this was saved."


@dataclass
class Sent:
    """One row: what was answered to it, one time after another."""

    note: str
    has_picture: bool
    statuses: list = field(default_factory=list)
    location: str = ""
    is_in_doubt: bool = False  # an answer did not come, or said so

    @property
    def is_acknowledged(self):
        return bool(self.statuses) and self.statuses[-1] in DONE


@dataclass
class Answer:
    begun: float
    ended: float
    status: int
    words: str


class Writers:
    def __init__(self, port, count=6, has_keys=True):
        self.port, self.has_keys, self.ended = port, has_keys, Event()
        self.rows, self.answers, self.looks = [], [], []
        self.tokens = [self.person(number) for number in range(count)]
        self.threads = [Thread(target=self.write, args=[number]) for number in range(count)]
        self.threads += [Thread(target=self.look, args=[path]) for path in ("/static/style.css", "/health", "/posts")]

    def person(self, number):
        name = f"writer{number}{secrets.token_hex(3)}"
        who = {"uid": name, "password": f"correct horse {name}"}
        status, _, body = post_json(self.port, "/api/users", {"name": name, **who})
        assert status == 201, body
        return json.loads(post_json(self.port, "/api/sessions", who)[2])["token"]

    def write(self, number):
        is_patient, row = number % 2 == 0, 0
        while not self.ended.is_set():
            row += 1
            sent = Sent(f"{number} wrote {row} {secrets.token_hex(4)}", has_picture=row % 4 == 0)
            self.rows.append(sent)
            self.send(sent, number)
            while is_patient and not sent.is_acknowledged and not self.ended.is_set():
                self.ended.wait(PAUSE_AFTER_FAILURE)
                self.send(sent, number)
            self.ended.wait(PAUSE if sent.is_acknowledged else PAUSE_AFTER_FAILURE)

    def send(self, sent, number):
        begun, words = time.monotonic(), ""
        try:
            status, headers, body = self.post(sent, self.tokens[number])
            sent.location = headers.get("Location") or sent.location
            words = body.decode()[:300] if status not in DONE else ""
        except (OSError, HTTPException) as error:
            status, words = NO_ANSWER, repr(error)
        sent.statuses.append(status)
        sent.is_in_doubt |= status == NO_ANSWER or IN_DOUBT in words
        self.answers.append(Answer(begun, time.monotonic(), status, words))

    def post(self, sent, token):
        headers = {"Authorization": f"Bearer {token}"}
        headers |= {"Idempotency-Key": sent.note} if self.has_keys else {}
        if not sent.has_picture:
            return post_json(self.port, "/api/posts", {"note": sent.note}, headers)
        part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        picture = part % (b"image", b'; filename="a.png"', png())
        body = part % (b"note", b"", sent.note.encode()) + picture + b"--x--\r\n"
        headers["Content-Type"] = "multipart/form-data; boundary=x"
        return ask(self.port, "POST", "/api/posts", body, headers)

    def look(self, path):
        while not self.ended.is_set():
            begun = time.monotonic()
            try:
                status = ask(self.port, "GET", path)[0]
            except (OSError, HTTPException):
                status = NO_ANSWER
            self.looks.append((path, begun, time.monotonic(), status))
            self.ended.wait(0.1)

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=PATIENCE * 2)
            assert not thread.is_alive(), "a client waits without an end"

    def resend_what_is_not_known(self):
        """As a person who comes back; all of it must be there once afterwards."""
        for sent in self.rows:
            if not sent.is_acknowledged:
                self.send(sent, int(sent.note.split()[0]))
        return [sent for sent in self.rows if not sent.is_acknowledged]


@contextmanager
def writers(port, seconds_before=2.0, **more):
    """Writers that are at it for so long before anything happens to them, and end with the `with`."""
    those = Writers(port, **more)
    for thread in those.threads:
        thread.start()
    try:
        time.sleep(seconds_before)
        yield those
    finally:
        those.end()
