"""What is to be done so that the tables fit their classes: in words, in steps, and what is to be asked first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from models.shared.alteration.answers import Answers
from models.shared.alteration.python_text import Source, call, text_of_migration

# In which order the steps of a table are done.
ORDER = (
    "rename_table rename_column drop_key drop_index drop_check drop_column alter_column_type drop_not_null "
    "add_column fill add_not_null add_check add_key add_index sql drop_table"
).split()


@dataclass(frozen=True)
class Question:
    """What only somebody can say. `option` answers it on the command line, `take` makes answers of what is typed."""

    text: str
    prompt: str
    option: str
    take: Callable[[Answers, str], Answers | None]


@dataclass
class TablePlan:
    """What becomes of one table. `old` is its name now, empty where there is none yet."""

    model: Any
    table: str
    old: str
    columns: dict[str, Any] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # new columns which may be old ones
    obstacles: list[str] = field(default_factory=list)
    steps: list[tuple[int, str]] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Of the class, or of a table that has none."""
        return self.model.__name__ if self.model else self.table

    def say(self, words: str) -> None:
        """One more line for whoever asked."""
        self.said.append(words)

    def do(self, step: str, *arguments: Any, **options: Any) -> None:
        """One more step."""
        sources = [each for each in arguments if isinstance(each, Source)]
        self.classes |= {each.plain.__name__ for each in sources}
        text = call(step, *arguments, **options)
        if text not in [known for _order, known in self.steps]:
            self.steps.append((ORDER.index(step), text))

    def ordered(self) -> list[str]:
        """Its steps, in an order that works."""
        return [text for _order, text in sorted(self.steps, key=lambda step: step[0])]


@dataclass
class Alteration:
    """Of all tables."""

    tables: list[TablePlan]
    wrong_answers: list[str]

    @property
    def questions(self) -> list[Question]:
        """All of them."""
        return [question for each in self.tables for question in each.questions]

    @property
    def obstacles(self) -> list[str]:
        """What must be mended by hand first."""
        return [obstacle for each in self.tables for obstacle in each.obstacles]

    def changed(self, are_own: bool) -> list[TablePlan]:
        """Those with steps: of Resources, which follow their classes, or of the house, which has migrations."""
        return [each for each in self.tables if each.steps and is_own_table(each.model) is are_own]

    def migration(self, are_own: bool) -> str:
        """Its text; nothing where there is nothing to do."""
        tables = self.changed(are_own)
        if not tables:
            return ""
        title = " ".join(line for each in tables for line in each.said).replace("\\", "").replace('"', "'")
        short = title if len(title) < 110 else f"Changes {', '.join(each.table for each in tables)}."
        steps = [step for each in tables for step in each.ordered()]
        return text_of_migration(short, steps, {name for each in tables for name in each.classes})


def is_own_table(model: Any) -> bool:
    """Whether no migration is to know it."""
    from models.shared.resource import Resource

    return model is None or issubclass(model, Resource)
