"""The rows of a file held to the rules of their model: what would become of each, and every problem with its line."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import IO, Any

from models.shared.exchange.cell_texts import value_in
from models.shared.exchange.columns import keys_within
from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.ready_rows import Ready, keep_ready
from models.shared.exchange.row_problems import RowProblem, cell_shown, wrong_wish
from models.shared.exchange.sheet import NOT_GIVEN, Sheet, SheetLine
from models.shared.exchange.wishes import Rights, Wish
from models.shared.fields import label_of
from models.shared.row_checks import Invalid, check_row, unique_fields
from models.shared.values import accepted

MOST_LINES_TOLD = 10_000  # problems that are told one by one
HIGHEST_ID = 1_000_000_000  # that a new row may bring: the next ones are given from there on
BATCH_OF_LINES = 500
NOT_THEIRS = "belongs to somebody else"


class Incoming:
    """What the rows of `sheet` would become. After `check`, the numbers and the problems are known."""

    def __init__(self, sheet: Sheet, wish: Wish, rights: Rights, most_rows: int | None = None) -> None:
        self.sheet, self.wish, self.rights, self.most_rows = sheet, wish, rights, most_rows
        self.model = rights.model
        self.fields = {name: self.model._meta.fields[name] for name in rights.fields}
        self.counts: Counter[str] = Counter()  # new, changed, same, passed
        self.problems: list[RowProblem] = []
        self.more_problems: Counter[tuple[str, str]] = Counter()  # those that are not told one by one
        self.seen: dict[Any, int] = {}  # the lines of what may be there once
        self.there: dict[Any, Any] = {}  # the rows that some lines are about, by what they are known by
        self.coming_ids: set[int] = set()
        self.known_hidden: dict[tuple[str, Any], bool] = {}

    def check(self, keep: IO[bytes] | None = None, tell: Callable[[int], object] = int) -> None:
        """Look at every row; `tell` hears how many were looked at. What is ready is written to `keep`."""
        self.problems += wrong_wish(self.sheet, self.wish, self.rights)
        if self.problems:
            return
        try:
            self.note_coming_ids()
            for lines in batched(self.lines()):
                values = [self.values_of(line) for line in lines]
                self.look_up(values)
                ready = [each for each in map(self.ready, lines, values) if each]
                if keep and not self.problems:
                    keep_ready(ready, keep)
                tell(len(lines))
        except BadSheet as error:
            self.problems.append(RowProblem(error.line, "", str(error)))

    def note_coming_ids(self) -> None:
        """The numbers that rows of the file bring, where rows of this table refer to each other."""
        columns = [number for number, name in self.wish.fields.items() if name == "id" and self.rights.keep_ids]
        if columns and keys_within(self.model):
            for line in self.sheet.rows():
                cell = line.cells[columns[0]]
                value = value_in(self.fields["id"], cell) if isinstance(cell, str) else cell
                if type(value) is int:
                    self.coming_ids.add(value)

    def to_check(self, row: Any, fields: Iterable[Any]) -> list[Any]:
        """Those of `fields` that do not refer to a row which comes in the same file, and is not there yet."""
        values = {field: row.__data__.get(field.name) for field in keys_within(self.model)}
        late = [field for field, value in values.items() if type(value) is int and value in self.coming_ids]
        return [field for field in fields if field not in late]

    def lines(self) -> Iterator[SheetLine]:
        """The rows of the sheet. BadSheet when there are too many."""
        for count, line in enumerate(self.sheet.rows(), start=1):
            if self.most_rows and count > self.most_rows:
                raise BadSheet(f"is one row too many: at most {self.most_rows:,} are read at once", line.number)
            yield line

    def ready(self, line: SheetLine, values: dict[str, Any]) -> Ready | None:
        """What becomes of a line; None for one that is passed over, stays the same or has a problem."""
        if line.problem:
            self.note(line, {"": line.problem})
            return None
        try:
            row = self.there.get(self.key_in(values))
            if row is None:
                return self.new_row(line, values)
            return self.changed_row(line, row, values)
        except Invalid as error:
            self.note(line, error.problems)
        return None

    def values_of(self, line: SheetLine) -> dict[str, Any]:
        """The values of a line by the names of their fields."""
        values = {self.wish.fields[number]: line.cells[number] for number in self.wish.fields}
        if self.sheet.form.is_json:
            return {name: value for name, value in values.items() if value is not NOT_GIVEN}
        return {name: value_in(self.fields[name], text) for name, text in values.items()}

    def look_up(self, lines: list[dict[str, Any]]) -> None:
        """Find the rows that are there already for all of these values at once."""
        name, keys = self.wish.match, set()
        for values in lines:
            with suppress(Invalid):
                keys.add(self.key_in(values))
        keys.discard(None)
        rows = self.rights.known_rows.where(self.fields[name].in_(list(keys))) if keys else ()
        self.there = {row.__data__[name]: row for row in rows}

    def key_in(self, values: dict[str, Any]) -> Any:
        """What a row is known by; None for one that has nothing of the kind.

        `Invalid` for what no row can have, unless that is told with all else that is wrong with a new row.
        """
        name = self.wish.match
        if not name or values.get(name) is None:
            return None
        try:
            return accepted(self.fields[name], values[name])
        except ValueError as error:
            if self.wish.adds and name != "id":
                return None
            raise Invalid({name: str(error)}) from None

    def new_row(self, line: SheetLine, values: dict[str, Any]) -> Ready | None:
        """A row that is added. An empty cell stands for the default where there must be a value."""
        if not self.wish.adds:
            self.counts["passed"] += 1
            return None
        if not self.sheet.form.is_json:
            values = {name: value for name, value in values.items() if value is not None or self.is_said(name)}
        given_id = values.pop("id", None)
        new_id = given_id if self.rights.keep_ids else None
        row = self.model(**{**self.rights.owner, **values})
        problems = problems_of(row, self.to_check(row, self.model._meta.sorted_fields)) | self.hidden_in(values)
        if new_id is not None:
            problems |= self.wrong_id(new_id)
        problems |= self.twins(row, line.number, new_id, problems)
        if problems:
            raise Invalid(problems)
        self.counts["new"] += 1
        return Ready(new_id, True, {name: row.__data__[name] for name in row.__data__ if name != "id"})

    def is_said(self, name: str) -> bool:
        """Whether no value is one, too."""
        return self.fields[name].null or self.fields[name].default is None

    def changed_row(self, line: SheetLine, row: Any, values: dict[str, Any]) -> Ready | None:
        """A row that is there. What only the program sets stays as it is."""
        if problems := self.twins(row, line.number, None):
            raise Invalid(problems)
        if not self.wish.changes:
            self.counts["passed"] += 1
            return None
        names = [name for name in values if name != "id" and name not in self.model.read_only]
        changes = {name: values[name] for name in names if has_other(self.fields[name], row, values[name])}
        if not changes:
            self.counts["same"] += 1
            return None
        if not self.rights.may_change(row):
            raise Invalid({"": NOT_THEIRS})
        for name, value in changes.items():
            setattr(row, name, value)
        problems = problems_of(row, self.to_check(row, row.dirty_fields)) | self.hidden_in(changes)
        problems |= self.twins(row, line.number, None, problems)
        if problems:
            raise Invalid(problems)
        self.counts["changed"] += 1
        return Ready(row.id, False, {name: row.__data__[name] for name in changes})

    def hidden_in(self, values: dict[str, Any]) -> dict[str, str]:
        """References to rows that they may not know of, by name: as if these were not there."""
        found = {}
        for field in self.model._meta.refs:
            key = field.name, values.get(field.name)
            if type(key[1]) is not int:
                continue  # the model says what is wrong with it
            if key not in self.known_hidden:
                self.known_hidden[key] = self.rights.hidden(field, key[1])
            if self.known_hidden[key]:
                found[field.name] = "does not exist"
        return found

    def wrong_id(self, new_id: Any) -> dict[str, str]:
        """What is wrong with the number of a new row, by its name."""
        if type(new_id) is not int or not 1 <= new_id <= HIGHEST_ID:
            return {"id": f"must be a whole number from 1 to {HIGHEST_ID:,}"}
        return {"id": "is already taken"} if self.model.has_row(new_id) else {}

    def twins(self, row: Any, line: int, new_id: Any, problems: Collection[str] = ()) -> dict[str, str]:
        """What another line has that may be there once, by name; what has `problems` is none."""
        data, found = row.__data__, {}
        for names in self.unique:
            values = tuple(data.get(name) for name in names) if names != ("id",) else (new_id or row.id,)
            if None in values or not set(names).isdisjoint(problems):
                continue
            first = self.seen.setdefault((names, values), line)
            if first != line:
                with_others = f" with this {' and '.join(names[:-1])}" if len(names) > 1 else ""
                found[names[-1]] = f"is in line {first:,} already{with_others}"
        return found

    @cached_property
    def unique(self) -> list[tuple[str, ...]]:
        """The names of what may be there once: a field, or several together."""
        return [("id",), *(tuple(field.name for field in fields) for fields in unique_fields(self.model))]

    def note(self, line: SheetLine, problems: dict[str, str]) -> None:
        """Tell what is wrong with a line, as its file calls it."""
        for name, message in problems.items():
            number = next((number for number, field in self.wish.fields.items() if field == name), None)
            heading = name and (self.label(name) if number is None else cell_shown(self.sheet.headings[number]))
            if len(self.problems) >= MOST_LINES_TOLD:
                self.more_problems[heading, message] += 1
                continue
            value = "" if number is None else cell_shown(line.cells[number])
            self.problems.append(RowProblem(line.number, heading, message, value))

    def label(self, name: str) -> str:
        """What people call a field that has no column in the file."""
        field = self.model.all_fields().get(name)
        return label_of(field) if field else name


def problems_of(row: Any, fields: Any) -> dict[str, str]:
    """What the model says against a row, by name."""
    try:
        check_row(row, fields)
    except Invalid as error:
        return error.problems
    return {}


def has_other(field: Any, row: Any, value: Any) -> bool:
    """Whether the row would have another value. One that it cannot have is another one, too."""
    try:
        return bool(accepted(field, value) != row.__data__.get(field.name))
    except ValueError:
        return True


def batched(lines: Iterator[SheetLine]) -> Iterator[list[SheetLine]]:
    """Some at a time."""
    while batch := list(islice(lines, BATCH_OF_LINES)):
        yield batch
