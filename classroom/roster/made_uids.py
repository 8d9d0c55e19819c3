"""User ids for people of whom a roster says none: from a login, from an e-mail, else from the name."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from models.user import User

LONGEST_UID = User.uid.max_length
SHORTEST_UID = User.uid.min_length
NO_UID_LETTERS = re.compile(r"[^a-z0-9._-]+")
NOT_PLAIN = re.compile(r"[^a-z0-9]+")
WRITTEN_WITHOUT_LETTERS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


def uid_from_login(login: str) -> str:
    """Its first part: before the `@` of an e-mail, behind the domain of a network; nothing when nothing is left."""
    text = login.rpartition("\\")[2].partition("@")[0].partition("+")[0]
    return NO_UID_LETTERS.sub("", in_latin(text))[:LONGEST_UID]


def uid_from_name(first: str, last: str) -> str:
    """As in `pquill` for Pat Quill; nothing for a name that Latin letters do not tell, as one in Chinese."""
    given, family = (NOT_PLAIN.sub("", in_latin(part)) for part in (first, last))
    return f"{given[:1] if family else given}{family}"[:LONGEST_UID]


def in_latin(text: str) -> str:
    """In small Latin letters. How Chinese, Japanese and Korean are read is nobody's to guess: they are left out."""
    if text.isascii():
        return text.lower()
    from anyascii import anyascii  # which only a roster needs

    kept = "".join(each for each in text if not is_without_letters(each))
    return str(anyascii(unicodedata.normalize("NFC", kept))).lower()


def is_without_letters(character: str) -> bool:
    """Whether it belongs to a script of East Asia."""
    return unicodedata.name(character, "").startswith(WRITTEN_WITHOUT_LETTERS)


def numbered_uids(uid: str) -> Iterator[str]:
    """The user id, and what others may have who would have the same. One that is too short has a number anyway."""
    is_long_enough = len(uid) >= SHORTEST_UID
    if is_long_enough:
        yield uid
    for number in count(1 + is_long_enough):
        yield f"{uid[: LONGEST_UID - len(str(number))]}{number}"


def without_zeros(uid: str) -> str:
    """A number as a spreadsheet leaves it; another user id as it is."""
    return (uid.lstrip("0") or "0") if uid.isdigit() else uid


def may_have_lost_zeros(numbers: list[str]) -> set[str]:
    """Those of a column that are shorter than most, all being numbers."""
    if not numbers or not all(each.isascii() and each.isdigit() for each in numbers):
        return set()
    lengths = [len(each) for each in numbers]
    usual = max(set(lengths), key=lambda length: (lengths.count(length), length))
    is_usual = lengths.count(usual) * 2 > len(lengths) and usual > 3
    return {each for each in numbers if len(each) < usual} if is_usual else set()
