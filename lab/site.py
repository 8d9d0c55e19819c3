"""The site with the lab in it: it records each request, and changes nothing of how it is answered."""

import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from bottle import request

from lab.finish import record_of
from lab.list_sql import sql_of_list
from lab.live import Listeners
from lab.plans import Plans
from lab.recording import Recording, current_recording, last_number
from lab.records import Records
from lab.rehearsal import Rehearsals
from lab.sent import said_by_proxies
from lab.sight import Refusals, Sight, current_sight, sight_of
from lab.statements import watch_statements
from lab.watching import watcher
from routes.shared.addresses import path_behind
from routes.shared.environ import Environ, Start
from routes.shared.headers import Headers
from routes.shared.log import log
from routes.shared.remembered import Memory
from routes.shared.section import Section
from routes.shared.site import Site
from routes.shared.state import STATE_KEY, RequestState, Trace

EXPOSED = "Server-Timing, X-Request"


class LabSite(Site):
    """As Site. `records` are the last requests; the setting `lab` is `machine` or `admins`, whom they are for."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self.records = Records()
        self.rehearsals = Rehearsals()
        self.refusals = Refusals()
        self.watcher = watcher()
        self.plans = Plans()
        self.listeners = Listeners()
        watch_statements()

    def add(self, *sections: Section) -> None:
        """As Site's. They may come with functions that stand in no module, and later than the first request."""
        super().add(*sections)
        self.watcher.look_again()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """As Site's; what it does is recorded, unless it is for the lab itself or only a file of ours."""
        is_for_admins = self.config["lab"] == "admins"
        sight = sight_of(environ, is_for_admins, self.config["host"], self.config["origins"])
        current_sight.set(sight)
        if not sight.is_here:
            self.refusals.note(environ)
        path = path_behind(environ.get("PATH_INFO", ""), self.config["prefix"])
        if path.startswith("/static/") or is_of_lab(path):
            return super().__call__(environ, start_response)
        return self.recorded(environ, start_response, sight)

    def recorded(self, environ: Environ, start_response: Start, sight: Sight) -> Iterable[bytes]:
        """The answer, while all that is done for it is written down."""
        recording = Recording(self.records.next_number(), said_by_proxies(environ))
        last_number.set(recording.number)
        said: list[Headers] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            headers = self.with_notes(headers, environ, sight, recording)
            said[:] = [headers]
            return start_response(status, headers, exc_info)

        before = current_recording.set(recording)
        self.watcher.begin()
        try:
            body = super().__call__(environ, start)
        except Exception as error:  # as of an answer that is read while it is made: the server says 500
            environ[STATE_KEY].status = "500"
            self.note_failure(error)
            self.remember(recording, environ, [], None)
            raise
        finally:
            self.watcher.end()
            current_recording.reset(before)
        self.remember(recording, environ, said[0] if said else [], body)
        return body

    def remember(self, recording: Recording, environ: Environ, headers: Headers, body: Any) -> None:
        """Keep what was written down. Should that fail, the answer is given all the same."""
        try:
            self.records.add(record_of(recording, environ, headers, body))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not the client's
            log.error("The lab could not keep a request", exc_info=error)

    def with_notes(self, headers: Headers, environ: Environ, sight: Sight, recording: Recording) -> Headers:
        """The headers of an answer, and those by which a program finds its record. A page says it in its foot."""
        if not sight.shows(environ):
            return headers
        state: RequestState = environ[STATE_KEY]
        if state.dialect is None:
            return [each for each in headers if each[0] != "ETag"] if recording.is_in_foot else headers
        milliseconds = (time.perf_counter() - recording.began) * 1000
        count, in_database = recording.asked_of_database()
        words = f"{count} statements"
        notes = [
            ("Server-Timing", f'total;dur={milliseconds:.1f}, db;dur={in_database:.1f};desc="{words}"'),
            ("X-Request", f"{environ['SCRIPT_NAME']}/lab/requests/{recording.number}"),
        ]
        exposed = [(n, f"{v}, {EXPOSED}" if n == "Access-Control-Expose-Headers" else v) for n, v in headers]
        if environ.get("HTTP_ORIGIN") in self.config["origins"]:
            notes.append(("Timing-Allow-Origin", environ["HTTP_ORIGIN"]))
        return exposed + notes

    def answer(self, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
        """What the lab says is another thing each time, and may go on for a while: nobody remembers it."""
        if is_of_lab(environ["PATH_INFO"]):
            return self.handle(environ, state, start)
        return super().answer(environ, state, start)

    def memory_for(self, environ: Environ) -> Memory | None:
        """None for a page that says in its foot what was recorded: that is another one each time."""
        sight = current_sight.get()
        is_page = environ[STATE_KEY].dialect is None
        is_noted = sight and is_page and sight.may_note and not sight.is_for_admins  # whom no memory knows
        return None if is_noted else super().memory_for(environ)

    def trace(self, view: str) -> Trace | None:
        """What the foot of a page says, where it may be said."""
        recording, sight = current_recording.get(), current_sight.get()
        if recording is None:
            return None
        recording.view = f"views/{view}.tpl"
        if sight is None or not sight.shows(request.environ):
            return None
        recording.is_in_foot = True
        count, milliseconds = recording.asked_of_database()
        words = f"{count} statement{'s' * (count != 1)}, {milliseconds:.1f} ms"
        list_sql = sql_of_list(recording, request.environ) if self.config["lesson"] else ""
        list_path = f"/lab/sql?sql={quote(list_sql)}" if list_sql else ""
        return Trace(f"/lab/requests/{recording.number}", words, recording.failure is not None, list_sql, list_path)

    def note_failure(self, error: Exception) -> None:
        """It is looked at when the answer has been made."""
        recording = current_recording.get()
        if recording:
            recording.failure, recording.asked_before_failure = error, len(recording.statements)


def is_of_lab(path: str) -> bool:
    """Whether the lab itself is asked for."""
    return path.startswith("/lab/") or path == "/lab"
