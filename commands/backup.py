"""`python -m models backup`: all rows and pictures in one file."""

from argparse import Namespace
from pathlib import Path

from commands.progress import progress
from config import VERSION
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder
from models.shared.backup.making import make_backup
from models.shared.backup.manifest import Manifest
from models.shared.loading import all_models


def run(options: Namespace) -> None:
    target = Path(options.file) if options.file else None
    with progress("pages") as told:
        path = make_backup(VERSION, backup_folder(), target, told)
    with Archive(path) as archive:
        manifest = archive.manifest
    print(f"Made {path} ({path.stat().st_size:,} bytes), and checked it: {inventory(manifest)}.")
    for name in manifest.missing:
        print(f"The file {name} of a picture was not there: python -m models sweep")


def inventory(manifest: Manifest) -> str:
    """As in: 10 users, 17 posts; 6 files of pictures."""
    tables = [model._meta.table_name for model in all_models() if model.plural]  # which somebody knows by that name
    counts = [f"{manifest.tables[table]:,} {table}" for table in sorted(tables) if manifest.tables.get(table)]
    return f"{', '.join(counts) or 'no rows'}; {len(manifest.pictures):,} files of pictures"
