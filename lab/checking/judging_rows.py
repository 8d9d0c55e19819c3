"""Judges rows: made by the student's site with values of the judge's, and then looked for in the file."""

import json
from collections.abc import Iterator
from typing import Any

from lab.checking.child import Child
from lab.checking.comparing import answer_json, as_sent, checked_description, is_same, spoken
from lab.checking.database_file import DatabaseFile, NoTable, StoredRow
from lab.checking.handed_in import HandedIn
from lab.checking.lines import ToDo
from lab.checking.messages import Gone, Silent
from lab.checking.said import said_to_do
from lab.checking.source_reading import ModelSource
from lab.checking.values_for import Described, right_value, wrong_values

TRIES = 6
MOST_RESTARTS = 3
DATABASE_IS_ANOTHER = "The database that it was given is gone: a model's file deletes no files."


class RowsJudge:
    """What the other judges ask, too: the site, the description of the model, its source, its table."""

    def __init__(self, handed_in: HandedIn, children: dict[str, Child]) -> None:
        self.handed_in, self.children = handed_in, children
        self.source = ModelSource(handed_in)
        self.described: dict[str, Any] = {}
        self.first: dict[int, StoredRow] = {}
        self.made: StoredRow = {}
        self.values: dict[str, Any] = {}
        self.known: dict[int, StoredRow] | None = None  # what the file had when it was looked at last
        self.restarts = 0

    @property
    def table(self) -> str:
        """The name of the table, which is the address, too."""
        return str(self.described["plural"])

    @property
    def class_name(self) -> str:
        """As the file says it."""
        return str(self.described["class"])

    @property
    def fields(self) -> dict[str, Described]:
        """By name."""
        return {field["name"]: field for field in self.described["fields"]}

    def rows_now(self) -> dict[int, StoredRow]:
        """What the file has at this moment; it is read again when the site has been asked for something."""
        if self.known is None:
            self.known = self.rows_in("site")
        return self.known

    def rows_in(self, work: str) -> dict[int, StoredRow]:
        """What the file of a process has."""
        return DatabaseFile(self.children[work].database()).rows(self.table)

    def to_do(self, says: str, field: str = "") -> ToDo:
        """At the line of a field, or of the class."""
        line = self.source.field_line(self.class_name, field) if field else self.source.class_line(self.class_name)
        return ToDo(says, self.handed_in.file, line)

    def asked(self, method: str, path: str, body: Any = None, *, is_page: bool = False) -> dict[str, Any]:
        """What the site answers. ToDo when it fails; Silent when it takes too long, and the next line gets another."""
        self.known = None if method != "GET" else self.known
        site = self.children["site"]
        try:
            answer = site.ask(method, path, "" if body is None else json.dumps(body), is_page=is_page)
        except (Silent, Gone):
            self.start_again()
            raise
        if answer["status"] >= 500:
            said = answer.get("failure")
            words = str(said[0]) if isinstance(said, list) and said else f"{method} {path} fails."
            raise said_to_do(words, self.handed_in)
        return answer

    def start_again(self) -> None:
        """Another process with another new database, as this one has hung or ended. Gone when that is so once more."""
        self.restarts += 1
        self.known = None
        self.children["site"].end()
        self.children["site"] = site = self.children["site"].again()
        if self.restarts > MOST_RESTARTS or "ready" not in site.next():
            raise Gone
        if self.values:
            site.ask("POST", f"/api/{self.table}", json.dumps(self.values))

    def file(self) -> None:
        """Python reads it, the site takes it, and its table is in the file."""
        self.described = checked_description(self.beginning_of("site"))
        self.first = self.rows_now()
        if not DatabaseFile(self.children["site"].database()).rows("sessions"):
            raise ToDo(DATABASE_IS_ANOTHER, self.handed_in.file, 1)

    def beginning_of(self, work: str) -> Any:
        """What a process says of the model when it has begun. ToDo when the file cannot be used."""
        said = self.children[work].next()
        if "ready" not in said:
            raise said_to_do(str(said.get("unusable", "")), self.handed_in)
        return said["ready"]

    def rows(self) -> None:
        """A function that makes rows, which are the same on another new database."""
        line = self.source.function_line(f"init_{self.table}")
        if not line:
            raise self.to_do(f"Write a function init_{self.table}() below the class: it makes the sample rows.")
        if not self.first:
            raise ToDo(
                f"init_{self.table}() makes no row: write {self.class_name}.create(…).", self.handed_in.file, line
            )
        self.beginning_of("rows")
        self.compare_rows(self.rows_in("rows"), line)

    def compare_rows(self, others: dict[int, StoredRow], line: int) -> None:
        """ToDo where the second database has others. What a default makes anew, such as the time, may differ."""
        made = {field["column"] for field in self.described["fields"] if field["default_is_made"]}
        if len(others) != len(self.first):
            says = f"init_{self.table}() makes {len(self.first)} rows, and on another new database {len(others)}."
            raise ToDo(says, self.handed_in.file, line)
        for one, two in zip(self.first.values(), others.values(), strict=True):
            for column in one.keys() - made:
                if one[column] != two.get(column):
                    says = (
                        f"init_{self.table}() makes other rows each time: {column} is {spoken(one[column])}, then "
                        f"{spoken(two.get(column))}. Write values that do not change."
                    )
                    raise ToDo(says, self.handed_in.file, line)

    def create(self) -> None:
        """A new row with values that nobody knew before is in the file."""
        refused: dict[str, Any] = {}
        for values in self.candidates():
            before = self.rows_now()
            answer = self.asked("POST", f"/api/{self.table}", values)
            if answer["status"] == 422:
                refused = refused or answer_json(answer).get("problems", {})
                continue
            if answer["status"] != 201:
                raise self.to_do(f"To add a row is answered with {answer['status']}, and should be with 201.")
            news = {key: row for key, row in self.rows_now().items() if key not in before}
            self.take_made(news, values)
            return
        name, message = next(iter(refused.items()), ("", "")) if isinstance(refused, dict) else ("", "")
        said = f"{name} {message}" if name else "it is refused"
        raise self.to_do(f"No row can be added with values that fit its fields: {said}."[:300], str(name))

    def take_made(self, news: dict[int, StoredRow], values: dict[str, Any]) -> None:
        """ToDo unless the one new row of the file has these values."""
        if len(news) != 1:
            says = f"After create() the table should have one more row, and has {len(news)} more."
            raise self.to_do(says)
        self.made, self.values = next(iter(news.values())), values
        for name, value in values.items():
            stored = self.made.get(self.fields[name]["column"])
            if not is_same(self.fields[name], stored, value):
                raise self.to_do(
                    f"create() was given {name} = {spoken(value)}, and the table has {spoken(stored)}.",
                    name,
                )

    def candidates(self) -> Iterator[dict[str, Any]]:
        """Values for a new row: made up from the fields; then those of a sample row, as they keep the class's rules."""
        for _ in range(TRIES):
            yield self.values_made_up(only_needed=False)
        for _ in range(TRIES):
            yield self.values_made_up(only_needed=True)
        for row in [*self.first.values()][:TRIES]:
            yield self.values_like(row)

    def open_fields(self) -> Iterator[Described]:
        """Those that whoever adds a row gives, without pictures."""
        for name in self.described["open"]:
            if name in self.fields and self.fields[name]["kind"] != "ImageField":
                yield self.fields[name]

    def values_made_up(self, *, only_needed: bool) -> dict[str, Any]:
        """For each field, or for those that must have a value."""
        fields = [each for each in self.open_fields() if not only_needed or not (each["null"] or each["has_default"])]
        values = {each["name"]: right_value(each, self.rows_of(each["refers_to"])) for each in fields}
        return {name: value for name, value in values.items() if value is not None}

    def values_like(self, row: StoredRow) -> dict[str, Any]:
        """Those of a row in the file, but with other texts, and other values where only one row may have each."""
        values = {}
        for field in self.open_fields():
            stored = row.get(field["column"])
            is_text = field["kind"] in ("CharField", "TextField")
            if field["unique"] or (is_text and stored):
                values[field["name"]] = right_value(field, self.rows_of(field["refers_to"]))
            elif stored is not None:
                values[field["name"]] = as_sent(field, stored)
        return values

    def rows_of(self, table: str) -> list[int]:
        """The ids that a foreign key may have."""
        try:
            return [*DatabaseFile(self.children["site"].database()).rows(table)] if table else []
        except NoTable:
            return []

    def read(self) -> None:
        """What read() gives of the new row is what the file has."""
        answer = self.asked("GET", f"/api/{self.table}/{self.made['id']}")
        said = answer_json(answer)
        if answer["status"] != 200:
            raise self.to_do(f"To read a row is answered with {answer['status']}, and should be with 200.")
        for name in self.values:
            if name in said and not is_same(self.fields[name], self.made[self.fields[name]["column"]], said[name]):
                stored = spoken(self.made[self.fields[name]["column"]])
                raise self.to_do(f"read() gives {name} = {spoken(said[name])}, and the table has {stored}.", name)
        if not any(name in said for name in self.values):
            raise self.to_do("read() gives none of the fields of a row.")

    def update(self) -> None:
        """Another value is in the file, and nothing else has changed."""
        for field, value in self.changes():
            before = self.rows_now()
            answer = self.asked("PATCH", f"/api/{self.table}/{self.made['id']}", {field["name"]: value})
            if answer["status"] == 422:
                continue  # a rule of the class: another field may be free
            after = self.rows_now()
            now = after.get(self.made["id"], {})
            if answer["status"] != 200 or not is_same(field, now.get(field["column"]), value):
                says = f"update({field['name']}={spoken(value)}) should change the row, and the table has "
                raise self.to_do(f"{says}{spoken(now.get(field['column']))}.", field["name"])
            others = {key: row for key, row in after.items() if key != self.made["id"]}
            if others != {key: row for key, row in before.items() if key != self.made["id"]}:
                raise self.to_do("update() of one row has changed others.", field["name"])
            self.made = now
            return
        raise self.to_do("No field of a row can be changed to another value that fits it.")

    def changes(self) -> Iterator[tuple[Described, Any]]:
        """Fields with another value than the row has."""
        for field in self.open_fields():
            for _ in range(TRIES):
                value = right_value(field, self.rows_of(field["refers_to"]))
                if value is not None and not is_same(field, self.made.get(field["column"]), value):
                    yield field, value
                    break

    def delete(self) -> None:
        """A row is gone from the file, and no other one. It is another one than the new row, which is needed again."""
        news = self.second_row()
        before = self.rows_now()
        answer = self.asked("DELETE", f"/api/{self.table}/{news}")
        after = self.rows_now()
        if answer["status"] not in (200, 204) or news in after:
            raise self.to_do("delete() should take the row away, and the table has it still.")
        if after != {key: row for key, row in before.items() if key != news}:
            raise self.to_do("delete() of one row has changed others.")

    def second_row(self) -> int:
        """The id of one more row, or of the first one where no more can be added."""
        for values in self.candidates():
            before = self.rows_now()
            if self.asked("POST", f"/api/{self.table}", values)["status"] == 201:
                return next(iter(self.rows_now().keys() - before.keys()), self.made["id"])
        return int(self.made["id"])

    def refuses(self) -> None:
        """Each value that does not fit its field is refused, and no row comes of it."""
        for field in self.open_fields():
            for wrong in wrong_values(field):
                self.refuse(field, wrong)
            if field["unique"]:
                self.refuse(field, as_sent(field, self.made[field["column"]]))

    def refuse(self, field: Described, wrong: Any) -> None:
        """ToDo unless this value is refused with a message for its field."""
        before = self.rows_now()
        values = self.values | self.values_made_up(only_needed=True) | {field["name"]: wrong}
        answer = self.asked("POST", f"/api/{self.table}", values)
        if answer["status"] != 422 or self.rows_now() != before:
            raise self.to_do(
                f"{field['name']} takes {spoken(wrong)}, which it should refuse: let {self.class_name}.create() "
                "of Resource check it, or yield a problem.",
                field["name"],
            )
