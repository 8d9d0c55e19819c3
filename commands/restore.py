"""`python -m models restore`: rows and pictures as they were, also while the site runs."""

import shlex
from argparse import Namespace
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from commands.backup import inventory, of_backup
from commands.bringing import bring_into_place, working
from commands.progress import progress
from config import Settings, database_url, settings_from_environment
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder, kept_backups, newest_backup
from models.shared.backup.restoring import Rehearsed, Trial, try_restore
from models.shared.backup.since import apply_changes, changes_since, last_change
from models.shared.database import database
from models.shared.start_errors import Unusable
from seed.house import bind_house


def run(options: Namespace) -> None:
    settings = settings_from_environment(own_server=True)
    if options.to:
        settings = replace(settings, database_url=database_url(options.to))
    until = moment_named(options.at) if options.at else None
    bind_house(settings)
    with working(backup_folder()) as work, Archive(file_named(options.file, until)) as archive:
        if until and until < archive.manifest.moment:
            raise Unusable(f"{archive.path} is younger than that: name an older one, or none")
        since = partial(go_on, settings, archive, until) if until else None
        with progress("rows") as told:
            rehearsed = try_restore(archive, work, Trial(settings.database_url, told, since))
        if options.check:
            tell_check(archive, rehearsed)
            return
        aside = bring_into_place(archive, rehearsed, settings)
        tell_restored(archive, rehearsed, until)
        tell_way_back(aside)


def moment_named(text: str) -> datetime:
    """By the clock of the machine, unless it says by which."""
    try:
        moment = datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise Unusable(f"--at must be a time like 2026-11-27T14:30, not {text!r}") from None
    if moment > datetime.now().astimezone():
        raise Unusable("--at must not be in the future")
    return moment


def file_named(name: str | None, until: datetime | None) -> Path:
    """The backup, or the newest one before that moment."""
    if name:
        return Path(name)
    if not until:
        raise Unusable("Name the file of a backup, or a time: python -m models restore --at 2026-11-27T14:30")
    found = newest_backup(backup_folder(), until)
    if not found:
        moments = list(kept_backups(backup_folder()).values())
        first = f"the first is of {moments[0].astimezone():%Y-%m-%d %H:%M:%S}" if moments else "there is none"
        raise Unusable(f"There is no backup of then or before: {first}")
    return found


def go_on(settings: Settings, archive: Archive, until: datetime, copy: Path) -> None:
    """Do in the copy of a backup what was done since, until then."""
    last = last_change(copy)
    bind_house(settings)
    since = changes_since(archive, last, until)
    database.close_all()
    apply_changes(copy, since, archive.path.name)
    if since.without_password:
        print(f"Came or changed their password since: {since.without_password:,}. They need another one.")


def tell_restored(archive: Archive, rehearsed: Rehearsed, until: datetime | None) -> None:
    what = inventory(rehearsed.facts.tables, len(rehearsed.facts.files)) if until else of_backup(archive)
    moment = until or archive.manifest.moment.astimezone()
    print(f"Restored {archive.path} {'as of' if until else 'of'} {moment:%Y-%m-%d %H:%M:%S}: {what}.")
    print(f"All logins have ended. Admins: {', '.join(rehearsed.admins) or 'nobody; python -m models admin UID'}.")


def tell_way_back(aside: Path | None) -> None:
    if aside:
        print(f"What was there before is in {aside}. To bring it back:")
        print(f"  python -m models restore {shlex.quote(str(aside))}")


def tell_check(archive: Archive, rehearsed: Rehearsed) -> None:
    print(f"{archive.path} can be restored: {of_backup(archive)}. Each file has its digest.")
    for name in archive.manifest.missing:
        print(f"The file {name} of a picture was missing already when it was made.")
    if rehearsed.orphans:
        print(f"{rehearsed.orphans:,} rows refer to one that is gone: python -m models sweep")
    if not rehearsed.admins:
        raise Unusable("Nobody in it is an admin: python -m models admin UID")
