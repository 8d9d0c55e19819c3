#!/bin/sh
# awsgi2: of two cookies that an answer sets, only the last is set.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check awsgi2==1.0.2

venv/bin/python - <<'END'
import sys
from importlib.metadata import version

import awsgi2

EVENT = {
    "version": "2.0",
    "rawPath": "/login",
    "rawQueryString": "",
    "headers": {"host": "api.example", "x-forwarded-port": "443", "x-forwarded-proto": "https"},
    "requestContext": {"http": {"method": "GET", "path": "/login", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"}},
    "isBase64Encoded": False,
}


def app(environ, start_response):
    start_response("200 OK", [("Set-Cookie", "session=1"), ("Set-Cookie", "language=en")])
    return [b""]


answer = awsgi2.response(app, EVENT, None)
told = {name: answer[name] for name in ("cookies", "headers", "multiValueHeaders") if name in answer}
print("version: awsgi2", version("awsgi2"))
print("expected: session=1 and language=en, in the list “cookies” of the answer")
print("seen:", told)
sys.exit("session=1" in str(answer) or "language=en" not in str(answer))
END
