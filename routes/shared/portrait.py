"""What stands for a person on a page: their picture, or the first letters of their name on a colour of their own."""

import unicodedata
from colorsys import hls_to_rgb
from functools import lru_cache

from bottle import html_escape

from models.user import User

GOLDEN = 0.618034  # of a turn of the colours: so neighbours differ, and nobody comes back to an earlier one
SATURATION = 0.45
LEAST_CONTRAST = 5.0  # with white letters; WCAG asks for 4.5
MOST_MARKS = 3  # above and below a letter


def portrait(user: User, side: int) -> str:
    """HTML of a square of so many pixels. Nobody need hear it, as the name stands beside it."""
    if user.image:
        source = html_escape(user.image["thumb"])
        return f'<img class="portrait" src="{source}" width="{side}" height="{side}" alt="" loading="lazy">'
    letters = html_escape(initials(user.name or ""))
    return (
        f'<svg class="portrait" width="{side}" height="{side}" viewBox="0 0 40 40" aria-hidden="true">'
        f'<rect width="40" height="40" fill="{colour_of(user.id)}"/>'
        f'<text x="20" y="20" fill="#fff" font-size="17">{letters}</text></svg>'
    )


@lru_cache(maxsize=1000)
def initials(name: str) -> str:
    """The first letters of the first word and of the last one; of letters that would join, only the first."""
    words = [letters for word in name.split() if (letters := first_letter(word))]
    if not words:
        return "?"
    would_join = any(unicodedata.bidirectional(word[0]) == "AL" for word in words)
    return words[0] if len(words) == 1 or would_join else words[0] + words[-1]


def first_letter(word: str) -> str:
    """Of a word, as a capital with the marks that belong to it; nothing when it has none."""
    start = next((place for place, sign in enumerate(word) if sign.isalpha() or sign.isdecimal()), None)
    if start is None:
        return ""
    capital = word[start].upper()
    marks = ""
    for sign in word[start + 1 : start + 1 + MOST_MARKS]:
        if not unicodedata.category(sign).startswith("M"):
            break
        marks += sign
    return (capital if len(capital) == 1 else word[start]) + marks


@lru_cache(maxsize=1000)
def colour_of(number: int) -> str:
    """As light as white letters on it allow."""
    hue = number * GOLDEN % 1
    for hundredths in range(50, 0, -1):
        colour = hls_to_rgb(hue, hundredths / 100, SATURATION)
        if contrast_with_white(colour) >= LEAST_CONTRAST:
            break
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def contrast_with_white(colour: tuple[float, float, float]) -> float:
    """From 1 to 21, by the formula of WCAG 2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
