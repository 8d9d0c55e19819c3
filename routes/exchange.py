"""Rows as files: every list as CSV and JSON, and files of rows that come in. Of users, posts and every Resource."""

from typing import Any

from bottle import HTTPResponse

from models.post import Post
from models.shared.loading import all_resources
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.access import admins_only, members_only
from routes.shared.exchange.downloads import rows_as_file
from routes.shared.permissions import GUARDS, rows_of
from routes.shared.section import Section

LARGEST_SHEET = 16 * 1024 * 1024  # bytes

routes = Section()


def add_files(model: Any) -> None:
    plural, readers = model.plural, GUARDS[getattr(model, "readers", "")]

    @routes.get(f"/api/{plural}.csv", name=f"export_{plural}_as_csv", apply=readers, section=plural, sends=model)
    def send_csv() -> HTTPResponse:
        """Every row of the list as CSV, in a file."""
        return rows_as_file(rows_of(model), "csv")

    @routes.get(f"/api/{plural}.json", name=f"export_{plural}_as_json", apply=readers, section=plural, sends=model)
    def send_json() -> HTTPResponse:
        """Every row of the list as JSON, in a file."""
        return rows_as_file(rows_of(model), "json")


def add_import(model: Any) -> None:
    plural, writers = model.plural, WRITERS_OF.get(model) or GUARDS[model.writers]

    @routes.get(f"/{plural}/import", apply=writers)
    def new_import() -> str:
        from routes.shared.exchange.import_page import new_import_page  # which no start needs

        return new_import_page(model)

    @routes.post(f"/{plural}/import", apply=writers, secret=True, most_file=LARGEST_SHEET)
    def receive() -> str | HTTPResponse:
        from routes.shared.exchange.import_steps import receive_file

        return receive_file(model)

    @routes.get(f"/{plural}/import/<key>", apply=writers)
    def show_import(key: str) -> str:
        from routes.shared.exchange.import_steps import preview_page

        return preview_page(model, key)

    @routes.post(f"/{plural}/import/<key>", apply=writers)
    def import_rows(key: str) -> str | HTTPResponse:
        from routes.shared.exchange.import_steps import bring_in

        return bring_in(model, key)

    @routes.post(f"/{plural}/import/<key>/cancel", apply=writers)
    def cancel_import(key: str) -> HTTPResponse:
        from routes.shared.exchange.import_steps import cancel

        return cancel(model, key)


WRITERS_OF: dict[type[BaseModel], Any] = {User: admins_only, Post: members_only}
for each in (User, Post, *all_resources()):
    add_files(each)
    add_import(each)
