"""The checker as a page: choose a model of your own, and see which of the lesson's tasks are done."""

import json
import os
import subprocess
import sys
from threading import Lock
from typing import Any

from bottle import HTTPError, response

from lab.access import lab_only
from lab.checking.handed_in import own_models
from lab.checking.lines import TASKS, Verdict, verdict_from_json
from lab.requests import not_kept_by_browsers
from lab.sql.page import wants_json
from models.shared.start_errors import HOUSE
from models.shared.waiting import Busy, without_connection
from routes.shared.body import form_or_json
from routes.shared.page import page
from routes.shared.section import Section

ALL = "all"
SECONDS_OF_CHECK = 120.0  # for all models of a house
CANNOT = "This system cannot run a file by itself: the checker needs Linux or macOS."
FAILED_TO_CHECK = "The checker has ended without a verdict."

one_check = Lock()  # at a time
routes = Section()


@routes.get("/lab/check", apply=lab_only)
def show_check() -> str:
    return check_page([], "")


@routes.post("/lab/check", apply=lab_only)
def run_check() -> Any:
    """The verdict on a model, or on all."""
    sent = form_or_json()
    model = sent.get("model", "")
    if model != ALL and model not in own_models():
        raise HTTPError(404, "There is no such model of your own.")
    verdicts, problem = checked_models(own_models() if model == ALL else [model])
    if problem:
        response.status = 503
    if wants_json():
        not_kept_by_browsers()
        return {"verdicts": [verdict.as_json() for verdict in verdicts], "problem": problem}
    return check_page(verdicts, problem)


def check_page(verdicts: list[Verdict], problem: str) -> str:
    """The models to choose from, and below them what came of it."""
    not_kept_by_browsers()
    shown = {"models": own_models(), "verdicts": verdicts, "problem": problem}
    return page("lab/check", **shown, tasks=TASKS, all_models=ALL)


def checked_models(models: list[str]) -> tuple[list[Verdict], str]:
    """The verdicts, and why there are none. Busy while somebody else's are being made."""
    if not hasattr(os, "fork"):
        return [], CANNOT
    if not one_check.acquire(blocking=False):
        raise Busy("A model is being checked just now.")
    try:
        with without_connection():
            said = said_by_program(models)
    finally:
        one_check.release()
    return [verdict_from_json(each) for each in said["verdicts"]], str(said["problem"])


def said_by_program(models: list[str]) -> dict[str, Any]:
    """What the process says that checks them."""
    command = [sys.executable, "-B", "-m", "lab.checking.program"]
    limit, asked = SECONDS_OF_CHECK, json.dumps(models) + "\n"
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 - ours
            command,
            cwd=HOUSE,
            input=asked,
            stdout=pipe,
            stderr=nowhere,
            text=True,
            timeout=limit,
            check=False,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {"verdicts": [], "problem": FAILED_TO_CHECK}
    return found
