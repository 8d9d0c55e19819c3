"""Several processes answer requests at one socket. Their parent answers none: it starts them, watches and ends them."""

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from routes.shared.log import log, write_log
from routes.shared.seat import HEARD, STOPS, Family, Seat
from routes.shared.serving import FINISH_SECONDS, greet

PATIENCE = FINISH_SECONDS + 2.5  # seconds, in which all should have finished when they are drained


def run_processes(
    count: int, make_server: Callable[[], Any], listener: socket.socket, greeting: str, drain_seconds: float = 0
) -> None:
    """Let so many processes answer until SIGTERM or Ctrl-C, and wait for them. A second Ctrl-C kills them.

    Each makes a server of its own at the one `listener`. SystemExit when they were killed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # else some systems tell nobody
    write_log()  # without a thread, as a process that has some must not fork
    gc.freeze()  # what is here now is looked at no more, so that the processes share its memory
    family = Family(count, make_server, drain_seconds)
    seats = [Seat(number, family) for number in range(count)]
    start_due(seats)
    greet(greeting)
    while signal.sigwait(HEARD) not in STOPS:
        note_ended(seats)
        start_due(seats)
    listener.close()
    end_all({seat.pid for seat in seats if seat.pid}, drain_seconds)


def start_due(seats: list[Seat]) -> None:
    """Start a process wherever it is time to, and wake up for the next one."""
    for seat in seats:
        if not seat.pid and seat.due <= time.monotonic():
            seat.start()
    waits = [max(0.001, seat.due - time.monotonic()) for seat in seats if not seat.pid]
    signal.setitimer(signal.ITIMER_REAL, min(waits, default=0))


def note_ended(seats: list[Seat]) -> None:
    """Free the seats of those who have died, and say so. The first process of a container is told of others, too."""
    for pid, code in ended():
        for seat in seats:
            if seat.pid == pid:
                how = f"exit code {code}" if code >= 0 else f"signal {-code}"
                log.error("Process %d has ended (%s); another one starts in %.1f s", pid, how, seat.leave())


def ended() -> Iterator[tuple[int, int]]:
    """The ids and exit codes of processes that have ended since."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        yield pid, os.waitstatus_to_exitcode(status)


def end_all(pids: set[int], drain_seconds: float) -> None:
    """Tell all to finish, and wait. A second SIGTERM is theirs, too. SystemExit when somebody could not wait."""
    tell(pids, signal.SIGTERM)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE + drain_seconds)
    is_hurried = False
    while pids := pids - {pid for pid, _ in ended()}:
        heard = signal.sigwait(HEARD)
        is_hurried = is_hurried or heard == signal.SIGINT
        if heard != signal.SIGCHLD:
            tell(pids, signal.SIGTERM if heard == signal.SIGTERM else signal.SIGKILL)
    if is_hurried:
        sys.exit(130)


def tell(pids: Iterable[int], number: int) -> None:
    """Send a signal to each of them."""
    for pid in pids:
        os.kill(pid, number)
