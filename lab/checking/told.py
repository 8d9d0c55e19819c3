"""A verdict as text for a terminal: the lines of one, or a table of several."""

from collections.abc import Iterator

from lab.checking.lines import DONE, NOT_YET, TO_DO, CheckedTask, Verdict

WIDTH = len(NOT_YET) + 2


def told_verdicts(verdicts: list[Verdict]) -> str:
    """All that is to be said: with several, first a table."""
    parts = [table_of(verdicts)] if len(verdicts) > 1 else []
    parts += [told_verdict(verdict) for verdict in verdicts if len(verdicts) == 1 or not verdict.is_done]
    return "\n\n".join(parts)


def table_of(verdicts: list[Verdict]) -> str:
    """A line for each model."""
    rows = [
        (verdict.student, verdict.model, f"{verdict.done} of {len(verdict.lines)}", rest_of(verdict))
        for verdict in verdicts
    ]
    heads = ("student", "model", "done", "to do")
    rows = [heads, *rows]
    used = [place for place in range(4) if any(row[place] for row in rows[1:])] or [1]
    widths = {place: max(len(row[place]) for row in rows) for place in used}
    return "\n".join("  ".join(row[place].ljust(widths[place]) for place in used).rstrip() for row in rows)


def rest_of(verdict: Verdict) -> str:
    """The names of the lines that are to do."""
    return ", ".join(line.name for line in verdict.lines if line.state == TO_DO)


def told_verdict(verdict: Verdict) -> str:
    """Each line of one."""
    whose = f"{verdict.student}, " * bool(verdict.student)
    head = f"{whose}{verdict.model}: {verdict.done} of {len(verdict.lines)}"
    return "\n".join([head, *(text for line in verdict.lines for text in told_line(line))])


def told_line(line: CheckedTask) -> Iterator[str]:
    """What it asks for, and where to look."""
    yield f"  {line.state.ljust(WIDTH)}{line.asks}"
    if line.state != DONE and line.says:
        yield f"  {' ' * WIDTH}{line.place}: {line.says}" if line.place else f"  {' ' * WIDTH}{line.says}"
