"""What a program of the lab does first that is a process of its own: it writes but a result, and ends with the site."""

import os
import shutil
import sys
from pathlib import Path
from threading import Lock, Thread
from typing import TextIO

ending = Lock()  # whoever has it ends this process


def own_output() -> TextIO:
    """Where the result goes. What a student prints goes nowhere, or it would stand in between."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return out


def end_with_parent(place: Path) -> None:
    """When the site is killed it can throw nothing away, so this process does."""

    def wait() -> None:
        sys.stdin.read()
        ending.acquire()
        while place.exists():  # as long as something is still being made in it
            shutil.rmtree(place, ignore_errors=True)
        os._exit(1)

    Thread(target=wait, daemon=True).start()
