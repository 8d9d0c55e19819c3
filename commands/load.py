"""`python -m models load`: what was saved comes in place of all that is there, whatever the engine is."""

from argparse import Namespace
from pathlib import Path

from commands.backup import of_backup
from commands.bringing import bring_into_place, working
from commands.progress import progress
from commands.restore import tell_way_back
from config import settings_from_environment
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder
from models.shared.backup.restoring import Trial, try_restore
from seed.house import bind_house


def run(options: Namespace) -> None:
    settings = settings_from_environment(own_server=True)
    bind_house(settings)
    with working(backup_folder()) as work, Archive(Path(options.place)) as archive:
        with progress("rows") as told:
            rehearsed = try_restore(archive, work, Trial(settings.database_url, told, ends_logins=False))
        aside = bring_into_place(archive, rehearsed, settings)
        print(f"Loaded {archive.path} into {settings.database_name}: {of_backup(archive)}.")
        tell_way_back(aside)
