"""The pages that people read: the lines to copy in them, and a shell in which these are run as they stand."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from textwrap import dedent

import pytest

from config import Settings
from tests.server import HOUSE

PAGES = sorted(file.relative_to(HOUSE) for file in (*HOUSE.glob("*.md"), *HOUSE.glob("docs/*.md")))
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SITE = "127.0.0.1:8086"
NEXT = "--- next ---"
GREETING = re.compile("http://.*, database ")
SHELL = f"""set -eu
next() {{ echo; echo '{NEXT}'; }}
curl() {{ command curl --silent --show-error --fail-with-body "$@" && echo; }}
python() {{ "$PYTHON" "$@"; }}
python3() {{ "$PYTHON" "$@"; }}
make() {{ [ "$*" = serve ] && exec "$PYTHON" app.py; }}
"""
SQLITE = """sqlite3() {
    "$PYTHON" -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$@"
}
"""


def text_of(page):
    return (HOUSE / page).read_text()


def blocks(page, *languages):
    """The lines to copy of a page, a text for each block, in order."""
    found = BLOCK.findall(text_of(page))
    return [dedent(text) for _, language, text in found if language in languages]


def run_sh(texts, folder, site=SITE, **environ):
    """What each of these texts prints. They are run one after the other in one shell, in `folder`.

    `site` takes the place of the usual address. A request that is refused ends the shell with an error.
    """
    if not shutil.which("curl") and any("curl" in text for text in texts):
        pytest.skip("there is no curl here")
    done = subprocess.run(
        shell(f"\nnext\n{as_here(text, site)}" for text in texts),
        cwd=folder,
        env=surroundings(environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [printed.strip() for printed in done.stdout.split(NEXT)[1:]]


@contextmanager
def running_sh(text, folder, **environ):
    """The same for lines that serve the site until they are stopped; gives the line with which it greets."""
    log = folder / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            shell([text]),
            cwd=folder,
            env=surroundings(environ),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    try:
        line = next((line for line in process.stdout if GREETING.match(line)), "")
        assert line, log.read_text()
        yield line
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def shell(texts):
    return ["sh", "-c", SHELL + ("" if shutil.which("sqlite3") else SQLITE) + "".join(texts)]


def as_here(text, site):
    return text.replace(SITE, site).replace(".venv/bin/python", "python")


def surroundings(environ):
    """The environment without settings and without what measures the tests, and with `environ`."""
    names = {name.upper() for name in Settings.__annotations__}
    measuring = ("COV", "PYTEST")
    inherited = {
        name: value for name, value in os.environ.items() if name not in names and not name.startswith(measuring)
    }
    return inherited | {"PYTHON": sys.executable, "no_proxy": "127.0.0.1"} | environ
