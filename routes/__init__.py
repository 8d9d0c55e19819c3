"""What may be asked: every file directly in here has URLs."""

from importlib import import_module

from routes.shared.section import Section

SECTIONS = ("pages", "users", "posts", "uploads", "sessions", "jokes", "resources", "docs", "lesson")


def all_sections() -> list[Section]:
    """The sections in the order in which a URL is looked for."""
    return [import_module(f"routes.{name}").routes for name in SECTIONS]
