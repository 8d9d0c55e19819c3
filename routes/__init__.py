"""What may be asked: every file directly in here has URLs."""

from importlib import import_module
from pathlib import Path

from models.shared.start_errors import unusable_file
from routes.shared.section import Section

SECTIONS = """
    pages users erasing posts uploads account choosing sessions jokes
    resources referring charts exchange history docs lesson lesson_people lesson_jokes
""".split()


def all_sections() -> list[Section]:
    """The sections in the order in which a URL is looked for."""
    return [section(name) for name in SECTIONS]


def section(name: str) -> Section:
    """Unusable for a file that cannot be used, as when the model that it is for was taken out."""
    with unusable_file(Path(__file__).with_name(f"{name}.py")):
        return import_module(f"routes.{name}").routes
