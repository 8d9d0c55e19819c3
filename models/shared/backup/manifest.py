"""What a backup says of itself: when it was made, and how much of what is in it."""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from models.shared.start_errors import Unusable

NAME_OF_MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 * 1024 * 1024  # bytes: of a million pictures
PROGRAM = "bottle-portfolio"
# All that may be in one. No name leads out of the place where it is unpacked.
PICTURE_IN_IT = r"uploads/[0-9a-f]{32}(-thumb)?\.(jpg|png|gif)"
FILE_IN_IT = re.compile(rf"database\.(sqlite|pgdump)|rows/[A-Za-z0-9_]+\.jsonl|{PICTURE_IN_IT}")
DIGEST = re.compile(r"[0-9a-f]{64}")


class BadBackup(Unusable):
    """A file that is no backup, or a damaged one. The message names it."""


@dataclass(frozen=True)
class Manifest:
    """`rows_in` is the file with the rows, or the folder of those of each table.

    `tables` has how many rows each has, `sequences` the number given last in it, `files` the size and the digest
    (SHA-256) of each file. `missing` are files that rows name and that were not there.
    """

    version: str
    engine: str
    rows_in: str
    migrations: list[str]
    tables: dict[str, int]
    sequences: dict[str, int] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    made: str = ""
    program: str = PROGRAM

    @property
    def moment(self) -> datetime:
        """When its rows were so."""
        return datetime.fromisoformat(self.made)

    @property
    def pictures(self) -> list[str]:
        """The names of the files of pictures."""
        return [name.removeprefix("uploads/") for name in self.files if name.startswith("uploads/")]

    @property
    def size(self) -> int:
        """Of all files, in bytes."""
        return sum(size for size, _ in self.files.values())

    def text(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def read(cls, content: bytes, name: str) -> Self:
        """BadBackup, with this name of the backup, when it does not say what it should."""
        try:
            values = json.loads(content)
            if values["program"] != PROGRAM:
                raise BadBackup(f"{name} is a backup of another program")
            values["files"] = {each: (size, digest) for each, (size, digest) in values["files"].items()}
            manifest = cls(**values)
            manifest.check()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadBackup(f"{name} is no backup of this program: its manifest cannot be read") from None
        return manifest

    def check(self) -> None:
        """ValueError when a value is none that we write."""
        strange = [name for name in self.files if not FILE_IN_IT.fullmatch(name)]
        wrong = [each for each in self.files.values() if not is_number(each[0]) or not DIGEST.fullmatch(each[1])]
        counts = [*self.tables.values(), *self.sequences.values()]
        words = [self.version, self.engine, self.rows_in, *self.migrations, *self.tables, *self.missing]
        if strange or wrong or not all(map(is_number, counts)) or not all(map(is_word, words)):
            raise ValueError(strange)
        if self.moment.tzinfo is None or (self.rows_in != "rows" and self.rows_in not in self.files):
            raise ValueError(self.made)


def is_number(value: Any) -> bool:
    """Whether it counts something."""
    return type(value) is int and value >= 0


def is_word(value: Any) -> bool:
    """Whether it can be shown in a terminal as it is."""
    return type(value) is str and value.isprintable()


def moment_now() -> datetime:
    """In UTC, without parts of a second."""
    return datetime.now(UTC).replace(microsecond=0)
