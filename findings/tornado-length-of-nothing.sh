#!/bin/sh
# Tornado's WSGIContainer: 204 No Content is sent with a length and a type.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tornado==6.6.1

venv/bin/python - <<'END'
import asyncio
import sys

import tornado
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.wsgi import WSGIContainer


def app(environ, start_response):
    start_response("204 No Content", [])
    return []


async def ask():
    listening, port = bind_unused_port()
    server = HTTPServer(WSGIContainer(app))
    server.add_sockets([listening])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    server.stop()
    return answer.decode().splitlines()


seen = asyncio.run(ask())
print("version: Tornado", tornado.version)
print("expected: 204 without Content-Length")
print("seen:", seen)
sys.exit(not ("204" in seen[0] and "Content-Length: 0" in seen and any("Content-Type" in line for line in seen)))
END
