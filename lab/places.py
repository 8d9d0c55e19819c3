"""Where a piece of code stands in the house, and what of it is the student's own."""

from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from models.shared.start_errors import HOUSE

WINGS = ("models", "routes", "views", "seed", "commands")
NOT_OURS, SHARED, OWN = 0, 1, 2  # machinery is SHARED; what a student reads and writes is OWN
MACHINERY = ("shared", "migrations", "description")


class SourceLine(NamedTuple):
    """A line of a file, whose name begins at the house: `models/user.py`."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Kinds(dict[str, int]):
    """What a file is, by its whole name; found out once for each."""

    def __missing__(self, name: str) -> int:
        self[name] = kind = kind_of_file(name)
        return kind


def kind_of_file(name: str) -> int:
    """Of a file of the student's, of machinery, or not ours at all."""
    file = Path(name)
    if not file.is_relative_to(HOUSE):
        return NOT_OURS
    wing, *rest = file.relative_to(HOUSE).parts
    if wing not in WINGS or not rest:
        return NOT_OURS
    is_machinery = rest[0] in MACHINERY or rest[0].startswith("_") or (wing == "views" and rest[0] == "lab")
    return SHARED if is_machinery else OWN


FILE_KINDS = Kinds()


@lru_cache(4096)
def short_name(file: str) -> str:
    """The name of a file from the house on; of another one its last part."""
    path = Path(file)
    return path.relative_to(HOUSE).as_posix() if path.is_relative_to(HOUSE) else path.name


def place_of(code: CodeType) -> SourceLine:
    """Where this function begins."""
    return SourceLine(short_name(code.co_filename), code.co_firstlineno)
