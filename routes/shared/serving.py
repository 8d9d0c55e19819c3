"""Answers requests until the process is told to stop, and finishes those that are under way."""

import signal
import sys
import time
from threading import Event
from typing import Any

from routes.shared.log import start_log

FINISH_SECONDS = 3.5  # for requests in flight when the server is told to stop

is_draining = Event()  # it has been told to stop, and answers until the proxy in front has seen so
is_stopping = Event()  # whoever answers without an end sees it, and ends


def answer_requests(server: Any, greeting: str = "", drain_seconds: float = 0) -> None:
    """Greet, write the log, and answer requests until SIGTERM or Ctrl-C, and for so many seconds more."""
    log_writer = start_log()
    try:
        serve(server, greeting, drain_seconds)
    finally:
        log_writer.stop()


def serve(server: Any, greeting: str, drain_seconds: float) -> None:
    """Answer requests until SIGTERM or Ctrl-C, drain, then finish those in flight. A second signal drains no longer."""
    stopping: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        stopping.append(number)
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})  # whoever let them wait until here
    if greeting:
        greet(greeting)
    while not stopping:
        turn(server, seconds=1)
    is_draining.set()
    until = time.monotonic() + drain_seconds
    while len(stopping) < 2 and time.monotonic() < until:
        turn(server, seconds=0.1)
    finish(server)


def greet(greeting: str) -> None:
    """Print it. A path may have letters that the terminal does not know."""
    print(greeting.encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding), flush=True)


def turn(server: Any, seconds: float) -> None:
    """Wait for the network once, and deal with what came."""
    server.asyncore.loop(timeout=seconds, map=server._map, use_poll=True, count=1)


def finish(server: Any) -> None:
    """Take no new connection, and send the answers that are under way."""
    is_stopping.set()
    until = time.monotonic() + FINISH_SECONDS
    server.accepting = False
    server.socket.close()
    for channel in server.active_channels.values():
        channel.readable = lambda: False  # no further request on a connection that is kept alive
    while is_busy(server) and time.monotonic() < until:
        turn(server, seconds=0.05)
    server.task_dispatcher.shutdown(timeout=1)


def is_busy(server: Any) -> bool:
    """Whether an answer is not sent yet."""
    return any(channel.requests or channel.total_outbufs_len for channel in server.active_channels.values())
