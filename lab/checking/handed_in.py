"""What a student hands in: a model's file, the files that it needs, its test, and where each of them was found."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from lab.checking.house_files import OF_THE_HOUSE, House, bytes_of_usual_file, text_of_usual_file
from models.shared.plurals import likely_plural
from models.shared.resource_checks import PLAIN_NAME
from models.shared.start_errors import HOUSE

MOST_FILES = 60  # of one student
MOST_STUDENTS = 500
NOT_LOOKED_INTO = {"node_modules", "site-packages", "venv", "volumes", "__pycache__", "shared", "migrations"}


class NotHandedIn(Exception):
    """The message says what was looked for and is not there."""


@dataclass
class HandedIn:
    """One model. `files` have their names in the house, `found` where each was found; `problem`, why none is run."""

    student: str
    model: str
    files: House = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def file(self) -> str:
        """Of the model, in the house."""
        return f"models/{self.model}.py"

    def text(self, name: str) -> str:
        """Of a file; nothing when it is not there."""
        return self.files.get(name, b"").decode("utf-8", "replace")

    def tests(self) -> list[str]:
        """The names of the files with its tests."""
        return [name for name in self.files if name.startswith("tests/")]

    def modules(self, folder: str) -> list[str]:
        """What Python calls its files in this folder."""
        return [name.removeprefix(f"{folder}/")[:-3] for name in self.files if name.startswith(f"{folder}/")]

    def place(self, name: str, line: int) -> str:
        """As somebody opens it: models/planet.py:3."""
        return f"{self.found.get(name, name)}:{line}"


def own_models() -> list[str]:
    """The models in the house that did not come with it."""
    files = (HOUSE / "models").glob("[!._]*.py")
    return sorted(file.stem for file in files if file.stem not in OF_THE_HOUSE)


def own_handed_in(name: str) -> HandedIn:
    """A model of the house, by the name of its file, its class or its table. NotHandedIn when there is none."""
    known = own_models()
    word = make_snake_case(name.removesuffix(".py").rpartition("/")[2])
    model = next((each for each in known if word in (each, likely_plural(each), each.replace("_", ""))), None)
    if model is None:
        others = (
            f"There are: {', '.join(known)}." if known else "There is none yet: python -m models new planet name:char"
        )
        raise NotHandedIn(f"There is no models/{word}.py. {others}")
    return gathered("", model, dict(files_of_house(known)), {})


def files_of_house(known: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """All that students of this house may have written, by name."""
    for model in known:
        yield f"models/{model}.py", HOUSE / "models" / f"{model}.py"
    for file in sorted((HOUSE / "tests" / "models").glob("test_*.py")):
        yield f"tests/models/{file.name}", file
    for model in known:
        for file in sorted((HOUSE / "views" / likely_plural(model)).glob("*.tpl")):
            yield f"views/{likely_plural(model)}/{file.name}", file
        file = HOUSE / "routes" / f"{likely_plural(model)}.py"
        if file.is_file():
            yield f"routes/{file.name}", file


def handed_in_folder(folder: Path) -> list[HandedIn]:
    """All models in a folder that has a folder, or a file, of each student. NotHandedIn when there are none."""
    entries = [each for each in sorted(folder.iterdir()) if not each.name.startswith((".", "_")) and is_real(each)]
    students = [each for each in entries if each.is_dir() and each.name not in NOT_LOOKED_INTO]
    loose = [each for each in entries if is_model_file(each) and each.is_file()]
    found = [each for student in students[:MOST_STUDENTS] for each in of_student(student, folder)]
    found += [of_loose_file(file, folder) for file in loose[:MOST_STUDENTS]]
    if not found:
        raise NotHandedIn(f"{folder} has no folder of a student with a model in it, and no model's file.")
    return found


def is_real(path: Path) -> bool:
    """Whether it stands there itself, and leads nowhere else."""
    return not path.is_symlink()


def is_model_file(path: Path) -> bool:
    """By its name."""
    is_other = path.name.startswith(("test_", "_", ".")) or path.stem in (*OF_THE_HOUSE, "conftest", "app", "config")
    return path.suffix == ".py" and not is_other


def of_student(place: Path, folder: Path) -> list[HandedIn]:
    """Each model in one student's folder, which may be a whole copy of the house."""
    try:
        paths = [path for path in sorted(files_below(place)) if path.is_file()][: 20 * MOST_FILES]
    except OSError:
        return [HandedIn(printable(place.name), "", problem=f"{printable(place.name)} cannot be read.")]
    models = [path for path in paths if is_model_file(path) and (path.parent.name == "models" or path.parent == place)]
    files = {f"models/{path.name}": path for path in models}
    for path in paths:
        if path.name.startswith("test_") and path.suffix == ".py":
            files[f"tests/models/{path.name}"] = path
        elif path.suffix == ".tpl" and path.parent.parent.name == "views":
            files[f"views/{path.parent.name}/{path.name}"] = path
        elif path.suffix == ".py" and path.parent.name == "routes":
            files[f"routes/{path.name}"] = path
    if not models:
        name = printable(place.name)
        return [HandedIn(name, "", problem=f"{name} has no model: a file like {name}/planet.py")]
    found = {name: printable(str(path.relative_to(folder))) for name, path in files.items()}
    return [gathered(printable(place.name), path.stem, files, found) for path in models]


def printable(name: str) -> str:
    """A name that somebody else has chosen, without what a terminal would take for an order."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)


def files_below(place: Path) -> Iterator[Path]:
    """The files below a folder, without what somebody has installed there."""
    for each in sorted(place.iterdir()):
        if each.name.startswith(".") or each.name in NOT_LOOKED_INTO or each.is_symlink():
            continue
        if each.is_dir():
            yield from files_below(each)
        else:
            yield each


def of_loose_file(path: Path, folder: Path) -> HandedIn:
    """A file that stands alone, perhaps with a test beside it. It may be called as its student."""
    text = text_of_usual_file(path)
    named = next((make_snake_case(name) for name in class_names(text)), path.stem)
    test = folder / f"test_{path.stem}.py"
    files = {f"models/{named}.py": path} | ({f"tests/models/test_{named}.py": test} if is_real(test) else {})
    found = {name: printable(str(each.relative_to(folder))) for name, each in files.items()}
    return gathered(printable(path.stem), named, files, found)


def gathered(student: str, model: str, files: dict[str, Path], found: dict[str, str]) -> HandedIn:
    """The model with what it needs: models that it imports, and what is called as it is."""
    result = HandedIn(student, printable(model), found=found)
    result.problem = wrong_name(result.model)
    if not result.problem:
        wanted = wanted_models(model, files)
        plural = {name: plural_in(files, name) for name in wanted}
        for name, path in files.items():
            folder, _, rest = name.partition("/")
            is_wanted = {
                "models": rest[:-3] in wanted,
                "tests": rest in {f"models/test_{each}.py" for each in (model, plural[model])},
                "views": rest.partition("/")[0] in plural.values(),
                "routes": rest[:-3] in plural.values(),
            }[folder]
            if is_wanted and (content := bytes_of_usual_file(path)):
                result.files[name] = content
        if result.file not in result.files:
            result.problem = f"{found.get(result.file, result.file)} is empty, larger than 256 KiB, or cannot be read."
    return result


def wrong_name(model: str) -> str:
    """Why a file of this name cannot be a model's."""
    if not PLAIN_NAME.fullmatch(model):
        return f"{model}.py cannot be the name of a model's file: take small letters a to z, like planet.py."
    return f"{model} is a name that the site has already." if model in OF_THE_HOUSE else ""


def wanted_models(model: str, files: dict[str, Path]) -> set[str]:
    """This one, and those that it imports, and so on."""
    wanted, waiting = {model}, [model]
    while waiting:
        text = text_of_usual_file(files.get(f"models/{waiting.pop()}.py"))
        news = {each for each in imported_models(text) if f"models/{each}.py" in files} - wanted
        wanted |= news
        waiting += news
    return wanted


def syntax_of(text: str) -> ast.Module:
    """The tree of a file; an empty one where Python cannot read it."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def imported_models(text: str) -> set[str]:
    """The files of models that a text imports."""
    names = set()
    for node in ast.walk(syntax_of(text)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("models."):
            names.add(node.module.removeprefix("models."))
        elif isinstance(node, ast.ImportFrom) and node.module == "models":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name.removeprefix("models.") for alias in node.names}
    return names


def class_names(text: str) -> list[str]:
    """Of the classes in it that are a Resource."""
    return [node.name for node in syntax_of(text).body if isinstance(node, ast.ClassDef) and node.bases]


def plural_in(files: dict[str, Path], model: str) -> str:
    """What several are called, as the class says it or as usual."""
    for node in ast.walk(syntax_of(text_of_usual_file(files.get(f"models/{model}.py")))):
        if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == ["plural"]:
            return ast.unparse(node.value).strip("'\"")
    return likely_plural(model)
