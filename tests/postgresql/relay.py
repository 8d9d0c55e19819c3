"""Stands between a site and PostgreSQL, so that a test says when the line is cut, or silent."""

import re
import socket
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Relay:
    """`cut_after` is what the server still hears before the line is cut, once; with `stays_silent` nothing comes
    through after it. Nothing does, and nobody is told, while `goes_on` is not set. `silent_after` is what the server
    still hears before it says nothing more on that line, once: other lines go on.
    """

    def __init__(self, url):
        parts = urlsplit(url)
        self.server = parts.hostname, parts.port or 5432
        self.listener = socket.create_server(("127.0.0.1", 0))
        here = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.url = re.sub(r"//(.*@)?[^/]*/", lambda found: f"//{found[1] or ''}{here}/", url, count=1)
        self.cut_after, self.stays_silent, self.lines = None, False, []
        self.silent_after, self.silent = None, set()
        self.goes_on = threading.Event()
        self.goes_on.set()
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(self.server)
                self.lines += [client, server]
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self.pass_on, args=ends, daemon=True).start()

    def pass_on(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                self.goes_on.wait()
                if source in self.silent:
                    continue
                if self.silent_after and self.silent_after in data:
                    self.silent_after = None
                    self.silent.add(target)
                is_last = self.cut_after and self.cut_after in data
                if is_last:
                    self.cut_after = None
                    source.shutdown(socket.SHUT_RDWR)  # so that no answer comes back
                target.sendall(data)
                if is_last and self.stays_silent:
                    self.goes_on.clear()
                if is_last:
                    target.shutdown(socket.SHUT_WR)
                    return
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.goes_on.set()
        for each in [self.listener, *self.lines]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def relay_to(url):
    relay = Relay(url)
    try:
        yield relay
    finally:
        relay.close()
