"""Tells a page as soon as there is a new request, by server-sent events. Each page that listens holds a thread."""

import time
from collections.abc import Iterator
from threading import Lock

from lab.records import Records
from models.shared.room import room
from routes.shared.serving import is_stopping

MOST_LISTENERS = 4
THREADS_FOR_ONE = 8  # of the server's threads, so that few are taken from those who ask
LISTENING_SECONDS = 25  # then the browser asks again
LOOK_AROUND = 0.5  # seconds until we see whether the site shall stop
SIGN_OF_LIFE = 5  # seconds: to a browser that has gone it cannot be sent


class Listeners:
    """The pages that listen."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.now = 0
        self.seconds: float = LISTENING_SECONDS

    def enter(self) -> bool:
        """Whether there is a place for one more."""
        with self.lock:
            if self.now >= min(MOST_LISTENERS, room.most // THREADS_FOR_ONE):
                return False
            self.now += 1
            return True

    def leave(self) -> None:
        """One has gone."""
        with self.lock:
            self.now -= 1

    def events(self, records: Records, known: int) -> Iterator[str]:
        """The number of the newest request whenever it is another than the one that is `known`; for some seconds."""
        try:
            until = time.monotonic() + self.seconds
            yield "retry: 1000\n\n"
            if records.newest != known:
                known = records.newest
                yield event(known)
            said = time.monotonic()
            while time.monotonic() < until and not is_stopping.is_set():
                if records.wait_for_newer(known, LOOK_AROUND):
                    known = records.newest
                    yield event(known)
                elif time.monotonic() > said + SIGN_OF_LIFE:
                    said = time.monotonic()
                    yield ": nothing new\n\n"
        finally:
            self.leave()


def event(number: int) -> str:
    """As server-sent events are written."""
    return f"id: {number}\ndata: {number}\n\n"
