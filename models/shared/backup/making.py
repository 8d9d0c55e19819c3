"""Makes a backup: written aside, looked through, and only then given its name."""

from contextlib import ExitStack
from pathlib import Path

from models.shared.backup.archive import Archive
from models.shared.backup.archive_writer import ArchiveWriter, FolderWriter
from models.shared.backup.at_work import alone_at_work
from models.shared.backup.held_pictures import HeldPictures
from models.shared.backup.kept import remove_old, unused_name
from models.shared.backup.manifest import Manifest, moment_now
from models.shared.backup.rows_copy import RowsCopy, copy_of_rows
from models.shared.backup.unfinished import failures_in_words, remove_unfinished, require_new, take_away, work_folder
from models.shared.cores import on_any_core
from models.shared.live_copy import Told, told_nobody
from models.shared.ownership import make_private_folder
from models.shared.storage import flush


def make_backup(
    version: str, folder: Path, target: Path | None = None, told: Told = told_nobody, as_lines: bool = False
) -> Path:
    """All rows and pictures of one moment, as a new file in `folder`, or as `target`. Unusable, in words, if it fails.

    `version` is that of the program. In `folder` the old ones that are not kept are removed afterwards. `as_lines` is
    a backup that knows no engine; a `target` that does not end in .zip is a folder then.
    """
    with ExitStack() as stack:
        stack.enter_context(failures_in_words(target or folder))
        make_private_folder(folder)
        stack.enter_context(alone_at_work(folder))
        stack.enter_context(on_any_core())
        remove_unfinished(folder)
        path = target or unused_name(folder, moment_now())
        require_new(path)
        with work_folder(path) as work:
            pictures = HeldPictures(work / "uploads")
            pictures.hold()  # before the rows, and again with each step: none can go meanwhile
            rows = copy_of_rows(work, pictures.hold, told, as_lines)
            write_aside(path, rows, pictures, version, is_zip=not as_lines or path.suffix == ".zip")
        if not target:
            remove_old(folder, path)
        return path


def write_aside(path: Path, rows: RowsCopy, pictures: HeldPictures, version: str, is_zip: bool = True) -> None:
    """Make the backup `path`, where nothing may be, of rows and the pictures that they name."""
    part = path.with_name(f"{path.name}.part")
    take_away(part)
    try:
        with ArchiveWriter(part) if is_zip else FolderWriter(part) as writer:
            pack(writer, rows, pictures, version)
        with Archive(part) as made:
            made.check()
        require_new(path)
        part.rename(path)
        flush(path.parent)
    finally:
        take_away(part)


def pack(writer: ArchiveWriter | FolderWriter, rows: RowsCopy, pictures: HeldPictures, version: str) -> Manifest:
    """Put all of it into what is being written."""
    facts = rows.facts
    pictures.hold_these(set(facts.files))
    missing = [name for name in facts.files if not (pictures.place / name).exists()]
    for name, path in rows.files.items():
        with path.open("rb") as source:
            writer.add(name, source, is_packed=True)
    for name in facts.files:
        if name not in missing:
            with (pictures.place / name).open("rb") as source:
                writer.add(f"uploads/{name}", source)
    manifest = Manifest(
        version=version,
        engine=rows.engine,
        rows_in=rows.rows_in,
        made=rows.moment,
        migrations=facts.migrations,
        tables=facts.tables,
        sequences=facts.sequences,
        missing=missing,
    )
    return writer.finish(manifest)
