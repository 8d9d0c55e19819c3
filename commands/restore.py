"""`python -m models restore`: rows and pictures as they were, also while the site runs."""

import shlex
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from commands.backup import inventory
from commands.bringing import bind_place, bring_into_place, working
from commands.progress import progress
from config import database_url, settings_from_environment
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder
from models.shared.backup.restoring import Rehearsed, try_restore
from models.shared.start_errors import Unusable


def run(options: Namespace) -> None:
    settings = settings_from_environment(own_server=True)
    if options.to:
        settings = replace(settings, database_url=database_url(options.to))
    bind_place(settings)
    with working(backup_folder()) as work, Archive(Path(options.file)) as archive:
        with progress("rows") as told:
            rehearsed = try_restore(archive, work, settings.database_url, told)
        if options.check:
            tell_check(archive, rehearsed)
            return
        aside = bring_into_place(archive, rehearsed, settings)
        moment = f"{archive.manifest.moment:%Y-%m-%d %H:%M:%S} UTC"
        print(f"Restored {archive.path} of {moment}: {inventory(archive.manifest)}.")
        print(f"All logins have ended. Admins: {', '.join(rehearsed.admins) or 'nobody; python -m models admin UID'}.")
        tell_way_back(aside)


def tell_way_back(aside: Path | None) -> None:
    if aside:
        print(f"What was there before is in {aside}. To bring it back:")
        print(f"  python -m models restore {shlex.quote(str(aside))}")


def tell_check(archive: Archive, rehearsed: Rehearsed) -> None:
    print(f"{archive.path} can be restored: {inventory(archive.manifest)}. Each file has its digest.")
    for name in archive.manifest.missing:
        print(f"The file {name} of a picture was missing already when it was made.")
    if rehearsed.orphans:
        print(f"{rehearsed.orphans:,} rows refer to one that is gone: python -m models sweep")
    if not rehearsed.admins:
        raise Unusable("Nobody in it is an admin: python -m models admin UID")
