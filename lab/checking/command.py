"""`python -m models check`: the lesson's tasks for one's own model, for all, or for a folder of students' files."""

import json
import os
import sys
from argparse import Namespace
from pathlib import Path

from lab.checking.handed_in import (
    HandedIn,
    NotHandedIn,
    handed_in_folder,
    is_model_file,
    of_loose_file,
    own_handed_in,
    own_models,
)
from models.shared.loading import FOLDER
from models.shared.start_errors import Unusable, exit_on

NO_FORK = "This system has no processes that can be closed off: check it on Linux, or on macOS your own file."
AS_YOURSELF = "Nothing closes a file off on this system, so your file runs as you."


def run(options: Namespace) -> None:
    if not hasattr(os, "fork"):
        raise Unusable(NO_FORK)
    from lab.checking.many import NotClosedOff, verdicts_on  # which Windows cannot load
    from lab.checking.sandbox import can_be_closed_off
    from lab.checking.told import told_verdicts

    try:
        with exit_on(NotHandedIn, NotClosedOff, OSError):
            verdicts = verdicts_on(*chosen_models(options))
    except KeyboardInterrupt:
        raise SystemExit("Stopped.") from None
    if not can_be_closed_off():
        print(AS_YOURSELF, file=sys.stderr)
    if options.json:
        print(json.dumps([verdict.as_json() for verdict in verdicts], indent=2, ensure_ascii=False))
    else:
        print(told_verdicts(verdicts))
    if not all(verdict.is_done for verdict in verdicts):
        raise SystemExit(1)


def chosen_models(options: Namespace) -> tuple[list[HandedIn], bool]:
    """What is to be checked, and whether it is of this house. NotHandedIn when there is nothing."""
    if options.all:
        if not own_models():
            raise NotHandedIn("There is no model of your own yet: python -m models new planet name:char")
        return [own_handed_in(name) for name in own_models()], True
    if not options.what:
        raise NotHandedIn("Say which: python -m models check planet, or --all, or a folder of students' files.")
    path = Path(options.what)
    if path.is_dir() and path.resolve() != FOLDER.resolve():
        return handed_in_folder(path), False
    is_elsewhere = path.is_file() and path.resolve().parent != FOLDER.resolve()
    if is_elsewhere and is_model_file(path):
        return [of_loose_file(path, path.parent)], False
    return [own_handed_in(options.what)], True
