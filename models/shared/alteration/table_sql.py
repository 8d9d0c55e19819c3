"""The statement that made a table of SQLite, taken apart into its columns and rules, and put together again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from models.shared.sql_names import sql_name

# A text, a name in quotes, a comment, a word, or any other sign.
SQL_TOKEN = re.compile(
    r"""[xX]?'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|\s+|[^\W\d][\w$]*|[\d.]+|.""",
    re.DOTALL,
)
TABLE_RULES = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}
COLUMN_RULES = {*TABLE_RULES, "NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"}
# What follows one of these words belongs to it.
TAKES_NEXT = {"NOT", "SET", "DEFAULT"}


class Clause(NamedTuple):
    """A part of a column: its type, or a rule, by the first word of it."""

    word: str
    text: str


@dataclass(frozen=True)
class Definition:
    """What stands between two commas: a column with its clauses, or a rule of the whole table without a name."""

    column: str
    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        """As SQL."""
        name = [sql_name(self.column)] if self.column else []
        return " ".join([*name, *(clause.text for clause in self.clauses if clause.text)])

    def get(self, word: str) -> str:
        """The first clause of this kind; nothing where there is none."""
        return next((clause.text for clause in self.clauses if clause.word == word), "")

    def without(self, *words: str) -> "Definition":
        """Without its clauses of these kinds."""
        return replace(self, clauses=tuple(clause for clause in self.clauses if clause.word not in words))

    def plus(self, word: str, text: str) -> "Definition":
        """With one more clause."""
        return replace(self, clauses=(*self.clauses, Clause(word, text)))


@dataclass(frozen=True)
class TableSql:
    """`CREATE TABLE … (definitions) tail`."""

    definitions: tuple[Definition, ...]
    tail: str

    def text(self, table: str) -> str:
        """The statement that makes it, under this name."""
        return f"CREATE TABLE {sql_name(table)} ({', '.join(each.text for each in self.definitions)}){self.tail}"

    @property
    def columns(self) -> dict[str, Definition]:
        """By their names."""
        return {each.column: each for each in self.definitions if each.column}


def parse_table(sql: str) -> TableSql:
    """What a `CREATE TABLE` says."""
    parts = list(grouped(sql))
    inner = next(number for number, part in enumerate(parts) if part.startswith("("))
    definitions = tuple(parse_definition(each) for each in split_at_commas(parts[inner][1:-1]))
    tail = " ".join(parts[inner + 1 :])
    return TableSql(definitions, f" {tail}" if tail else "")


def grouped(sql: str) -> Iterator[str]:
    """The words of `sql`, where what is in brackets is one of them. Without comments."""
    group, depth = "", 0
    for word in SQL_TOKEN.findall(sql):
        is_comment = word.startswith(("--", "/*"))
        depth += (word == "(") - (word == ")")
        if depth or word == ")":
            group += " " if is_comment else word
        elif not (word.isspace() or is_comment):
            yield word
        if group and not depth:
            yield group
            group = ""


def split_at_commas(sql: str) -> Iterator[list[str]]:
    """The words of each part."""
    part: list[str] = []
    for word in grouped(sql):
        if word == ",":
            yield part
            part = []
        else:
            part.append(word)
    yield part


def parse_definition(words: list[str]) -> Definition:
    """One column, or one rule of the table."""
    if words[0].upper() in TABLE_RULES:
        rule = words[2] if words[0].upper() == "CONSTRAINT" else words[0]
        return Definition("", (Clause(rule.upper(), " ".join(words)),))
    return Definition(plain_identifier(words[0]), tuple(clauses_of(words[1:])))


def clauses_of(words: list[str]) -> Iterator[Clause]:
    """The type, which may be empty, and each rule of a column."""
    kind, part = "TYPE", list[str]()
    for number, word in enumerate(words):
        upper = word.upper()
        before = words[number - 1].upper() if number else ""
        after = words[number + 1].upper() if number + 1 < len(words) else ""
        is_inner = before in TAKES_NEXT or after == "DEFERRABLE" or (kind == "GENERATED" and upper == "AS")
        if kind == "CONSTRAINT" and len(part) <= 2:
            kind = upper if len(part) == 2 else kind
        elif upper in COLUMN_RULES and not is_inner:
            yield made_clause(kind, part)
            kind, part = upper, []
        part.append(word)
    yield made_clause(kind, part)


def made_clause(kind: str, words: list[str]) -> Clause:
    """Of these words; a type has its bracket at the word before it, as in VARCHAR(20)."""
    text = " ".join(words)
    return Clause(kind, text.replace(" (", "(") if kind == "TYPE" else text)


def plain_identifier(word: str) -> str:
    """A name without its quotes."""
    if word[:1] in "\"`'":
        return word[1:-1].replace(word[0] * 2, word[0])
    return word[1:-1] if word[:1] == "[" else word


def plain_sql(sql: str) -> str:
    """The same for two texts that say the same: without comments, quotes of names, blanks and capitals."""
    words = [word for word in SQL_TOKEN.findall(sql) if not (word.isspace() or word.startswith(("--", "/*")))]
    return " ".join(word if "'" in word[:2] else plain_identifier(word).lower() for word in words)


def inner_of(sql: str) -> str:
    """What is in the brackets of a rule: of CHECK (moons > 0), moons > 0."""
    return next((word[1:-1].strip() for word in grouped(sql) if word.startswith("(")), "")
