"""Sites on https with names of their own, so that one is another site for the browser: folders, and what is behind TLS.

One server has all of them, as a proxy in front of them would. The browser takes each name in `.test` to it.
"""

import http.client
import threading
from contextlib import closing, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

ONE_HOP = ("connection", "keep-alive", "transfer-encoding")


class Front(SimpleHTTPRequestHandler):
    """Answers with the files of a folder, or with what the server at a port answers, as the Host says."""

    def do_GET(self):
        place = self.server.sites.get(self.headers["Host"])
        if isinstance(place, Path):
            self.directory = str(place)
            super().do_GET()
        elif place:
            self.pass_on(place)
        else:
            self.send_error(502)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the names of http.server

    def pass_on(self, port):
        headers = dict(self.headers) | {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
        self.server.asked.append((self.command, f"https://{headers['Host']}{self.path}", self.headers))
        body = self.rfile.read(int(headers.get("Content-Length", 0)))
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                content = answer.read()
        except OSError:
            self.send_error(502)
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ONE_HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class FrontServer(ThreadingHTTPServer):
    """`sites` may be changed while it runs: a folder, or a port, by host. `asked` has what was passed on."""

    daemon_threads = True

    def __init__(self, certificate):
        super().__init__(("127.0.0.1", 0), Front)
        self.sites, self.asked = {}, []
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, *_):
        """A browser has ended a connection."""


@contextmanager
def front_server(certificate):
    with FrontServer(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def arguments(front):
    """What a browser is started with, so that `https://any.test` leads to `front`."""
    return ["--no-sandbox", f"--host-resolver-rules=MAP *.test 127.0.0.1:{front.server_port}"]
