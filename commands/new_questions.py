"""`python -m models new` without more words: asks for them, step by step."""

import shlex
from argparse import Namespace
from collections.abc import Callable

from commands.new_fields import CHOICE, FIELD_KINDS, LIMITED, parse_field
from commands.new_names import checked_names, plain_name
from models.shared.loading import all_resources
from models.shared.plurals import likely_plural
from models.shared.row_checks import Invalid

NO = ("n", "no")
YES = ("y", "yes")


def ask_all() -> Namespace:
    """The words of the command line. EOFError when nobody answers."""
    print("A model is a table of your own. What you press Enter for is in brackets. Ctrl+C ends it.")
    asked = ask("What is one of them called, like planet? ", lambda text: checked_names(text, "several"))
    name = plain_name(asked)
    usual = likely_plural(name)
    plural = ask(f"What are several called? [{usual}] ", lambda text: checked_names(asked, text or usual)) or usual
    print("Now its fields, one after the other.")
    fields = ask_fields(name)
    if input("Does a row belong to whoever adds it? [yes] ").strip().lower() not in NO:
        fields.append("owner")
    words = [asked, *(["--plural", plural] if plural != usual else []), *fields]
    print(f"The same in one line: python -m models new {shlex.join(words)}")
    return Namespace(name=asked, plural=plural, fields=fields)


def ask(question: str, check: Callable[[str], object]) -> str:
    """The answer, once there is one that `check` takes."""
    while True:
        answer = input(question).strip()
        try:
            check(answer)
        except Invalid as error:
            print(f"  {error}")
        else:
            return answer


def ask_fields(model: str) -> list[str]:
    """Until there is no more, and at least one."""
    fields: list[str] = []
    while True:
        more = " [no more]" if fields else ""
        name = ask(f"The name of a field, like title?{more} ", lambda text: check_field_name(text, fields, model))
        if not name:
            return fields
        fields.append(ask_field(name, model))


def check_field_name(text: str, fields: list[str], model: str) -> None:
    """`Invalid` for none where there must be one, and for one that is there."""
    if text or not fields:
        parse_field(f"{text}:char", model)
    if plain_name(text) in [plain_name(field.partition(":")[0]) for field in fields]:
        raise Invalid({text: "is there already"})


def ask_field(name: str, model: str) -> str:
    """As the command line has it."""
    kinds = [*FIELD_KINDS, CHOICE, *(each.__module__.rpartition(".")[2] for each in all_resources())]
    print(f"  Kinds: {', '.join(kinds)}")
    kind = ask("  Which kind? [char] ", lambda text: check_kind(name, text or "char", model)) or "char"
    word = f"{name}:{kind}"
    if kind == CHOICE:
        word += ":" + ask("  Which choices, like novel/poem? ", lambda text: parse_field(f"{word}:{text}", model))
    if kind in LIMITED:
        limits = ask(
            "  From which to which, like 1..5? [any] ", lambda text: text and parse_field(f"{word}:{text}", model)
        )
        word += f":{limits}" if limits else ""
    return word + (":optional" if input("  May it be left out? [no] ").strip().lower() in YES else "")


def check_kind(name: str, kind: str, model: str) -> None:
    """`Invalid` for one that is not there."""
    parse_field(f"{name}:{kind}" + (":novel/poem" if kind == CHOICE else ""), model)
