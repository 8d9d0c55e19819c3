"""`python -m models copy-pictures`: the files of pictures from a folder to where the site has them, or out of there."""

from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from commands.progress import progress
from models.shared.backup.unfinished import failures_in_words
from models.shared.ownership import make_private_folder
from models.shared.picture import pictures_with_file
from models.shared.start_errors import Unusable
from models.shared.storage import Folder, storage


def run(options: Namespace) -> None:
    path = Path(options.folder)
    folder = Folder(path)
    with failures_in_words(path):
        if options.out:
            make_private_folder(path)
        elif not path.is_dir():
            raise Unusable(f"There is no folder {path}")
        copied, there = copy_all(storage, folder) if options.out else copy_all(folder, storage)
    print(f"Copied {copied:,} files of pictures; {there:,} were there already.")


def copy_all(source: Any, target: Any) -> tuple[int, int]:
    """How many files came, and how many were there already: what has the same name is the same."""
    names = {name for name in source.names() if pictures_with_file(name)}
    new = names.difference(target.names())

    def copy(name: str) -> None:
        with suppress(FileNotFoundError), source.open(name) as file:  # a row may let go of it meanwhile
            target.replace(name, file.read())

    with ThreadPoolExecutor(8) as pool, progress("files") as told:
        for number, _copied in enumerate(pool.map(copy, sorted(new)), start=1):
            told(number, len(new))
    return len(new), len(names) - len(new)
