"""The house in which a student's file runs: ours without anybody's own models, and with that file."""

from functools import cache
from pathlib import Path

from models.shared.loading import NEEDED
from models.shared.start_errors import HOUSE

House = dict[str, bytes]  # files by their names in it
BOUND = (
    "app.py config.py pyproject.toml models/shared models/migrations routes/shared routes/description"
    " seed lab static docs commands classroom"
).split()
MOST_OF_A_FILE = 256 * 1024  # bytes
OF_THE_HOUSE = (*NEEDED, "joke")  # models that came with it
OWN_TEMPLATE = '''

@pytest.fixture(scope="session")
def sample_volumes():
    """They have been made already."""
    return Path("/throwaway/template")
'''


def bound_places() -> list[str]:
    """What is taken along as it is."""
    return [*BOUND, *(f"views/{each.name}" for each in sorted((HOUSE / "views").iterdir()))]


@cache
def usual_files() -> House:
    """The small files of the house that stand beside what a student adds."""
    models = ["__init__", "__main__", *OF_THE_HOUSE]
    files = [f"models/{name}.py" for name in models]
    files += [str(file.relative_to(HOUSE)) for file in sorted((HOUSE / "routes").glob("*.py"))]
    files += [str(file.relative_to(HOUSE)) for file in sorted((HOUSE / "tests").glob("*.py"))]
    house = {name: (HOUSE / name).read_bytes() for name in files if (HOUSE / name).is_file()}
    if "tests/conftest.py" in house:
        house["tests/conftest.py"] += OWN_TEMPLATE.encode()
    return house


def text_of_usual_file(place: Path | None) -> str:
    """What stands in such a file; nothing where there is none."""
    return bytes_of_usual_file(place).decode("utf-8", "replace") if place else ""


def bytes_of_usual_file(place: Path) -> bytes:
    """Of a file, as long as it is a file of a usual size that may be read; nothing of another one."""
    try:
        is_usual = place.is_file() and not place.is_symlink() and place.stat().st_size <= MOST_OF_A_FILE
        return place.read_bytes() if is_usual else b""
    except OSError:
        return b""
