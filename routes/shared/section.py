"""A file's URLs, with what every route needs."""

from typing import Any

from bottle import Bottle

from routes.shared.errors import translate_errors


class Section(Bottle):
    """Its routes are merged into the site, which brings them along with the plugins installed here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.install(translate_errors)
