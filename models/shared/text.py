"""Text from outside: one form for what looks alike, and nothing that nobody can see."""

import re
from unicodedata import category, combining, normalize

LONGEST_DECOMPOSITION = 4  # characters that become one when they are composed
MOST_ACCENTS = 30  # in a row, as in Unicode's Stream-Safe Text Format (UAX 15)
# They change the direction of the text after them, so a name could look like another one.
BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# All that Unicode calls a space, the tab, and the pattern without dots of Braille.
SPACES = "\t \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000"
LINE_ENDS = "\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# They have no width: the mark that some programs put before a text, joiners, hyphens that do not show.
WITHOUT_WIDTH = "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
ENDS = SPACES + LINE_ENDS + WITHOUT_WIDTH
BLANKS = re.compile(f"[{SPACES}]+")
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters without a shape


def tidy(text: str, most: int, lines: bool = False) -> str:
    """Without what is blank or invisible around it, in Unicode's composed form, with the line ends of this program.

    In a text of one line all blanks between words become one, of the usual kind. ValueError for what could not have
    `most` characters in that form: the time that composing takes grows with the square of the accents on one letter.
    """
    text = text.strip(ENDS)
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else BLANKS.sub(" ", text)
    if text.isascii():
        return text
    check_length(text, 0, most * LONGEST_DECOMPOSITION, shown=most)
    accents = 0
    for character in text:
        accents = accents + 1 if combining(character) else 0
        if accents > MOST_ACCENTS:
            raise ValueError(f"must have at most {MOST_ACCENTS} accents on one letter")
    return normalize("NFC", text)


def check_length(text: str, least: int, most: int | None, shown: int | None = None) -> None:
    """ValueError unless `text` has from `least` to `most` characters; `shown` stands for `most` in the message."""
    if len(text) < least:
        raise ValueError(f"must have at least {least:,} character{'s' * (least != 1)}")
    if most is not None and len(text) > most:
        raise ValueError(f"must have at most {shown or most:,} characters")


def check_characters(text: str, lines: bool) -> None:
    """ValueError for what cannot be stored, cannot be seen, or turns the text around."""
    if text.isprintable():
        return
    for character in text:
        if lines and character in "\n\t":
            continue
        if category(character) in ("Cc", "Cs", "Zl", "Zp") or character in BIDI_OVERRIDES:
            raise ValueError("must not have control characters")


def check_visible(text: str) -> None:
    """ValueError for a text of blanks, marks and fillers only, which would look like none."""
    if not any(category(character)[0] not in "CMZ" and character not in FILLERS for character in text):
        raise ValueError("must have something that can be seen")


def can_be_sent(text: str) -> bool:
    """Whether it is UTF-8: JSON can say half a character, and anything may stand in a table."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
