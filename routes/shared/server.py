"""The server of `python app.py`: waitress, in which nobody takes the room of all others."""

import re
import socket
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer

MEBIBYTE = 1024 * 1024
LARGEST_REQUEST = 20 * MEBIBYTE  # well above what the site takes, so that the site can refuse it with a page
MOST_CLIENTS = 900  # whose connections are open at once: many a system lets a process have 1,024 files
MOST_OF_ONE = 450  # connections of one address, behind which a whole school may be
MOST_UNFINISHED = 512 * MEBIBYTE  # of bodies that are still being sent: they are on the disk
MOST_UNFINISHED_OF_ONE = 192 * MEBIBYTE  # more than the pictures of a class at once
SLOW_SECONDS = 30  # a client that sends nothing for so long is gone


class Parser(HTTPRequestParser):
    """Takes an address in raw UTF-8, too, as browsers once sent it. Without this it gets no answer of ours."""

    def parse_header(self, header_plus: bytes) -> None:
        """As waitress's, with the bytes of the first line that are not ASCII quoted."""
        first, end, rest = header_plus.partition(b"\r\n")
        super().parse_header(re.sub(b"[\x80-\xff]+", lambda raw: quote(raw[0]).encode(), first) + end + rest)


class Channel(HTTPChannel):
    """One connection. Where there are too many, or too much is unfinished, the quietest one gives way."""

    parser_class = Parser

    def __init__(self, server: Any, sock: socket.socket, address: Any, *args: Any, **more: Any) -> None:
        super().__init__(server, sock, address, *args, **more)
        self.host = "" if server.trusted_proxy in ("*", address[0]) else address[0]  # a proxy is everybody
        keep_to_limits([each for each in server.active_channels.values() if not each.will_close], self.host)

    def received(self, data: bytes) -> bool:
        """As waitress's. True when the data was taken."""
        is_taken = bool(super().received(data))
        if self.unfinished > self.adj.inbuf_overflow:  # what is less is in memory
            channels = [each for each in self.server.active_channels.values() if not each.will_close]
            bound_bodies(channels, self.host, self.server.most_unfinished)
        return is_taken

    def handle_close(self) -> None:
        """As waitress's, for a request that is unfinished, too."""
        super().handle_close()
        if self.request:
            self.request.close()  # its file, too

    @property
    def unfinished(self) -> int:
        """How many bytes of a body have come, of which there is more to come."""
        return self.request.body_bytes_received if self.request else 0


def keep_to_limits(channels: list[Channel], host: str) -> None:
    """Let a connection of `host` go when it has too many, or when all are too many: one of who has the most."""
    most = Counter(each.host for each in channels).most_common(1)[0][0]
    own = [each for each in channels if each.host == host]
    if host and len(own) > MOST_OF_ONE:
        let_go(own)
    elif len(channels) > MOST_CLIENTS:
        let_go(each for each in channels if each.host == most)


def bound_bodies(channels: list[Channel], host: str, most: int) -> None:
    """Let an unfinished body go when those of `host`, or all together, are too large: `most` bytes."""
    large = [each for each in channels if each.unfinished]
    own = [each for each in large if each.host == host]
    if host and sum(each.unfinished for each in own) > MOST_UNFINISHED_OF_ONE:
        let_go(own)
    elif sum(each.unfinished for each in large) > most:
        let_go(large)


def let_go(channels: Iterable[Channel]) -> None:
    """Close the one that has been quiet for the longest, and is not being answered."""
    waiting = [each for each in channels if not each.requests]
    if waiting:
        min(waiting, key=lambda each: each.last_activity).will_close = True


def bounded_server(
    site: Any, listener: socket.socket, threads: int, trusted_proxy: str = "", processes: int = 1
) -> BaseWSGIServer:
    """A server of `site` that answers so many requests at once, and begins when its loop is run.

    Where there are several `processes`, they have one disk, but each the files and connections that a system gives it.
    """
    server = waitress.create_server(
        site,
        sockets=[listener],
        threads=threads,
        clear_untrusted_proxy_headers=False,  # the site reads what they say, on every server
        ident=None,
        connection_limit=MOST_CLIENTS + 50,  # those that are about to be closed, too
        channel_timeout=SLOW_SECONDS,
        cleanup_interval=SLOW_SECONDS // 3,
        asyncore_use_poll=True,
        max_request_body_size=LARGEST_REQUEST,
    )
    server.channel_class, server.trusted_proxy = Channel, trusted_proxy
    server.most_unfinished = max(MOST_UNFINISHED // processes, MOST_UNFINISHED_OF_ONE)
    return server
