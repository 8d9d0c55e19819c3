#!/bin/sh
# Schemathesis: within the process it asks a WSGI application for gzip, and does not unpack what it gets.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5

venv/bin/python - <<'END'
import gzip
import json
import sys
from importlib.metadata import version

import schemathesis
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

ANSWER = {"description": "A number.", "content": {"application/json": {"schema": {"type": "object"}}}}
DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "Numbers", "version": "1"},
    "paths": {"/number": {"get": {"responses": {"200": ANSWER}}}},
}
asked = []


def app(environ, start_response):
    content = DESCRIPTION if environ["PATH_INFO"] == "/openapi.json" else {"number": 1}
    body, headers = json.dumps(content).encode(), [("Content-Type", "application/json")]
    if environ["PATH_INFO"] == "/number":
        asked.append(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if "gzip" in asked[-1]:
            body = gzip.compress(body)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]


case = schemathesis.openapi.from_wsgi("/openapi.json", app)["/number"]["GET"].Case()
try:
    case.validate_response(case.call(), checks=[checks.response_schema_conformance])
    seen = "it is valid"
except FailureGroup as group:
    seen = group.exceptions[0].title
print("version: schemathesis", version("schemathesis"))
print("expected: it is valid: who says gzip can unpack it")
print(f"seen: asked with “Accept-Encoding: {asked[-1]}”; {seen}")
sys.exit("gzip" not in asked[-1] or seen == "it is valid")
END
