"""One of several processes, from its start to its end, and who takes its seat when it has died."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn

from models.shared.cores import cores
from models.shared.database import copy_log_soon, database
from routes.shared.log import log
from routes.shared.serving import answer_requests
from routes.shared.spread import Spread

STOPS = {signal.SIGTERM, signal.SIGINT}
HEARD = {*STOPS, signal.SIGCHLD, signal.SIGALRM}  # by the parent, which waits for them: none interrupts it
STEADY_SECONDS = 10  # who lives for so long was well
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30


class Family:
    """What the processes have from their parent: how each makes its server, and what tells whether it is there."""

    def __init__(self, count: int, make_server: Callable[[], Any], drain_seconds: float) -> None:
        self.make_server, self.drain_seconds = make_server, drain_seconds
        self.spread = Spread(count)
        self.lifeline, self.end_of_parent = os.pipe()


class Seat:
    """Where one process after the other sits: who it is and since when, or when the next one is due."""

    def __init__(self, number: int, family: Family) -> None:
        self.number, self.family = number, family
        self.pid = 0
        self.started = self.due = time.monotonic()
        self.pause = 0.0

    def start(self) -> None:
        """A new process sits here, and answers requests."""
        self.started = time.monotonic()
        try:
            self.pid = os.fork()
        except OSError as error:
            log.error("No process can be started (%s); tried again in %.1f s", error.strerror, self.leave())
        else:
            if not self.pid:
                self.live()

    def leave(self) -> float:
        """Nobody sits here. The seconds until the next one starts, more each time as long as they die young."""
        now = time.monotonic()
        is_young = now < self.started + STEADY_SECONDS
        self.pause = min(max(FIRST_PAUSE, self.pause * 2), LONGEST_PAUSE) if is_young else FIRST_PAUSE
        self.pid, self.due = 0, now + self.pause
        return self.pause

    def live(self) -> NoReturn:
        """What the new process does; it ends here, whatever happens."""
        code = 1
        try:
            self.begin()
            server = self.family.make_server()
            self.family.spread.join(server, self.number)
            answer_requests(server, drain_seconds=self.family.drain_seconds)
            database.close_idle()  # whoever is the last to close SQLite's file makes it complete
            code = 0
        except BaseException:  # noqa: BLE001 - it must not go on as a second parent
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(code)

    def begin(self) -> None:
        """Put off what is the parent's."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD - STOPS)  # the others when it can obey
        log.handlers.clear()
        cores.share_one(os.getppid() + self.number)
        os.close(self.family.end_of_parent)
        threading.Thread(target=self.follow_parent, daemon=True).start()
        if self.pause:
            copy_log_soon()  # the one before had perhaps no time for it

    def follow_parent(self) -> None:
        """End in order when the parent is gone, also by `kill -9`: nobody holds the other end of the lifeline then."""
        os.read(self.family.lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)
