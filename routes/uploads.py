"""Pictures of users, posts and rows of your own models, as files."""

from os import SEEK_END
from typing import TYPE_CHECKING, BinaryIO

from bottle import HTTPError, HTTPResponse, request, response

from models.post import Post
from models.shared.picture import MIME_TYPES
from models.shared.picture_rows import row_with_file
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.storage import storage
from routes.shared.access import everyone
from routes.shared.permissions import GUARDS, is_for_everyone, readable, viewer
from routes.shared.section import Section

if TYPE_CHECKING:
    from werkzeug import Response

# A browser shows the file and runs nothing in it, even when the picture alone is opened.
PICTURE_SAFETY = {"Content-Disposition": "inline", "Content-Security-Policy": "sandbox; default-src 'none'"}
YEAR = 365 * 24 * 60 * 60
MISSING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="160" viewBox="0 0 480 160">'
    '<rect width="480" height="160" fill="#8a7d72"/>'
    '<text x="240" y="88" fill="#fff" font-family="sans-serif" font-size="22" text-anchor="middle">'
    "This picture is missing</text></svg>"
)

routes = Section()


@routes.get("/uploads/<name>", apply=everyone)
def send_upload(name: str) -> HTTPResponse | str:
    """A picture or its thumbnail, for those who may read its row. What is under a name never changes."""
    row = row_with_file(name, viewer())
    GUARDS[getattr(row, "readers", "")].check()
    if not row or (isinstance(row, Resource) and not readable(type(row)).where(type(row).id == row.id).exists()):
        raise HTTPError(404)
    answer = answer_about(name, row)
    answer.make_conditional(request.environ)
    if answer.status_code != 200:  # whoever has it already needs no file, which may be far away
        return HTTPResponse("", answer.status_code, answer.headers.to_wsgi_list())
    try:
        file = storage.open(name)
    except FileNotFoundError:
        return note_of_missing()
    return with_file(answer, file)


def note_of_missing() -> str:
    """What a page shows in place of a picture whose file has been lost."""
    response.status = 404
    response.content_type = "image/svg+xml"
    response.headers.update(PICTURE_SAFETY | {"Cache-Control": "no-store"})
    return MISSING


def answer_about(name: str, row: BaseModel) -> "Response":
    """What is said of the file, without it."""
    from werkzeug import Response  # all of Werkzeug, so only when there is a picture

    answer = Response(mimetype=MIME_TYPES[name[-4:]], direct_passthrough=True)
    answer.headers.update(PICTURE_SAFETY)
    answer.headers["Cache-Control"] = caching(row)
    if isinstance(row, Post):  # others have no time of their own
        answer.last_modified = row.created
    answer.set_etag(name)
    return answer


def with_file(answer: "Response", file: BinaryIO) -> HTTPResponse:
    """The whole file or the part that was asked for."""
    from werkzeug import exceptions, wsgi

    size = file.seek(0, SEEK_END)
    file.seek(0)
    answer.response = wsgi.wrap_file(request.environ, file)
    answer.content_length = size
    is_one_part = "," not in request.environ.get("HTTP_RANGE", "")  # of several, the whole is as good
    try:
        answer.make_conditional(request.environ, accept_ranges=is_one_part, complete_length=size)
    except exceptions.RequestedRangeNotSatisfiable:
        file.close()
        raise HTTPError(416, f"The picture has {size:,} bytes.", Content_Range=f"bytes */{size}") from None
    headers = answer.headers.to_wsgi_list()
    if request.method == "HEAD":
        answer.close()
        return HTTPResponse("", answer.status_code, headers)
    return HTTPResponse(answer.get_app_iter(request.environ), answer.status_code, headers)


def caching(row: BaseModel) -> str:
    """Where pictures are not for everyone, a browser asks each time, as somebody else may sit in front of it."""
    is_open = is_for_everyone(type(row)) and row.is_for_everybody
    return f"public, max-age={YEAR}, immutable" if is_open else "private, no-cache"
