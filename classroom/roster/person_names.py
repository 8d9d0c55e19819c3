"""What somebody is called, made from the cells of a roster."""

import re
from collections.abc import Mapping

from models.shared.exchange.cell_texts import FORMULA_SIGNS, without_quote
from models.shared.fold import fold
from models.shared.text import ENDS

EMPTY_MARKS = frozenset("N/A,#N/A,#NAME?,#REF!,#VALUE!,EX,-,–,—,.".split(","))  # that spreadsheets and gradebooks write
SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
AS_TEXT = re.compile(r'="([^"]*)"')  # how Excel is told that a number is a text
NAME_WORDS = re.compile(r"[\w'-]+")


class FormulaFound(ValueError):
    """A cell that a spreadsheet would compute."""


def plain_cell(text: str) -> str:
    """The text of a cell, without what a spreadsheet puts around it; nothing for a mark. FormulaFound."""
    text = text.strip(ENDS)
    if wrapped := AS_TEXT.fullmatch(text):
        text = wrapped[1].strip()
    if text in EMPTY_MARKS:
        return ""
    if text.startswith(FORMULA_SIGNS):
        raise FormulaFound("is a formula")
    return without_quote(text)


def given_and_family(parts: Mapping[str, str]) -> tuple[str, str]:
    """The name in two halves: what is said first, and the family's. Where a roster does not tell them apart, the last
    word is the family's."""
    first, last = parts.get("first", ""), parts.get("last", "")
    preferred = parts.get("preferred", "")
    if not first and not last:
        first, last = halves_of(parts.get("name", "") or name_in_identifier(parts))
    if preferred and last and fold(preferred).endswith(f" {fold(last)}"):
        preferred = preferred[: -len(last)].strip()  # the whole name stands there
    return preferred or first, parts.get("preferred_last", "") or last


def name_in_identifier(parts: Mapping[str, str]) -> str:
    """An identifier that is no number and no e-mail."""
    text = parts.get("identifier", "")
    return "" if "@" in text or any(map(str.isdigit, text)) else text


def halves_of(name: str) -> tuple[str, str]:
    """`Last, First` and `First Last` in two halves."""
    last, *rest = (part.strip() for part in name.split(","))
    if rest and SUFFIX.fullmatch(rest[-1]):
        last, rest = f"{last} {rest[-1]}", rest[:-1]
    if rest:
        return " ".join(rest), last
    first, _, last = last.rpartition(" ")
    if SUFFIX.fullmatch(last) and first:
        first, _, family = first.rpartition(" ")
        last = f"{family} {last}"
    return first, last


def written_name(first: str, last: str) -> str:
    """The whole name."""
    return f"{first} {last}".strip()


def is_same_name(one: str, other: str) -> bool:
    """Whether both have the same words, in any order."""
    return sorted(words_in(one)) == sorted(words_in(other))


def shares_a_word(one: str, other: str) -> bool:
    """Whether somebody of the one name may be called the other, too."""
    return bool(set(words_in(one)) & set(words_in(other)))


def words_in(name: str) -> list[str]:
    """Those of a name, as they are compared."""
    return NAME_WORDS.findall(fold(name))
