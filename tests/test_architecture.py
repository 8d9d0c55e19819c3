"""Imports point one way: models know nothing of the web, and only the application knows everything."""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from app import create_app
from models.shared.loading import all_models

HOUSE = Path(__file__).parents[1]
WINGS = ("models", "routes", "seed", "commands", "classroom", "freezing", "lab", "metrics")
OURS = {"app", "benchmarks", "config", "tests", *WINGS}
MAY_IMPORT = {
    "config.py": set(),
    "models/__main__.py": {"commands"},
    "models": {"models"},
    "routes/shared": {"models", "routes.shared"},
    "routes/description": {"models", "routes.shared", "routes.description"},
    "routes": {"models", "routes.shared", "routes.description"},
    "seed": {"models", "config", "seed", "lab"},
    "commands/function.py": {"app", "commands.gateway", "config", "models", "routes", "seed"},  # a program, too
    "commands/gateway.py": {"models", "routes.shared"},
    "commands": {"models", "config", "seed", "commands", "lab", "classroom"},
    "classroom": {"config", "models", "routes.shared", "routes.description", "seed", "classroom"},
    "lab/rehearse.py": {"app", "config", "models", "routes.shared", "lab"},  # a program of its own
    "lab": {"config", "models", "routes.shared", "seed", "lab"},
    "freezing": {"app", "commands.progress", "config", "models", "routes.shared", "seed", "freezing"},
    "metrics": {"config", "models", "routes.shared", "metrics"},
    "app.py": {"classroom", "config", "lab", "metrics", "models", "routes", "seed"},
}
FILES = sorted(
    file.relative_to(HOUSE)
    for pattern in ("*.py", *(f"{wing}/**/*.py" for wing in WINGS))
    for file in HOUSE.glob(pattern)
)


def imported(file):
    yield from names_in(ast.parse((HOUSE / file).read_text()), types_too=True)


def names_in(node, types_too):
    """What is imported there, inside functions too; what only the type checker imports is counted when it is asked."""
    if isinstance(node, ast.ImportFrom):
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif types_too or not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
        for child in ast.iter_child_nodes(node):
            yield from names_in(child, types_too)


def module_of(file):
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_imports_only_what_its_place_allows(file):
    place = next(place for place in MAY_IMPORT if file.is_relative_to(place))
    ours = [name for name in imported(file) if name.split(".")[0] in OURS]
    strange = [name for name in ours if not any(f"{name}.".startswith(f"{each}.") for each in MAY_IMPORT[place])]
    assert not strange


def test_no_import_leads_back_to_where_it_stands():
    modules = {module_of(file): file for file in FILES}
    graph = {}
    for module, file in modules.items():
        names = set(names_in(ast.parse((HOUSE / file).read_text()), types_too=False))
        graph[module] = names & modules.keys()
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"Each imports the one before it: {', '.join(error.args[1])}")


@pytest.mark.parametrize("file", [file for file in FILES if file.match("models/[!_]*.py")], ids=str)
def test_a_file_directly_in_models_is_a_table(file):
    assert module_of(file) in {model.__module__ for model in all_models()}


def test_to_import_models_loads_nothing_else():
    script = f"import sys, models; print([name for name in sys.modules if name.split('.')[0] in {OURS | {'peewee'}}])"
    printed = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, check=True, capture_output=True, text=True)
    assert printed.stdout == "['models']\n"


@pytest.mark.parametrize("file", [file for file in FILES if file.is_relative_to("models")], ids=str)
def test_models_know_nothing_of_the_web(file):
    web = {"bottle", "waitress", "werkzeug.wsgi", "werkzeug.formparser"}
    assert web.isdisjoint(imported(file))


@pytest.mark.parametrize("file", FILES, ids=str)
def test_werkzeug_is_loaded_from_its_top(file):
    """`from werkzeug.wsgi import …` by two threads at once may fail in both: each waits for a half of the other's."""
    assert "from werkzeug." not in (HOUSE / file).read_text()


@pytest.mark.parametrize("file", [file for file in FILES if str(file) != "config.py"], ids=str)
def test_only_the_settings_read_the_environment(file):
    assert "os.environ" not in (HOUSE / file).read_text()
    assert "getenv" not in (HOUSE / file).read_text()


def test_every_route_says_what_it_is_for_where_programs_call_it(settings):
    for route in create_app(settings).routes:
        assert not route.rule.startswith("/api/") or route.callback.__doc__, route.rule


@pytest.mark.parametrize("file", sorted(HOUSE.glob("benchmarks/peers/*.py")), ids=lambda file: file.name)
def test_what_the_site_is_compared_with_has_nothing_of_it(file):
    ours = [name for name in imported(file) if name.split(".")[0] in OURS]
    assert all(name.startswith("benchmarks.content") for name in ours)


@pytest.mark.parametrize("view", sorted(HOUSE.glob("views/**/*.tpl")), ids=lambda view: view.name)
def test_a_view_has_no_style_and_no_script_of_its_own(view):
    ours = r" src=\"{{address\(f?\"/static/"
    assert not re.search(rf"style=|<style|<script(?!{ours})|\son[a-z]+=|javascript:", view.read_text())


@pytest.mark.parametrize("view", sorted(HOUSE.glob("views/**/*.tpl")), ids=lambda view: view.name)
def test_a_page_says_which_files_made_it(view):
    first_line, *_ = view.read_text().splitlines()
    for made_by in re.findall(r'made_by=f?"([^"]*)"', first_line):
        for name in made_by.replace("{file}", "models/joke.py").split(" → "):
            assert (HOUSE / name).is_file()


def defined(file):
    """The names that a module defines at its top, but those of handlers: they are operations, one of each section."""
    for node in ast.parse((HOUSE / file).read_text()).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and not is_handler(node):
            yield node.name


def is_handler(node):
    return any("routes." in ast.unparse(decorator) for decorator in node.decorator_list)


def test_a_name_means_one_thing_in_the_whole_house():
    everywhere = {"log", "main", "run", "routes"}
    places = {}
    for file in FILES:
        for name in set(defined(file)) - everywhere:
            if "migrations" not in file.parts:
                places.setdefault(name, []).append(str(file))
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
