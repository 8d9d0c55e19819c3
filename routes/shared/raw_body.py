"""The bytes of a body and the parts of a form with files. Werkzeug reads them, never more than the limits here."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from bottle import HTTPError, request

from models.shared.picture_limits import LARGEST_FILE
from models.shared.row_checks import Invalid

LARGEST_TEXT = 1024 * 1024  # a form without a file, or JSON
LARGEST_UPLOAD = LARGEST_FILE + LARGEST_TEXT
LARGEST_PART = 256 * 1024  # of a form with files, where it is no file; the head of one that is, too
MOST_FIELDS = 100
PIECE = 64 * 1024


def raw_body(most: int = LARGEST_TEXT) -> bytes:
    """All that was sent, of at most so many bytes."""
    from werkzeug import exceptions, wsgi

    require_end()
    with http_errors(most):
        stream = wsgi.get_input_stream(request.environ, max_content_length=most + 1)
        body = b"".join(iter(lambda: stream.read(PIECE), b""))  # read at once, it would end at the limit without a word
        if len(body) > most:
            raise exceptions.RequestEntityTooLarge
        return body


def multipart_pairs(largest_file: int = LARGEST_FILE) -> list[tuple[str, Any]]:
    """The fields of a form as text, its files as bytes. A file that was not chosen is left out."""
    from werkzeug import formparser  # all of Werkzeug, so only when a file is sent

    most = largest_file + LARGEST_TEXT
    parser = formparser.FormDataParser(
        stream_factory=lambda *_, **__: BytesIO(),  # no file of its own on the disk
        max_content_length=most,
        max_form_memory_size=LARGEST_PART if largest_file == LARGEST_FILE else LARGEST_TEXT,
        max_form_parts=MOST_FIELDS,
        silent=False,
    )
    require_end()
    with http_errors(most, largest_file):
        _, fields, files = parser.parse_from_environ(request.environ)
    return [*text_pairs(fields), *file_pairs(files)]


def require_end() -> None:
    """411 for a body in chunks on a server that does not say where it ends: it would look like none."""
    environ = request.environ
    has_end = environ.get("CONTENT_LENGTH") or environ.get("wsgi.input_terminated")
    if environ.get("HTTP_TRANSFER_ENCODING") and not has_end:
        raise HTTPError(411, "Please send the body in one piece, with its length: this server takes none in chunks.")


def text_pairs(fields: Any) -> Iterator[tuple[str, str]]:
    """`Invalid` for a field that is not UTF-8."""
    for name, text in fields.items(multi=True):
        if "\ufffd" in text:  # Werkzeug's sign for bytes that are none
            raise Invalid({name or "": "must be text in UTF-8, or a file with a name"})
        yield name or "", text


def file_pairs(files: Any) -> Iterator[tuple[str, bytes]]:
    """`Invalid` for a file that has no name."""
    for name, file in files.items(multi=True):
        content = file.read()
        if content and not file.filename:
            raise Invalid({name or "": "must be a file with a name"})
        if file.filename:
            yield name or "", content


@contextmanager
def http_errors(most: int, largest_file: int = LARGEST_FILE) -> Iterator[None]:
    """What Werkzeug finds wrong with a body, as our own answers."""
    from werkzeug import exceptions

    try:
        yield
    except exceptions.RequestEntityTooLarge:
        words = {largest_file + LARGEST_TEXT: f"A file may have at most {largest_file // 1024**2} MiB."}
        raise HTTPError(413, words.get(most, f"At most {most // 1024:,} KiB can be sent here.")) from None
    except (exceptions.BadRequest, OSError, ValueError):
        raise HTTPError(400, "The body ended too early, or its parts cannot be read.") from None
