"""The calls of the house's own functions during one request, as a tree."""

from time import perf_counter
from types import CodeType, FrameType
from typing import Any, NamedTuple

from lab.drawn import drawn_names, with_name
from lab.places import OWN, SHARED
from lab.secrets import HIDDEN, Secrets, is_secret_name

MOST_CALLS = 2000  # of one request; beyond that they are counted
MOST_ARGUMENTS = 1000  # letters
CANNOT_BE_SHOWN = "…"
TAKES_MORE, TAKES_NAMED = 0x04, 0x08  # flags of code objects: *args and **values


class Call:
    """One call of a function. `number` is its place in the order of all; times are seconds.

    `kind` is OWN for what a student writes and for what their models can do, SHARED for other machinery. `owner` is
    the model whose method it is, when that is written elsewhere.
    """

    __slots__ = ("arguments", "began", "code", "ended", "kind", "number", "owner", "parent")

    def __init__(self, number: int, code: CodeType, kind: int, parent: "Call | None", owner: str) -> None:
        self.number, self.code, self.kind, self.parent, self.owner = number, code, kind, parent, owner
        self.began = self.ended = perf_counter()
        self.arguments = ""

    @property
    def name(self) -> str:
        """As a student calls it, like `User.create`."""
        if self.owner:
            return f"{self.owner}.{self.code.co_name}"
        return self.code.co_qualname.replace("<locals>.", "")


class Calls:
    """The tree that grows while a request is answered."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self.all: list[Call] = []
        self.uncounted = 0
        self.stack: list[tuple[CodeType, Call | None]] = []  # without a Call when it is not counted
        self.suspended: dict[int, Call | None] = {}  # generators that may go on, by the id of their code

    @property
    def current(self) -> Call | None:
        """The innermost one that has not ended."""
        return next((call for _, call in reversed(self.stack) if call), None)

    def enter(self, code: CodeType, kind: int, frame: FrameType, owner: str = "") -> None:
        """A function of ours begins."""
        if len(self.all) >= MOST_CALLS:
            self.uncounted += 1
            self.stack.append((code, None))
            return
        call = Call(len(self.all), code, kind, self.stack[-1][1] if self.stack else None, owner)
        self.all.append(call)
        self.stack.append((code, call))
        signature = SIGNATURES.of(code) if kind == OWN else None
        if signature:
            try:
                call.arguments = arguments_of(signature, frame, self.secrets)
            except Exception:  # noqa: BLE001 - as of a dict that another thread changes: that is not the student's
                call.arguments = CANNOT_BE_SHOWN

    def enter_verb(self, code: CodeType, frame: FrameType, kind_of_caller: int, is_all: bool) -> None:
        """A method that all models have begins. Called by the student it is theirs, like `User.create`."""
        if kind_of_caller == OWN:
            self.enter(code, OWN, frame, owner_of(code, frame))
        elif is_all:
            self.enter(code, SHARED, frame)
        else:
            self.stack.append((code, self.stack[-1][1] if self.stack else None))

    def resume(self, code: CodeType) -> None:
        """A generator goes on, wherever that is asked for."""
        self.stack.append((code, self.suspended.pop(id(code), None)))

    def leave(self, code: CodeType, may_go_on: bool = False) -> None:
        """A function of ours has ended, and all that it had called: they may have failed without a word."""
        stack, now = self.stack, perf_counter()
        if stack and stack[-1][0] is code and not may_go_on:  # as nearly always
            call = stack.pop()[1]
            if call:
                call.ended = now
            return
        top = len(stack) - 1
        while top >= 0 and stack[top][0] is not code:
            top -= 1
        if top < 0:
            return  # it began before we watched
        if may_go_on:
            self.suspended[id(code)] = stack[top][1]
        for _, call in stack[top:]:
            if call:
                call.ended = now
        del stack[top:]


class Signature(NamedTuple):
    """The names of what a function takes: one by one, the rest without names, and the rest with names.

    It `is_secret` when the function is called like a secret: then so is all that it takes.
    """

    names: tuple[str, ...]
    more: str
    by_name: str
    is_secret: bool


class Signatures(dict[int, "Signature | None"]):
    """Those of functions, by the id of their code: to compare two codes would take longer than to read one."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[CodeType] = []  # as another one could get the id of one that is gone

    def of(self, code: CodeType) -> Signature | None:
        """What the function takes; found out once."""
        number = id(code)
        if number not in self:
            self.codes.append(code)
            self[number] = signature_of(code)
        return self[number]


SIGNATURES = Signatures()


def signature_of(code: CodeType) -> Signature | None:
    """What a function takes, besides the row or the class that it is called on; None when that is nothing."""
    places = code.co_argcount + code.co_kwonlyargcount
    names = tuple(name for name in code.co_varnames[:places] if name not in ("self", "cls"))
    has_more, has_named = bool(code.co_flags & TAKES_MORE), bool(code.co_flags & TAKES_NAMED)
    more = code.co_varnames[places] if has_more else ""
    by_name = code.co_varnames[places + has_more] if has_named else ""
    # Of `of_token(token, kind)` its name says what is secret, of `is_password(kept, text)` only the function's.
    is_secret = is_secret_name(code.co_name) and not any(map(is_secret_name, names))
    return Signature(names, more, by_name, is_secret) if names or more or by_name else None


def arguments_of(signature: Signature, frame: FrameType, secrets: Secrets) -> str:
    """What a function is called with, as text."""
    values = frame.f_locals
    if signature.is_secret:
        return ", ".join(f"{name}={HIDDEN}" for name in signature.names)
    texts = [with_name(name, values[name], secrets) for name in signature.names if name in values]
    if signature.more and values.get(signature.more):
        texts.append(f"*{with_name(signature.more, values[signature.more], secrets)}")
    if signature.by_name and values.get(signature.by_name):
        texts.append(drawn_names(values[signature.by_name], secrets))
    text = ", ".join(texts)
    return text if len(text) <= MOST_ARGUMENTS else f"{text[:MOST_ARGUMENTS]}… ({len(text)} letters)"


def owner_of(code: CodeType, frame: FrameType) -> str:
    """The name of the class on which, or on a row of which, the method is called."""
    first: Any = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    kind = first if isinstance(first, type) else type(first)
    return kind.__name__
