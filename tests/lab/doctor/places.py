"""Places for the doctor: the site behind something that stands in the way, on a port of this machine."""

import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from urllib.parse import unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    certificate = None

    def get_request(self):
        connection, address = super().get_request()
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            connection = context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, *_):
        """Somebody did not accept the certificate."""


class Quiet(WSGIRequestHandler):
    def get_environ(self):
        https = "on" if self.server.certificate else "off"
        path = unquote(self.requestline.split(" ")[1].partition("?")[0], "latin-1")  # with all its slashes
        return super().get_environ() | {"HTTPS": https, "PATH_INFO": path}

    def log_message(self, *_):
        pass


@contextmanager
def served(application, certificate=None):
    """The port at which it is served, over https where there is a certificate."""
    with Server(("127.0.0.1", 0), Quiet) as host:
        host.certificate = certificate
        host.set_app(application)
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield host.server_port
        finally:
            host.shutdown()
            thread.join()


def self_made(folder):
    """A certificate for this machine that nobody knows, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl here")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def answering(status, *headers, body=b""):
    """An application that always says the same."""

    def application(_environ, start):
        start(status, [("Content-Length", str(len(body))), *headers])
        return [body]

    return application


def changed(site, request=lambda environ: None, answer=lambda headers: headers):
    """The site behind something that changes what goes in, or the headers that come out."""

    def application(environ, start):
        request(environ)
        return site(environ, lambda status, headers, exc_info=None: start(status, answer(headers), exc_info))

    return application
