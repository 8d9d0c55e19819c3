"""The first page, the static files, and whether all is well."""

from pathlib import Path

from bottle import HTTPError, HTTPResponse, request, response, static_file
from peewee import PeeweeException

from models.shared.backup.kept import backup_folder, kept_backups
from models.shared.database import require_writable
from models.shared.storage import StorageFailed, storage
from models.user import User
from routes.shared.access import everyone
from routes.shared.drawing import drawing
from routes.shared.failures import unavailable
from routes.shared.login import me
from routes.shared.overview import cards, tables
from routes.shared.page import page
from routes.shared.representation import VARIES
from routes.shared.section import Section
from routes.shared.serving import is_draining

ENDING = "This server is about to end; another one may answer."
STATIC = Path(__file__).parents[1] / "static"

routes = Section()


@routes.get("/", apply=everyone)
def home() -> str:
    """What this site has, and where it is."""
    return page("home", cards=cards(), tables=tables(), drawing=drawing(tables()))


@routes.get("/health", apply=everyone)
def health() -> dict[str, str | None]:
    """Whether it goes on and all can be read and written; for admins, when the last backup was.

    With pictures in a bucket, `pictures` says whether it can be reached: all else goes on without it.
    """
    if is_draining.is_set():
        raise HTTPError(503, ENDING, Retry_After=1)
    try:
        User.select(User.id).first()
        require_writable()
        storage.require_writable()
    except (PeeweeException, StorageFailed) as error:
        raise unavailable(error) from None
    response.set_header("Cache-Control", "no-store")
    return {"status": "ok", **storage.state(), **about_backups()}


def about_backups() -> dict[str, str | None]:
    user = me()
    if not (user and user.is_admin):
        return {}
    moments = list(kept_backups(backup_folder()).values())
    return {"backups": request.app.config["backups"], "last_backup": moments[-1].isoformat() if moments else None}


@routes.get("/static/<path:path>", apply=everyone, varies=True)
def send_static(path: str) -> HTTPResponse:
    """A file of `static/`. Browsers keep it and ask whether it has changed."""
    try:
        found = (STATIC / path).stat()
    except (OSError, ValueError):
        raise HTTPError(404) from None
    tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    headers = dict([("Cache-Control", "no-cache"), VARIES])  # also when it has not changed
    answer = static_file(path, root=str(STATIC), etag=tag, headers=headers)
    if answer.status_code == 403:  # outside of static/: whether it is there is nobody's business
        raise HTTPError(404)
    return answer
