"""What several are called, also where no rule knows it."""

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.resource import plural_of

IRREGULAR = {
    one: several
    for pair in (
        "person people, child children, man men, woman women, foot feet, tooth teeth, mouse mice, goose geese, "
        "shelf shelves, leaf leaves, half halves, knife knives, life lives, wife wives, wolf wolves, loaf loaves, "
        "thief thieves, calf calves, elf elves, scarf scarves, potato potatoes, tomato tomatoes, hero heroes, "
        "echo echoes, quiz quizzes, sheep sheep, fish fish, deer deer, series series, species species, news news, "
        "crisis crises, analysis analyses, thesis theses, criterion criteria, medium media"
    ).split(", ")
    for one, several in [pair.split()]
}


def likely_plural(name: str) -> str:
    """Of the name of a model's file: by the list of those that no rule knows, or as usual."""
    start, line, last = name.rpartition("_")
    return f"{start}{line}{IRREGULAR[last]}" if last in IRREGULAR else usual_plural(name)


def usual_plural(name: str) -> str:
    """What the class would be called without a word about it."""
    return plural_of(make_snake_case(class_of(name)))


def class_of(name: str) -> str:
    """Of a file: of reading_list, ReadingList."""
    return "".join(part.capitalize() for part in name.split("_"))
