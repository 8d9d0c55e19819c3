"""What there is to learn from a request: statements that are asked again and again, or take their time."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import Any

from lab.cures import cure_of, what_it_reads
from lab.places import SourceLine
from lab.record import Warned
from lab.recording import Recording, Statement
from lab.sql_words import verb_of

NOTABLE_SECONDS = 0.05
FEWEST_REPEATED = 3  # the same again is told from here on
READS = ("SELECT", "WITH")

StatementNumbers = list[int]  # numbers of statements


def warnings_of(recording: Recording) -> list[Warned]:
    """All of them. The statements still have the values and rows that they had."""
    statements = recording.statements
    return [*repeats(statements), *slow(statements)]


def slow(statements: list[Statement]) -> Iterator[Warned]:
    """Those that took their time."""
    for number, each in enumerate(statements):
        seconds = each.ended - each.began
        if seconds > NOTABLE_SECONDS and not each.is_control:
            yield Warned("slow", f"waited {seconds * 1000:.0f} ms for one statement.", "", each.place, [number])


def repeats(statements: list[Statement]) -> Iterator[Warned]:
    """The same SQL again: for each row of an earlier answer, or just so."""
    for (place, sql), group in groups(statements).items():
        earlier = query_behind(statements, group) if place else None
        if earlier is not None:
            yield n_plus_one(statements, group, earlier)
        elif len(group) >= FEWEST_REPEATED and verb_of(sql) in READS:
            yield repeated_by(place, statements, group)


def repeated_by(place: SourceLine | None, statements: list[Statement], group: StatementNumbers) -> Warned:
    """The same, but for no rows of an earlier answer."""
    if are_equal(statements, group):
        text = f"asks the same {len(group)} times, with the same values: ask once, and keep the answer."
    else:
        text = f"asks the same {len(group)} times, with other values: all that is needed may be asked for at once."
    return Warned("repeated", text, "", place, group)


def groups(statements: list[Statement]) -> dict[tuple[SourceLine | None, str], StatementNumbers]:
    """The numbers of the statements that one line has asked for with the same SQL, where there are several."""
    found: dict[tuple[SourceLine | None, str], StatementNumbers] = {}
    for number, each in enumerate(statements):
        if not each.is_control:
            found.setdefault((each.place, each.sql), []).append(number)
    return {key: group for key, group in found.items() if len(group) > 1}


def are_equal(statements: list[Statement], group: StatementNumbers) -> bool:
    """Whether all of them have the same values."""
    first = values_of(statements[group[0]])
    return all(values_of(statements[each]) == first for each in group)


def n_plus_one(statements: list[Statement], group: StatementNumbers, earlier: int) -> Warned:
    """One query for a list, and one more for each of its rows."""
    first, behind = statements[group[0]], statements[earlier]
    of = f", which {behind.place} asked for" if behind.place and behind.place != first.place else ""
    text = (
        f"asks again for each row: {len(group)} times {what_it_reads(first.sql)}, "
        f"for the {behind.rows} rows of {what_it_reads(behind.sql)}{of}. One or two queries would do."
    )
    return Warned("n+1", text, cure_of(behind.sql, first.sql), first.place, [earlier, *group])


def query_behind(statements: list[Statement], group: StatementNumbers) -> int | None:
    """The number of the earlier query whose rows have, in one column, the values in which these statements differ."""
    different = different_values([values_of(statements[each]) for each in group])
    if not different:
        return None
    for number in range(group[0] - 1, -1, -1):
        rows = statements[number]
        if rows.rows > 1 and rows.sql != statements[group[0]].sql and is_column_of(rows, different):
            return number
    return None


def different_values(given: list[list[Any]]) -> list[set[Any]]:
    """The values, of each place in which they differ."""
    if len({len(values) for values in given}) != 1:
        return []
    columns = [as_set(column) for column in zip(*given, strict=True)]
    return [column for column in columns if len(column) > 1]


def is_column_of(statement: Statement, different: list[set[Any]]) -> bool:
    """Whether each of these sets is found in a column of its answer, or in two: a line may follow two keys of a row.

    Of a long answer only the beginning is known.
    """
    rows = [row for row in statement.seen if isinstance(row, list | tuple)]
    columns = [as_set(column) for column in zip(*rows, strict=False)]
    is_whole = statement.rows <= len(statement.seen)
    return all(any(fits(column, values, is_whole) for column in choices(columns, values)) for values in different)


def choices(columns: list[set[Any]], values: set[Any]) -> Iterator[set[Any]]:
    """The columns, and two together where each of them has several of the values."""
    yield from columns
    several = [column for column in columns if len(column & values) > 1]
    yield from (one | other for one, other in combinations(several, 2))


def fits(column: set[Any], values: set[Any], is_whole: bool) -> bool:
    """Whether the values come from this column."""
    found = column & values
    return found == values if is_whole else len(found) > 1


def as_set(values: Iterable[Any]) -> set[Any]:
    """Those of the values that can be in one."""
    return {each for each in values if isinstance(each, Hashable)}


def values_of(statement: Statement) -> list[Any]:
    """What was given to it."""
    given = statement.values
    return list(given.values()) if isinstance(given, dict) else list(given or ())
