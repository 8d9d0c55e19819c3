"""Runs a student's tests in their process: each as it is, and before that with a model that does not work.

A test that passes then, too, says nothing.
"""

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from typing import Any

from lab.checking.messages import Messages
from models.shared import loading
from models.shared.rows import BaseModel
from models.shared.start_errors import HOUSE

MOST_OF_WORDS = 300


class NotWorking(Exception):
    """What a model raises that has been broken on purpose."""


class Reporter:
    """A plugin of pytest: tells the judge of each test, and of what it says when `models` do not work."""

    def __init__(self, messages: Messages, models: Sequence[type[BaseModel]], run_phases: Any) -> None:
        self.messages, self.models, self.run_phases = messages, models, run_phases
        self.is_breaking = False

    def pytest_runtest_protocol(self, item: Any) -> None:
        """Called for each test, before pytest runs it."""
        self.is_breaking = True
        reports = self.run_phases(item, log=False, nextitem=None)
        self.is_breaking = False
        self.messages.send({"broken": {"passes": all(each.passed for each in reports)}})

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Called for the beginning, the test itself and the end."""
        if report.when == "call" or report.outcome != "passed":
            file, line, name = report.location
            outcome = "xfailed" if hasattr(report, "wasxfail") else report.outcome
            told = {"line": (line or 0) + 1, "name": name, "outcome": outcome, "words": ""}
            crash = getattr(report.longrepr, "reprcrash", None)
            if crash is not None:
                told["words"] = str(crash.message).splitlines()[0][:MOST_OF_WORDS]
                if Path(crash.path).is_relative_to(HOUSE) and Path(crash.path).name == Path(file).name:
                    told["line"] = crash.lineno
            self.messages.send({"test": told})

    def pytest_collectreport(self, report: Any) -> None:
        """Called for a file that cannot be read, too."""
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            words = str(crash.message if crash else report.longrepr).strip().splitlines() or [""]
            told = {"line": getattr(crash, "lineno", 1), "name": "", "outcome": "failed"}
            self.messages.send({"test": told | {"words": words[-1].removeprefix("E ").strip()[:MOST_OF_WORDS]}})

    def pytest_runtest_call(self) -> None:
        """Called before the test itself, when its fixtures are made."""
        for model in self.models if self.is_breaking else ():
            break_model(model)

    def pytest_runtest_teardown(self) -> None:
        """Called after it."""
        mend_models()

    def pytest_sessionfinish(self) -> None:
        """Called after the last one: what pytest does then takes as long again, and nobody needs it."""
        self.messages.send({"end": True})


broken: list[tuple[type, str, Any]] = []


def break_model(model: type[BaseModel]) -> None:
    """Nothing of it works until it is mended."""
    own = [name for name, value in vars(model).items() if not name.startswith("__") and is_method(value)]
    for name in {*own, "select", "__init__", "create", "update", "delete"}:
        broken.append((model, name, vars(model).get(name)))
        setattr(model, name, does_not_work)


def is_method(value: Any) -> bool:
    """Whether somebody has written it as a function of the class."""
    return isfunction(value) or isinstance(value, classmethod | staticmethod | property)


def does_not_work(*_values: Any, **_named: Any) -> Any:
    """In place of each method."""
    raise NotWorking("The checker has broken this model, to see whether the tests notice.")


def mend_models() -> None:
    """As they were."""
    for model, name, before in reversed(broken):
        if before is None:
            delattr(model, name)
        else:
            setattr(model, name, before)
    broken.clear()


def run_tests(messages: Messages, job: dict[str, Any]) -> None:
    """All tests that came with the model."""
    loading.all_models()
    sections = import_module("routes").SECTIONS
    sections += [name for name in job["sections"] if name not in sections]
    models = [each for each in loading.all_resources() if each.__module__ == f"models.{job['model']}"]
    pytest, run_phases = import_module("pytest"), import_module("_pytest.runner").runtestprotocol
    place = str(Path(job["volumes"]).with_name("tests"))
    words = ["-q", "--tb=short", "--show-capture=no", "-p", "no:cacheprovider", "-p", "no:faulthandler"]
    words += ["-c", str(HOUSE / "pyproject.toml"), f"--rootdir={HOUSE}", f"--basetemp={place}"]
    os.chdir(HOUSE)
    pytest.main([*words, *tests_of(job)], plugins=[Reporter(messages, models, run_phases)])


def tests_of(job: dict[str, Any]) -> Iterator[str]:
    """Where they are."""
    for name in job["tests"]:
        yield str(HOUSE / name)
