"""The rule by which texts are compared: without capitals and accents."""

import re
from unicodedata import combining, normalize

from models.shared.text import LINE_ENDS, SPACES, WITHOUT_WIDTH

ANY_BLANKS = re.compile(f"[{SPACES}{LINE_ENDS}]+")
BY_HAND = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}
    | dict.fromkeys("’‘ʼʻ‛′´`", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys(f"{WITHOUT_WIDTH}\x00", "")
)


def fold(text: str) -> str:
    """`text` for comparing: small letters without accents, `'` for each apostrophe, one blank for all.

    The rule is Unicode's: full case folding (its standard, section 3.13), then the compatible decomposition (UAX 15),
    of which the marks go that are accents and vowel points: those of the combining classes 10 to 36 and from 200. Those
    of the scripts of India and Japan are letters and stay. What Unicode does not decompose, like ł, is by hand, as in
    the transliteration Latin-ASCII of its CLDR.
    """
    if text.isascii():
        return ANY_BLANKS.sub(" ", text.translate(BY_HAND).lower())
    text = normalize("NFKD", text.translate(BY_HAND).casefold().translate(BY_HAND))
    kept = "".join(character for character in text if not is_accent(character))
    return ANY_BLANKS.sub(" ", normalize("NFC", kept.casefold()))


def is_accent(character: str) -> bool:
    """Whether a mark only changes how the letter before it sounds."""
    mark = combining(character)
    return 10 <= mark <= 36 or mark >= 200
