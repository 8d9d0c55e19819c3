#!/bin/sh
# serverless-wsgi: the stage "$default", which is in no address, becomes the start of each address.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check serverless-wsgi==3.1.0 werkzeug==3.1.9

venv/bin/python - <<'END'
import sys
from importlib.metadata import version

import serverless_wsgi
from werkzeug.wsgi import get_current_url

HOST = "abc123.execute-api.eu-west-1.amazonaws.com"
EVENT = {
    "version": "2.0",
    "routeKey": "$default",
    "rawPath": "/notes",
    "rawQueryString": "",
    "headers": {"host": HOST, "x-forwarded-port": "443", "x-forwarded-proto": "https"},
    "requestContext": {
        "domainName": HOST,
        "http": {"method": "GET", "path": "/notes", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
        "stage": "$default",
    },
    "isBase64Encoded": False,
}


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [get_current_url(environ).encode()]


seen = serverless_wsgi.handle_request(app, EVENT, None)["body"]
print("version: serverless-wsgi", version("serverless-wsgi"))
print("expected:", f"https://{HOST}/notes")
print("seen:", seen)
sys.exit(seen != f"https://{HOST}/$default/notes")
END
