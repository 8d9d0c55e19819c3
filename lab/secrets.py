"""What nobody may read again: passwords, hashes, tokens, cookies. In their place stands •••."""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "•••"
SECRET_WORDS = [
    *("password", "passwd", "token", "secret", "digest", "hash", "cookie", "authorization", "idempotency"),
    *("one-time-key", "one_time_key", "api_key", "apikey", "session_key"),
]
# What a stored hash, the digest of a token, and a token look like, wherever they stand.
LOOKS_SECRET = re.compile(
    r"\b(?:scrypt|pbkdf2|argon2|bcrypt)[:$][^\s'\"]+|\$2[aby]\$[^\s'\"]+|\b[0-9a-f]{64}\b"
    r"|(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])"
)
SHORTEST_HASH = 16
CUT = "… ("  # behind it stands how long the text was
SHORTEST = 3  # letters: a shorter text is found in every other one


@lru_cache(4096)
def is_secret_name(name: str) -> bool:
    """Whether what is called so must not be shown."""
    lower = name.lower()
    return any(word in lower for word in SECRET_WORDS)


def without_hashes(text: str) -> str:
    """`text` with ••• in place of what looks like a hash, a digest or a token."""
    return LOOKS_SECRET.sub(HIDDEN, text) if len(text) >= SHORTEST_HASH else text


sql_without_hashes = lru_cache(500)(without_hashes)


class Secrets:
    """The secret texts of one request, to be taken out of all that is kept of it."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def add(self, value: Any) -> None:
        """Remember a text that must not be shown. Other values have names that hide them."""
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str) and len(value) >= SHORTEST and value not in self.texts:
            self.texts |= writings_of(value)

    def add_all(self, values: Iterable[Any]) -> None:
        """The same for several."""
        for value in values:
            self.add(value)

    def hide(self, text: str) -> str:
        """`text` with ••• in place of each secret, as it is or as Python, JSON, HTML and addresses write it."""
        return self.hide_known(without_hashes(text))

    def hide_sql(self, sql: str) -> str:
        """The same for SQL, which is asked again and again: to look for what looks secret takes its time."""
        return self.hide_known(sql_without_hashes(sql))

    def hide_known(self, text: str) -> str:
        """`text` with ••• in place of the secrets of this request."""
        for secret in sorted(self.texts, key=len, reverse=True) if self.texts else ():
            text = text.replace(secret, HIDDEN)
        return self.hide_beginnings(text) if self.texts and CUT in text else text

    def hide_beginnings(self, text: str) -> str:
        """The same for a secret of which only the beginning is there, as the text was cut within it."""
        *parts, last = text.split(CUT)
        for number, part in enumerate(parts):
            sizes = (beginning_in(part, each) for each in self.texts)
            size = max(sizes, default=0)
            parts[number] = part[:-size] + HIDDEN if size else part
        return CUT.join([*parts, last])


def writings_of(secret: str) -> set[str]:
    """How others write it: Python, whichever quotes it takes, JSON, HTML and addresses."""
    texts = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    texts |= {each for text in texts for each in (repr(text)[1:-1], repr(f"\"'{text}")[4:-1])}
    return texts | {quote_plus(secret, errors="replace"), quote(secret, errors="replace"), escape(secret)}


def beginning_in(text: str, secret: str) -> int:
    """How many letters of the secret stand at the end of the text."""
    return next((size for size in range(len(secret) - 1, SHORTEST - 1, -1) if text.endswith(secret[:size])), 0)
