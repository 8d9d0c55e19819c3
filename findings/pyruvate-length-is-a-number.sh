#!/bin/sh
# pyruvate: CONTENT_LENGTH is a number, where WSGI has texts only.
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
venv/bin/pip install --quiet --disable-pip-version-check pyruvate==1.6.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > app.py <<'END'
import sys

import pyruvate


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [type(environ["CONTENT_LENGTH"]).__name__.encode()]


pyruvate.serve(app, f"127.0.0.1:{sys.argv[1]}", 1)
END
venv/bin/python app.py "$port" &
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


answer = ask(b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc")
seen = answer.partition(b"\r\n\r\n")[2].decode()
print("version: pyruvate", version("pyruvate"))
print("expected: str")
print("seen:", seen)
sys.exit(seen != "int")
END
