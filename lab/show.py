"""`--show`: what a command or the seed did, as a tree of the calls and statements that the site would record."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from lab.finish import hide_secrets
from lab.record import Asked, Step, asked_of, step_of
from lab.recording import Recording, current_recording
from lab.statements import watch_statements
from lab.watching import watcher

WIDEST = 160  # letters of a line
Node = Step | Asked


@contextmanager
def tree_shown() -> Iterator[None]:
    """Print what is done inside. The database is bound already."""
    recording, watching = Recording(number=0, said={}), watcher()
    watch_statements()
    before = current_recording.set(recording)
    watching.begin()
    try:
        yield
    finally:
        watching.end()
        watching.stop()
        current_recording.reset(before)
        print(*tree_lines(recording), sep="\n", flush=True)


def tree_lines(recording: Recording) -> Iterator[str]:
    """A line for each call and each statement, further in than the call that it belongs to."""
    hide_secrets(recording)
    children: dict[int | None, list[Node]] = defaultdict(list)
    for step in [step_of(each, recording.began) for each in recording.calls.all]:
        children[step.parent].append(step)
    for asked in [asked_of(each, recording.began) for each in recording.statements if not each.is_control]:
        children[asked.step].append(asked)
    for nodes in children.values():
        nodes.sort(key=lambda node: node.began)
    yield from branch(children, None, "")
    for count, what in ((recording.calls.uncounted, "calls"), (recording.uncounted, "statements")):
        if count:
            yield f"… and {count:,} {what} more, which are only counted"


def branch(children: dict[int | None, list[Node]], parent: int | None, indent: str) -> Iterator[str]:
    """The lines below one call. Of several alike, one after the other, only the first is told."""
    for _, alike in groupby(children[parent], key=lambda node: node.name if isinstance(node, Step) else node.sql):
        first, *others = alike
        yield f"{indent}{line_of_node(first)}"
        if isinstance(first, Step):
            yield from branch(children, first.number, f"{indent}  ")
        if others:
            yield f"{indent}… {len(others):,} more like this"


def line_of_node(node: Node) -> str:
    """What was called and where it is, or what was asked and what came of it."""
    if isinstance(node, Step):
        return cut(f"{node.name}({node.arguments})", f"  {node.place}  {node.ms:.1f} ms")
    rows = f"  {node.rows:,} row{'s' * (node.rows != 1)}  {node.ms:.1f} ms"
    return cut(f"{node.sql} {node.values or ''}", rows + (f"  {node.error}" if node.error else ""))


def cut(text: str, end: str) -> str:
    """Both, as much of the text as leaves room for the end."""
    room = WIDEST - len(end)
    return (text if len(text) <= room else f"{text[: room - 1]}…") + end
