"""`python -m models backup`: all rows and pictures in one file."""

from argparse import Namespace
from pathlib import Path

from commands.progress import progress
from config import VERSION
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder
from models.shared.backup.making import make_backup
from models.shared.loading import all_models


def run(options: Namespace) -> None:
    target = Path(options.file) if options.file else None
    with progress("pages") as told:
        path = make_backup(VERSION, backup_folder(), target, told)
    with Archive(path) as archive:
        missing = archive.manifest.missing
        print(f"Made {path} ({path.stat().st_size:,} bytes), and checked it: {of_backup(archive)}.")
    for name in missing:
        print(f"The file {name} of a picture was not there: python -m models sweep")


def of_backup(archive: Archive) -> str:
    """What is in it."""
    return inventory(archive.manifest.tables, len(archive.manifest.pictures))


def inventory(counts: dict[str, int], pictures: int) -> str:
    """As in: 10 users, 17 posts; 6 files of pictures."""
    tables = [model._meta.table_name for model in all_models() if model.plural]  # which somebody knows by that name
    found = [f"{counts[table]:,} {table}" for table in sorted(tables) if counts.get(table)]
    return f"{', '.join(found) or 'no rows'}; {pictures:,} files of pictures"
