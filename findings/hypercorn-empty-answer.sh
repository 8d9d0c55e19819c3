#!/bin/sh
# Hypercorn: an answer of a WSGI application that has no body at all becomes a 500.
set -eu
folder=$(mktemp -d)
server=
end() {
  test -z "$server" || kill "$server" || true
  wait
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hypercorn==0.18.0
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > app.py <<'END'
def app(environ, start_response):
    start_response("204 No Content", [])
    return [] if environ["PATH_INFO"] == "/none" else [b""]
END
venv/bin/hypercorn --bind "127.0.0.1:$port" wsgi:app:app >/dev/null 2>&1 &
server=$!
venv/bin/python - "$port" <<'END'
import socket
import sys
import time
from importlib.metadata import version


def ask(request):
    """The whole answer, once the server listens."""
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5) as line:
                line.sendall(request)
                return b"".join(iter(lambda: line.recv(4096), b""))
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def status(path):
    return ask(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").split()[1].decode()


seen = status(b"/none"), status(b"/one-empty-piece")
print("version: Hypercorn", version("hypercorn"))
print("expected: 204 for [] and for [b\"\"]")
print("seen:", *seen)
sys.exit(seen != ("500", "204"))
END
