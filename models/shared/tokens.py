"""Random texts that open something. Who holds one is let in; a table has only its digest, which opens nothing."""

import secrets
from hashlib import sha256

TOKEN_BYTES = 32


def new_token() -> str:
    """One that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What a table keeps of a token."""
    return sha256(token.encode()).hexdigest()
