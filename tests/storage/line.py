"""A line to a server of objects, which may be cut, silent, or lose what the server answers."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """`state` is `open`, `cut` (nobody takes a connection), `silent` (nobody answers), `deaf` (the answer is lost), or
    `half` (of what is sent, half comes through). `asked` counts connections, `kept_waiting` the silent ones."""

    def __init__(self, url):
        self.target = (urlsplit(url).hostname, urlsplit(url).port)
        self.state, self.asked, self.sent = "open", 0, b""
        self.half_way, self.kept_waiting = threading.Event(), threading.Semaphore(0)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.open_ones = []

    def __enter__(self):
        threading.Thread(target=self.listen, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.listener.close()
        self.hang_up()

    def become(self, state):
        """Those who talk just now are cut off."""
        self.state = state
        self.hang_up()

    def hang_up(self):
        while self.open_ones:
            with suppress(OSError):
                self.open_ones.pop().shutdown(socket.SHUT_RDWR)

    def listen(self):
        with suppress(OSError):
            while True:
                here, _ = self.listener.accept()
                self.asked += 1
                self.open_ones.append(here)
                threading.Thread(target=self.talk, args=(here,), daemon=True).start()

    def talk(self, here):
        with here, suppress(OSError):
            if self.state == "cut":
                return
            with socket.create_connection(self.target) as there:
                self.open_ones.append(there)
                if self.state == "silent":
                    self.kept_waiting.release()
                threading.Thread(target=self.answer, args=(there, here), daemon=True).start()
                while piece := here.recv(65536):
                    self.sent += piece
                    if self.state == "half":
                        there.sendall(piece[: len(piece) // 2])
                        self.half_way.set()
                        threading.Event().wait(10)
                        return
                    if self.state != "silent":
                        there.sendall(piece)

    def answer(self, there, here):
        with suppress(OSError):
            while piece := there.recv(65536):
                if self.state == "deaf" and not piece.startswith(b"HTTP/1.1 100"):
                    self.state = "open"
                    here.shutdown(socket.SHUT_RDWR)
                    return
                if self.state != "silent":
                    here.sendall(piece)
