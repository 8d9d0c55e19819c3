"""Long texts in short, as a list, a head and a title have them."""

from unicodedata import combining

LONGEST_CELL, SPARE = 80, 20  # characters of a long text; so many more are not worth a cut


def short(text: str) -> str:
    """In one line; a long text up to the end of a word, if there is one near."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_CELL + SPARE:
        return text
    end = text.rfind(" ", LONGEST_CELL - SPARE, LONGEST_CELL + 1)
    if end < 0:
        end = LONGEST_CELL
        while combining(text[end]) and end > LONGEST_CELL - SPARE:  # an accent stays with its letter
            end -= 1
    return f"{text[:end].rstrip(' ,;:–-')}…"
