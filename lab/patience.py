"""Calls what a student has written to describe an object, when the answer is made: it may fail, or never end."""

import sys
from collections.abc import Callable
from threading import Thread, local
from time import monotonic
from types import CodeType, FrameType
from typing import Any

MOST_LINES = 20_000  # of Python that one description may take
MOST_SECONDS = 0.5  # for all of a request
MOST_DESCRIBED = 60  # objects of a request
MOST_OF_TEXT = 500  # letters

describing = local()  # `describing.is_on` in a thread that describes something
never_ended: set[CodeType] = set()  # these are not called again


class Endless(BaseException):
    """No `except Exception` of a student's catches it."""


class Patience:
    """What is left of it for one request."""

    def __init__(self) -> None:
        self.until = monotonic() + MOST_SECONDS
        self.left = MOST_DESCRIBED

    def text(self, describe: Callable[[Any], str], value: Any, code: CodeType | None = None) -> tuple[str, str]:
        """The text that `describe` makes of a value; or nothing, and why there is none. `code` is what it calls."""
        self.left -= 1
        if code in never_ended:
            return "", "did not end the last time"
        if self.left < 0 or monotonic() > self.until:
            return "", "was not called, as the others took so long"
        found: list[tuple[str, str]] = []
        thread = Thread(target=lambda: found.append(described(describe, value, self.until)), daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return "", "was not called, as there are too many threads"
        thread.join(max(self.until - monotonic(), 0.05))
        if found:
            return found[0]
        if code:
            never_ended.add(code)  # it may go on for ever, and once is enough
        return "", "does not end"


def described(describe: Callable[[Any], str], value: Any, until: float) -> tuple[str, str]:
    """The same, in a thread of its own, whose trace is nobody else's."""
    describing.is_on, left = True, [MOST_LINES]

    def count(_frame: FrameType, _event: str, _value: Any) -> Any:
        left[0] -= 1
        if left[0] < 0 or monotonic() > until:
            raise Endless
        return count

    sys.settrace(count)
    try:
        text = describe(value)
    except Endless:
        return "", "does not end"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is only told
        sys.settrace(None)
        return "", f"raised {type(error).__name__}"
    finally:
        sys.settrace(None)
    return plain(text), ""


def plain(text: str) -> str:
    """So many letters of a text that may be anybody's kind of one, and that can be sent."""
    size = str.__len__(text)
    first = str.__getitem__(text, slice(MOST_OF_TEXT)).encode("utf-8", "backslashreplace").decode()
    return first if size <= MOST_OF_TEXT else f"{first}… ({size} letters)"


def refused_while_describing(method: Callable[..., Any]) -> Callable[..., Any]:
    """`method` of a database, which does nothing for what only describes an object."""

    def refused(*arguments: Any, **named: Any) -> Any:
        if getattr(describing, "is_on", False):
            raise RuntimeError("The database is not asked to describe an object.")
        return method(*arguments, **named)

    return refused
