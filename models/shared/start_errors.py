"""What ends a start: a database or a model file that cannot be used, in words that say where and what to do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

HOUSE = Path(__file__).parents[2]


class Unusable(Exception):
    """The message is one line; for a model file a second one says what to do."""


@contextmanager
def exit_on(*errors: type[Exception]) -> Iterator[None]:
    """Turn `errors` into one line on standard error and exit code 2."""
    try:
        yield
    except errors as error:
        print(error, *getattr(error, "__notes__", ()), file=sys.stderr)
        raise SystemExit(2) from None


@contextmanager
def unusable_file(file: Path, remedy: str = "") -> Iterator[None]:
    """Whatever goes wrong with the file `file` is Unusable, and names the line."""
    try:
        yield
    except Unusable:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it is one line
        found, line = mistake_in(error, file)
        from models.shared.remedies import problem_in_words, remedy_of  # only for a mistake

        usual = f"{remedy_of(error)} Mend that line, or move {found.name} away, and start again."
        stop_start_at(found, line, problem_in_words(error), remedy or usual.strip())


def mistake_in(error: BaseException, file: Path) -> tuple[Path, int]:
    """The file and the line of the mistake: the last one in `file`, or in a model file that it imports."""
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename), error.lineno or 1
    found, line, step = file, 1, error.__traceback__
    while step:
        code = step.tb_frame.f_code
        path = Path(code.co_filename)
        if path == file or (path.parent == file.parent and code.co_name == "<module>"):
            found, line = path, step.tb_lineno
        step = step.tb_next
    return found, line


def stop_start(thing: Any, problem: str, remedy: str) -> NoReturn:
    """Raise Unusable, with the file and the line of this class or function."""
    stop_start_at(file_of(thing), line_of(thing), problem, remedy)


def stop_start_at(file: Path, line: int, problem: str, remedy: str) -> NoReturn:
    """Raise Unusable, with this file and line."""
    name = file.relative_to(HOUSE) if file.is_relative_to(HOUSE) else file.name
    raise Unusable(f"{name}, line {line}: {problem}\n{remedy}") from None


def line_of(thing: Any) -> int:
    """Where this class or function begins in its file."""
    from inspect import getsourcelines  # only for a mistake

    return getsourcelines(thing)[1]


def file_of(thing: Any) -> Path:
    """The file in which this class or function is."""
    return Path(str(sys.modules[thing.__module__].__file__))
