"""Judges names, fields and methods: by the table in the file, and by what stands in the source, which is not run."""

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from lab.checking.database_file import KINDS_IN_SQL, DatabaseFile
from lab.checking.judging_rows import RowsJudge
from lab.checking.lines import ToDo
from lab.checking.source_reading import does_nothing
from models.shared.plurals import IRREGULAR, class_of, usual_plural

LEAST_FIELDS, LEAST_KINDS = 3, 2
SAME = tuple(one for one, several in IRREGULAR.items() if one == several)  # such as sheep
SINGULAR_WITH_S = ("ss", "us", "is")  # how words end that are one, like a bus
ALSO_SINGULAR = ("gas", "lens", "atlas", "canvas", "bias", "alias", *SAME)


class SourceJudge:
    """What is judged without asking for a row."""

    def __init__(self, judge: RowsJudge) -> None:
        self.judge = judge

    def names(self) -> None:
        """Class Planet in planet.py, table planets."""
        judge, name = self.judge, self.judge.class_name
        DatabaseFile(judge.children["site"].database()).columns(judge.table)
        word = make_snake_case(name)
        if judge.source.class_node(name) is None or name != class_of(word):
            raise judge.to_do(f"A class begins with a capital letter, and so does each word in it: {class_of(word)}.")
        if looks_plural(word) and not judge.source.says_plural(name):
            raise judge.to_do(f"A class is called as one of them: {class_of(singular_guess(word))}, not {name}.")
        if judge.table == word and word.rpartition("_")[2] not in SAME:
            raise judge.to_do(
                f'A table is called as several of them: plural = "{usual_plural(word)}", not {judge.table}.', "plural"
            )
        if word.replace("_", "") != judge.handed_in.model.replace("_", ""):
            raise judge.to_do(f"The file is called as its class: models/{word}.py for {name}.")

    def fields(self) -> None:
        """Three columns in the table, of two kinds."""
        judge = self.judge
        columns = DatabaseFile(judge.children["site"].database()).columns(judge.table)
        there = [field for field in judge.described["fields"] if is_column(columns, field["column"], field["kind"])]
        if len(there) < LEAST_FIELDS:
            raise judge.to_do(
                f"It has {in_words_of(len(there))}: write {LEAST_FIELDS - len(there)} more into the class."
            )
        if len({field["kind"] for field in there}) < LEAST_KINDS:
            kind = there[0]["kind"]
            raise judge.to_do(
                f"All its fields are a {kind}: let one be another kind, like a number or a day.", there[0]["name"]
            )

    def method(self) -> None:
        """One that does something, and that any file of the student's calls."""
        judge = self.judge
        methods = judge.source.own_methods(judge.class_name)
        if not methods:
            raise judge.to_do("It has no method of your own: write one into the class, like def add_moon(self).")
        idle = [each for each in methods if does_nothing(each)]
        if len(idle) == len(methods):
            raise ToDo(f"{idle[0].name}() does nothing yet.", judge.handed_in.file, idle[0].lineno)
        if not any(judge.source.is_called(each) for each in methods if each not in idle):
            first = next(each for each in methods if each not in idle)
            says = f"{first.name}() is never called: call it in a test, a page, or another method."
            raise ToDo(says, judge.handed_in.file, first.lineno)


def is_column(columns: dict[str, str], name: str, kind: str) -> bool:
    """Whether the table has this column, of a type that such a field has."""
    return columns.get(name) in KINDS_IN_SQL.get(kind, ())


def looks_plural(word: str) -> bool:
    """Whether a word is several."""
    last = word.rpartition("_")[2]
    if last in IRREGULAR.values():
        return last not in SAME
    return last.endswith("s") and not last.endswith(SINGULAR_WITH_S) and last not in ALSO_SINGULAR


def singular_guess(word: str) -> str:
    """What one of them may be called."""
    start, line, last = word.rpartition("_")
    one = next((one for one, several in IRREGULAR.items() if several == last), "")
    if not one:
        one = next((each for each in (last[:-1], last[:-2], f"{last[:-3]}y") if usual_plural(each) == last), last[:-1])
    return f"{start}{line}{one}"


def in_words_of(count: int) -> str:
    """As in: 2 fields."""
    return f"{count} field{'s' * (count != 1)}"
