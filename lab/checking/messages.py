"""Lines of JSON between the judge and the process of a student, over a socket: neither is waited for for ever."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

MOST_OF_A_MESSAGE = 4 * 1024 * 1024  # bytes


class Silent(Exception):
    """Nothing came in time."""


class Gone(Exception):
    """Nobody is there any more, or what came is no message."""


class Messages:
    """One end of the socket."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.left = b""

    def send(self, message: dict[str, Any]) -> None:
        """Gone when nobody is there."""
        try:
            self.line.sendall(json.dumps(message).encode() + b"\n")
        except (OSError, TypeError, ValueError):
            raise Gone from None

    def receive(self, seconds: float | None = None) -> dict[str, Any]:
        """The next one. Silent when none comes within so many seconds, Gone for anything that is none."""
        until = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self.left:
            self.left += self.more(until)
            if len(self.left) > MOST_OF_A_MESSAGE:
                raise Gone
        line, self.left = self.left.split(b"\n", 1)
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            raise Gone from None
        if not isinstance(message, dict):
            raise Gone
        return message

    def more(self, until: float | None) -> bytes:
        """What comes next."""
        try:
            self.line.settimeout(None if until is None else max(until - time.monotonic(), 0.001))
            found = self.line.recv(1 << 16)
        except TimeoutError:
            raise Silent from None
        except OSError:
            raise Gone from None
        if not found:
            raise Gone
        return found

    def received(self) -> Iterator[dict[str, Any]]:
        """One after the other, as long as somebody sends them."""
        while True:
            try:
                yield self.receive()
            except Gone:
                return
