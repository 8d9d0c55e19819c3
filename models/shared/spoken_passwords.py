"""Passwords that can be read aloud: words that a person hears, spells and types without a mistake."""

import re
import secrets
from functools import cache
from pathlib import Path

WORDS_IN_ONE = 4  # of a thousand each: 40 bits, which nobody guesses behind a slow hash before they are over
WORD_LIST = Path(__file__).with_name("spoken_words.txt")
LETTERS = re.compile("[a-z]+")


def new_spoken_password(words: int = WORDS_IN_ONE) -> str:
    """One that nobody can guess, like `amber-pilot-clay-tiger`. It has no digit, so no l can be a 1."""
    return "-".join(secrets.choice(words_to_speak()) for _ in range(words))


def as_spoken(text: str) -> str:
    """What somebody means who has typed `text`: capitals make no difference, nor what stands between the words."""
    return "-".join(LETTERS.findall(text.lower())) or text


@cache
def words_to_speak() -> tuple[str, ...]:
    """All of them."""
    lines = WORD_LIST.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
