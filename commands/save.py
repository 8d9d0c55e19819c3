"""`python -m models save`: rows as lines of JSON, and pictures, which know nothing of the engine."""

from argparse import Namespace
from pathlib import Path

from commands.backup import of_backup
from commands.progress import progress
from config import VERSION
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder
from models.shared.backup.making import make_backup


def run(options: Namespace) -> None:
    with progress("pages") as told:
        path = make_backup(VERSION, backup_folder(), Path(options.place), told, as_lines=True)
    with Archive(path) as archive:
        print(f"Saved {path}, and checked it: {of_backup(archive)}.")
