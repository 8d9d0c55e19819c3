"""`python -m models prepare`: the tables made or brought to this version, without a site that answers."""

from typing import Any

from config import settings_from_environment
from seed.house import open_house
from seed.question import contents


def run(_options: object, _context: Any = None) -> None:
    """Of the command; also what a function without a server calls by its own name, with an event and its context."""
    settings = settings_from_environment()
    with open_house(settings) as is_new:
        done = "made" if is_new else "ready"
        print(f"The tables are {done}: {contents()} in the database {settings.database_name}.")
