"""What is shown of an exception that nobody foresaw: where it happened, and what the variables were."""

from collections.abc import Iterator
from itertools import islice
from math import inf
from traceback import walk_tb
from types import CodeType, FrameType
from typing import Any

from lab.objects import Surroundings
from lab.patience import Patience
from lab.places import FILE_KINDS, OWN, SourceLine, short_name
from lab.record import Failure, Frame
from lab.secrets import Secrets
from lab.sources import kept_lines_of, lines_around, lines_on_disk

MOST_INNER, MOST_OUTER = 24, 8  # frames that are kept: those where it happened, and those where it began
MOST_TOLD = 5  # exceptions that led to one another
MOST_MESSAGE = 1000  # letters
FROM, WHILE = "It was raised from this one", "It happened while this one was being handled"
ONE_OF = "It holds this one"


def failure_of(error: BaseException, secrets: Secrets, asked: int = 0) -> Failure:
    """What it is and where it came from; its variables as texts without secrets. `asked` statements came before it."""
    around = Surroundings(secrets, Patience())
    first, *others = [one_failure(each, words, around) for words, each in islice(chain(error), MOST_TOLD)]
    first.before, first.asked = others, asked
    hide_all(first, secrets)
    return first


def chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """The exception and those that led to it, as Python would tell them; each with how it belongs to the others."""
    waiting, seen = [("", error)], set()
    while waiting:
        words, each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield words, each
        if each.__cause__ is not None:
            waiting.append((FROM, each.__cause__))
        elif each.__context__ is not None and not each.__suppress_context__:
            waiting.append((WHILE, each.__context__))
        if isinstance(each, BaseExceptionGroup):
            waiting += [(ONE_OF, inner) for inner in each.exceptions[:MOST_TOLD]]


def one_failure(error: BaseException, words: str, around: Surroundings) -> Failure:
    """One exception, the innermost of its frames first."""
    found = [(frame, line) for frame, line in walk_tb(error.__traceback__)][::-1]
    is_long = len(found) > MOST_INNER + MOST_OUTER
    kept = [*found[:MOST_INNER], *found[-MOST_OUTER:]] if is_long else found
    frames = [*frame_of_syntax(error), *(frame_of(frame, line, around) for frame, line in kept)]
    return Failure(
        kind=type(error).__name__,
        message=around.message(error),
        frames=frames,
        left_out=len(found) - len(kept),
        words=words,
    )


def frame_of_syntax(error: BaseException) -> Iterator[Frame]:
    """A file that Python cannot read runs nowhere: the line is in the exception itself."""
    if isinstance(error, SyntaxError) and error.filename and FILE_KINDS[error.filename] == OWN:
        now = lines_on_disk(error.filename, until=inf)
        yield frame_at(error.filename, error.lineno or 1, "this file", now)


def frame_of(frame: FrameType, line: int, around: Surroundings) -> Frame:
    """A function that was under way, with its variables when it is the student's."""
    code = frame.f_code
    lines = kept_lines_of(short_name(code.co_filename))
    found = frame_at(code.co_filename, line or code.co_firstlineno, called(code), lines)
    if found.is_own:
        found.variables = around.variables(frame)
    return found


def frame_at(file: str, line: int, name: str, lines: list[str] | None) -> Frame:
    """A line, with those around it when they are the student's."""
    is_own = FILE_KINDS[file] == OWN
    return Frame(name, SourceLine(short_name(file), line), is_own, [], lines_around(lines, line) if is_own else [])


def called(code: CodeType) -> str:
    """What the function is called; of what is none, what it is."""
    if code.co_name == "<module>":
        return "this view" if code.co_filename.endswith(".tpl") else "this file"
    return code.co_qualname.replace("<locals>.", "")


def hide_all(failure: Failure, secrets: Secrets) -> None:
    """Take the secrets out of all its texts."""
    failure.message = secrets.hide(failure.message)[:MOST_MESSAGE]
    for frame in failure.frames:
        frame.lines = [(number, secrets.hide(text)) for number, text in frame.lines]
        for each in frame.variables:
            each.name, each.text, each.says = map(secrets.hide, (each.name, each.text, each.says))
    for inner in failure.before:
        hide_all(inner, secrets)


def bytes_of_failure(failure: Any) -> int:
    """About how many bytes its texts take."""
    if failure is None:
        return 0
    size = len(failure.message) + sum(map(bytes_of_failure, failure.before))
    for frame in failure.frames:
        size += 200 + sum(len(text) + 60 for _, text in frame.lines)
        size += sum(len(each.name) + len(each.text) + len(each.says) + 60 for each in frame.variables)
    return size
