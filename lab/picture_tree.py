"""The steps of a request as a tree: what is much alike, or the site's own, is folded."""

from collections.abc import Iterator
from itertools import groupby

from lab.picture import Line, browser_line, call_line, last_lines, milliseconds, route_lines, statement_line
from lab.plan import Plan
from lab.record import Record
from lab.sql_words import main_table

DEEPEST = 9  # what is called from there is folded
MOST_ALIKE = 2  # of one kind, below one step; the others are folded
MOST_LINES_SHOWN = 200
HIDDEN_CONTROLS = ("BEGIN", "SAVEPOINT", "RELEASE")  # unless machinery is asked for


class Branch:
    """A call or a statement, and what happened in it."""

    __slots__ = ("children", "key", "line")

    def __init__(self, line: Line, key: str) -> None:
        self.line, self.key = line, key
        self.children: list[Branch] = []


def picture(record: Record, plans: dict[str, Plan], with_shared: bool) -> list[Line]:
    """All lines, from the browser to the answer."""
    before, handling = roots(record, plans, with_shared)
    first = [browser_line(record), *route_lines(record)]
    found = [*first, *lines_below(before, 1 if record.route else 0), *lines_below(handling, 0)]
    if len(found) > MOST_LINES_SHOWN:
        rest = found[MOST_LINES_SHOWN:]
        found = [*found[:MOST_LINES_SHOWN], fold_line(rest, f"{len(rest):,} more steps")]
    return [*found, *last_lines(record)]


def fold_line(lines: list[Line], words: str) -> Line:
    """A line that stands for others."""
    return Line("fold", "", more=list(flat_lines(lines)), more_words=words)


def flat_lines(lines: list[Line]) -> Iterator[Line]:
    """The same without folds within."""
    for each in lines:
        inner, each.more = each.more, []
        if each.kind != "fold":
            yield each
        yield from flat_lines(inner)


def roots(record: Record, plans: dict[str, Plan], with_shared: bool) -> tuple[list[Branch], list[Branch]]:
    """What happened before the handler, as in its guard, and what from there on."""
    nodes: dict[int, Branch] = {}
    top: list[Branch] = []
    shown_parent: dict[int, int | None] = {}
    waiting: list[tuple[float, int | None, Branch]] = []
    for step in record.steps:
        parent = shown_parent.get(step.parent) if step.parent is not None else None
        if step.is_shared and not with_shared:
            shown_parent[step.number] = parent
            continue
        shown_parent[step.number] = step.number
        nodes[step.number] = Branch(call_line(record, step), step.name)
        waiting.append((step.began, parent, nodes[step.number]))
    for number, asked in enumerate(record.statements):
        if with_shared or not (asked.is_control and asked.sql.startswith(HIDDEN_CONTROLS)):
            parent = shown_parent.get(asked.step) if asked.step is not None else None
            node = Branch(statement_line(record, number, asked, plans.get(asked.sql)), asked.sql)
            waiting.append((asked.began, parent, node))
    for _, parent, node in sorted(waiting, key=lambda each: each[0]):
        (top if parent is None else nodes[parent].children).append(node)
    begins = next((place for place, node in enumerate(top) if is_handler(record, node)), len(top))
    return top[:begins], top[begins:]


def is_handler(record: Record, node: Branch) -> bool:
    """Whether it is the call of the function that answers."""
    return bool(node.line.place) and node.line.place == record.place


def lines_below(nodes: list[Branch], depth: int) -> list[Line]:
    """The lines of these, which stand below one step, and of what happened in them."""
    found: list[Line] = []
    alike: dict[str, list[Branch]] = {}
    for node in nodes:
        alike.setdefault(node.key, []).append(node)
    for is_quiet, run in groupby(nodes, lambda node: node.line.is_quiet):
        if is_quiet:
            found.append(quiet_line(list(run), depth))
            continue
        for node in run:
            group = alike[node.key]
            if len(group) <= MOST_ALIKE:
                found += lines_of_node(node, depth)
            elif node is group[0]:
                found += [*lines_of_node(node, depth), more_alike(group[1:], depth)]
    return found


def quiet_line(nodes: list[Branch], depth: int) -> Line:
    """What the site does by itself, such as to look who is logged in."""
    lines = list(walked(nodes, depth))
    names = ", ".join(dict.fromkeys(main_table(node.key) if node.line.sql else node.line.title for node in nodes))
    first, last = nodes[0].line, nodes[-1].line
    began = first.began or 0
    line = Line("quiet", "", depth=depth, began=began, ms=(last.began or 0) + last.ms - began, more=lines)
    line.more_words = f"The site's own: {names}, {inside_words(lines)}"
    return line


def more_alike(nodes: list[Branch], depth: int) -> Line:
    """The others that are as one that is shown."""
    time = sum(each.line.ms for each in nodes)
    line = Line("fold", "", depth=depth, more=list(walked(nodes, depth)))
    line.more_words = f"{len(nodes):,} more like this, {milliseconds(time)} together"
    return line


def lines_of_node(node: Branch, depth: int) -> list[Line]:
    """A line, and those of what happened in it."""
    node.line.depth = depth
    if not node.children:
        return [node.line]
    if depth >= DEEPEST:
        node.line.more = list(walked(node.children, depth))
        node.line.more_words = f"{inside_words(node.line.more)} inside"
        return [node.line]
    return [node.line, *lines_below(node.children, depth + 1)]


def inside_words(lines: list[Line]) -> str:
    """How much is folded."""
    statements = sum(bool(each.sql) for each in lines)
    calls = sum(bool(each.href.startswith("steps/")) for each in lines)
    parts = [(calls, "call"), (statements, "statement")]
    return ", ".join(f"{count:,} {word}{'s' * (count != 1)}" for count, word in parts if count)


def walked(nodes: list[Branch], depth: int) -> Iterator[Line]:
    """All lines below these, in their order, however deep they are."""
    waiting = [(node, depth) for node in reversed(nodes)]
    while waiting:
        node, at = waiting.pop()
        node.line.depth = min(at, DEEPEST)
        yield node.line
        waiting += [(each, at + 1) for each in reversed(node.children)]
