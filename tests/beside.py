"""Reads while others write, to see that nobody gets what is older than what they might know."""

import threading
import time

from webtest import TestApp


def readers_beside(visitor, writes, seconds=1.5):
    """Readers compare what they get with what was committed before they asked: what was too old, and how much was done.

    They take turns with whoever writes, so that neither is kept waiting.
    """
    committed, stale, done, turn = [0], [], {"read": 0, "written": 0}, threading.Semaphore(0)
    end = time.monotonic() + seconds

    def read():
        browser = TestApp(visitor.app)
        while time.monotonic() < end:
            least = committed[0]
            name = browser.get("/api/users/1").json["name"]
            if name.isdigit() and int(name) < least:
                stale.append((name, least))
            done["read"] += 1
            turn.release()

    def write():
        for number in writes():
            committed[0] = number
            done["written"] += 1
            turn.acquire(timeout=5)
            if time.monotonic() > end:
                break

    threads = [threading.Thread(target=each) for each in (read, read, read, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return stale, done
