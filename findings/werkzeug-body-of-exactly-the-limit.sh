#!/bin/sh
# Werkzeug: a body without a length, exactly as long as max_content_length, is refused when read in pieces.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check werkzeug==3.1.9

venv/bin/python - <<'END'
import io
import sys
from importlib.metadata import version

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

BODY = b"0123456789"


def read_in_pieces(**said):
    request = Request({"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(BODY), **said})
    request.max_content_length = len(BODY)
    try:
        return sum(len(piece) for piece in iter(lambda: request.stream.read(4), b""))
    except RequestEntityTooLarge as error:
        return error.code


with_length = read_in_pieces(CONTENT_LENGTH=str(len(BODY)))
with_end = read_in_pieces(**{"wsgi.input_terminated": True})
print("version: Werkzeug", version("werkzeug"))
print("expected: 10 bytes, whether a length is told or the server ends the input, as the limit is not exceeded")
print("seen:", with_length, "with a length,", with_end, "when the server ends the input")
sys.exit((with_length, with_end) != (10, 413))
END
