"""What the pages name is there: files, functions, links, lines of code. A failure says what is not."""

import ast
import importlib.util
import re
from functools import cache

import pytest

from config import Settings
from tests.docs.pages import BLOCK, HOUSE, PAGES, text_of

OF_TODAY = [str(page) for page in PAGES if page.name != "CHANGELOG.md"]  # which names what is gone
WINGS = ("benchmarks", "commands", "metrics", "models", "routes", "seed", "tests")
# What a reader makes, or another program: files, functions, words, settings.
MADE = set(
    "models/planet.py tests/models/test_planet.py models/shelf.py models/book.py tests/models/test_book.py "
    "routes/books.py views/books/ views/books/best.tpl views/books/show.tpl "
    "models/migrations/000N_what_changes.py my-page/ .venv/ "
    "lesson.js openapi.json sqlite.db sqlite.db-wal sqlite.db-shm volumes/sqlite.db volumes/uploads/ uploads/ "
    ".github/workflows/pages.yml 404.html search.json alive.json users/index.html "
    "build/ volumes/practice/ volumes/imports/ .reserve manifest.json volumes/backups/ rows/ about.txt "
    "history.json".split()
)
FUNCTIONS_MADE = {"up", "best", "init_shelves"}
WORDS_MADE = {"psycopg", "Planet", "books", "rings", "moons", "mount", "redirect", "rsync"} | set(
    "BinaryMediaTypes Prepare ReservedConcurrentExecutions".split()  # of a function's template
)
# What a library calls what it tells of a process.
WORDS_MADE |= {f"process_{each}" for each in ("max_fds", "resident_memory_bytes", "start_time_seconds")}
KEYS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_REGION"}
SETTINGS_MADE = {"ARGS", "TOKEN", "TEST_DATABASE_URL", "COMPOSE_FILE", *KEYS}

CODE = re.compile(r"`+([^`]+)`+")
PATH = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:py|tpl|md|txt|toml|yml|js|css|html|db|json|db-wal|db-shm)|(?:[\w.-]+/)+")
CALL = re.compile(r"(?:[\w.]+\.)?(\w+)\(.*\)", re.DOTALL)
WORD = re.compile(r"[A-Za-z]\w+")
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
QUOTED = re.compile(r"# (\S+\.py)\n(.*)", re.DOTALL)


def code_of(page):
    """What stands in a page as code: blocks and words."""
    text = text_of(page)
    return [block for _, _, block in BLOCK.findall(text)] + words_of(page)


def words_of(page):
    return CODE.findall(BLOCK.sub("", text_of(page)))


@cache
def source():
    """The text of each file of the program and its tests."""
    files = [
        *HOUSE.glob("*.py"),
        *HOUSE.glob("*.yml"),
        *HOUSE.glob("views/**/*.tpl"),
        *HOUSE.glob("static/**/*.*"),
        HOUSE / "Makefile",
    ]
    files += [file for wing in WINGS for file in (HOUSE / wing).glob("**/*.py") if file.parent.name != "docs"]
    return {file: file.read_text() for file in files if file.suffix != ".png"}


@cache
def functions():
    trees = [ast.parse(text) for file, text in source().items() if file.suffix == ".py"]
    return {node.name for tree in trees for node in ast.walk(tree) if hasattr(node, "name")}


def check(page, missing):
    assert not missing, f"{page} names what is not there: " + ", ".join(sorted(missing))


@pytest.mark.parametrize("page", OF_TODAY)
def test_every_file_is_there(page):
    names = {word for word in words_of(page) if PATH.fullmatch(word)} - MADE
    places = (HOUSE, HOUSE / "models", HOUSE / "routes")  # each has a shared/
    check(page, {name for name in names if not any((place / name).exists() for place in places)})


@pytest.mark.parametrize("page", OF_TODAY)
def test_every_function_is_there(page):
    calls = {call[1] for word in words_of(page) if (call := CALL.fullmatch(word))}
    check(page, calls - functions() - FUNCTIONS_MADE)


@pytest.mark.parametrize("page", OF_TODAY)
def test_every_word_of_the_code_is_there(page):
    known = {word for text in source().values() for word in WORD.findall(text)}
    check(page, {word for word in words_of(page) if WORD.fullmatch(word)} - known - WORDS_MADE - KEYS)


@pytest.mark.parametrize("page", OF_TODAY)
def test_what_is_quoted_from_the_code_stands_there(page):
    missing = set()
    for quoted in filter(None, map(QUOTED.match, code_of(page))):
        name, lines = quoted.groups()
        text = (HOUSE / name).read_text() if (HOUSE / name).is_file() else ""
        missing |= {f"{name}: {line.strip()}" for line in lines.splitlines() if line.strip() not in text}
    check(page, missing)


@pytest.mark.parametrize("page", OF_TODAY)
def test_every_target_setting_module_and_list_of_packages_is_there(page):
    code = "\n".join(code_of(page))
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    settings = {name.upper() for name in Settings.__annotations__}
    settings |= set(re.findall(r"\$\{(\w+):\?\}", text_of("docker-compose.scale.yml")))
    check(page, set(re.findall(r"(?:^| )make (\w+)", code, re.MULTILINE)) - targets)
    check(page, set(re.findall(r"\b([A-Z_]+)=", code)) - settings - SETTINGS_MADE)
    modules = set(re.findall(r"(?:python|py) -m (\w+)", code))
    check(page, {module for module in modules if not importlib.util.find_spec(module)})
    check(page, {name for name in re.findall(r"-r (\S+\.txt)", code) if not (HOUSE / name).is_file()})


@pytest.mark.parametrize("page", [str(page) for page in PAGES])
def test_every_link_leads_somewhere(page):
    links = {one or other for one, other in LINK.findall(text_of(page))}
    check(page, {link for link in links if not link.startswith("https://") and not leads_somewhere(page, link)})


def leads_somewhere(page, link):
    name, _, anchor = link.partition("#")
    file = ((HOUSE / page).parent / name).resolve() if name else HOUSE / page
    return file.is_file() and (not anchor or anchor in anchors(file))


def anchors(file):
    """As GitHub makes them of headings."""
    heads = re.findall(r"^#+ (.*)$", BLOCK.sub("", file.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", OF_TODAY)
def test_a_page_with_lines_to_copy_has_a_test_of_its_own(page):
    languages = {language for _, language, _ in BLOCK.findall(text_of(page))}
    name = page.rpartition("/")[2].removesuffix(".md").lower().replace("-", "_")
    assert not languages & {"sh", "js", "bat"} or (HOUSE / "tests" / "docs" / f"test_{name}.py").is_file()
