"""Puts the parts together: `create_app()` for any WSGI server, `python app.py` to serve with waitress."""

import os
import signal
import sys

if __name__ == "__main__":
    # Before all that takes its time: the first process of a container hears no signal that it has not asked for.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # docker-entrypoint.sh lets it wait until here

import socket
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from peewee import PeeweeException

from config import VERSION, BadSetting, Settings, settings_from_environment
from models.shared.cores import cores
from models.shared.database import checkpoint, database, room_for_deleting
from models.shared.room import share_threads
from models.shared.start_errors import Unusable, exit_on
from models.shared.unavailable import FULL
from models.shared.writable import has_room
from seed.house import open_house

if TYPE_CHECKING:
    from routes.shared.site import Site

BACKLOG = 1000  # connections that wait to be taken


def create_app(settings: Settings | None = None) -> "Site":
    """The site, with its database ready. Without `settings`, those of the environment; a bad one ends the process."""
    if settings is None:
        with exit_on(BadSetting, Unusable):
            settings = settings_from_environment()
            site = create_app(settings)
        from routes.shared.log import log, write_log

        write_log()
        site.beginnings.append(partial(log.info, "%s", state_of(settings)))
        return site
    with open_house(settings):  # which closes it too: a server that forks after this must not share a connection
        from models.shared.schema import settle_journal  # which imports files of models

        settle_journal()
        room_for_deleting()
        if not has_room(settings.volumes):
            print(FULL, file=sys.stderr)  # it can still be read, and things can be deleted
        return make_site(settings)


def make_site(settings: Settings) -> "Site":
    from routes import all_sections  # which imports files of models
    from routes.shared.site import Site

    share_threads(settings.threads, settings.processes)
    kind, sections = Site, all_sections()
    has_classroom = find_spec("classroom") is not None
    if has_classroom:
        from classroom.sections import classroom_sections

        sections += classroom_sections()
    if settings.lab_for != "nobody" and find_spec("lab"):
        from lab.sections import lab_sections
        from lab.site import LabSite

        kind, sections = LabSite, [*sections, *lab_sections()]
    if settings.metrics == "yes" or settings.log == "json":
        if not find_spec("metrics"):
            raise BadSetting("METRICS and LOG=json need the folder metrics, which is not here")
        from metrics.site import metrics_sections, observed

        kind, sections = observed(kind, settings), [*sections, *metrics_sections(settings)]
    site = kind(
        version=VERSION,
        directory=settings.directory,
        sign_up=settings.sign_up,
        lesson=settings.lesson,
        host=settings.host,
        origins=settings.origins,
        trusted_proxy=settings.trusted_proxy,
        prefix=settings.prefix,
        remember=settings.remember,
        has_readers=bool(settings.database_readers),
        backups=settings.backups,
        classroom=has_classroom,
        lab=settings.lab_for,
        lab_database_url=settings.lab_database_url,
        metrics_token=settings.metrics_token,
        processes=settings.processes,
    )
    if settings.backups != "off":
        site.beginnings.append(partial(start_backups, settings))
    site.add(*sections)
    if len(settings.prefix) > 1 and any(f"{each.rule}/".startswith(f"{settings.prefix}/") for each in site.routes):
        raise BadSetting(f"PREFIX must not be {settings.prefix}: the site has pages of its own there")
    return site


def start_backups(settings: Settings) -> None:
    from models.shared.backup.clock import BackupClock  # which only a site that answers needs

    BackupClock(settings.backups, VERSION).start()


def main() -> None:
    with exit_on(BadSetting, Unusable):
        settings = settings_from_environment(own_server=True)
        site = create_app(settings)
        listener = listen(settings.host, settings.port)
    from routes.shared.server import bounded_server  # another server does not need it

    make_server = partial(bounded_server, site, listener, settings.threads, settings.trusted_proxy, settings.processes)
    try:
        if settings.processes == 1:
            cores.share_one(os.getpid())  # any of them, as there may be several sites
            from routes.shared.serving import answer_requests

            answer_requests(make_server(), greeting(settings), settings.drain_seconds)
        else:
            from routes.shared.processes import run_processes

            run_processes(settings.processes, make_server, listener, greeting(settings), settings.drain_seconds)
    finally:
        with suppress(PeeweeException), database.connection_context():
            checkpoint()
        database.close_idle()


def greeting(settings: Settings) -> str:
    """One line: the address, the database, and how to log in."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}, {state_of(settings)}"


def state_of(settings: Settings) -> str:
    """The same without the address, which only the server knows."""
    log_in = {
        "lesson": "log in as toby with 123toby",
        "locked": "to log in as the admin, give them a password: python -m models password toby",
        "none": "to log in, make an admin: python -m models admin UID",
    }[settings.sample_data]
    return f"database {settings.database_name}, {log_in}"


def listen(host: str, port: int) -> socket.socket:
    """BadSetting when nobody can listen there."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except UnicodeError:
        raise BadSetting(f"HOST {host!a} cannot be the name of a machine") from None
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]  # Python's repeats the address
        raise BadSetting(f"HOST {host} and PORT {port} cannot be used: {reason}") from None


if __name__ == "__main__":
    main()
