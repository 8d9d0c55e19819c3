"""The dashboard asks only for figures that there are."""

import json
import re

import pytest

from metrics.measured import SCRAPED_PATH
from tests.metrics.conftest import BEARER, Found
from tests.server import HOUSE

DASHBOARD = json.loads((HOUSE / "docs" / "dashboard.json").read_text())
PANELS = {panel["title"]: panel for panel in DASHBOARD["panels"]}
OF_PROMETHEUS = {"instance", "le"}  # labels that it adds, or that are in each histogram


def asked(panel):
    return [(target["expr"], target["legendFormat"]) for target in panel["targets"]]


@pytest.fixture
def labels(visitor):
    """By the name of each sample, after all kinds of things have happened."""
    visitor.get("/users")
    visitor.post_json("/api/jokes/1/haha", {}, status=200)
    samples = Found(visitor.get(SCRAPED_PATH, headers=BEARER).text).samples
    return {sample.name: set(sample.labels) for sample in samples}


def test_each_expression_names_what_is_there(labels):
    if "process_open_fds" not in labels:
        pytest.skip("this system does not tell of its processes")
    for title, panel in PANELS.items():
        for expression, legend in asked(panel):
            names = set(re.findall(r"\b(?:portfolio|process)_\w+", expression))
            known = set.union(*[labels[name] for name in names]) | OF_PROMETHEUS
            used = set(re.findall(r"(\w+)(?:=~|=)\"", expression)) | set(re.findall(r"{{(\w+)}}", legend))
            for group in re.findall(r"by \(([^)]*)\)", expression):
                used |= set(group.split(", "))
            assert used <= known, title


def test_each_figure_is_shown_somewhere(labels):
    shown = " ".join(expression for panel in PANELS.values() for expression, _ in asked(panel))
    bases = {re.sub("_(bucket|count|sum|created)$", "", name) for name in labels}
    assert {name for name in bases if name not in shown} <= {"process_virtual_memory_bytes"}


def test_what_only_grows_is_asked_for_by_its_rate():
    for panel in PANELS.values():
        for expression, _ in asked(panel):
            for name in re.findall(r"\w+_(?:total|bucket|sum|count)\b", expression):
                assert re.search(rf"rate\({name}{{[^}}]*}}\[\$__rate_interval\]\)", expression), expression


def test_panels_have_numbers_and_places_of_their_own():
    numbers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(numbers)) == len(numbers)
    places = [panel["gridPos"] for panel in DASHBOARD["panels"]]
    taken = [(at["x"] + x, at["y"] + y) for at in places for x in range(at["w"]) for y in range(at["h"])]
    assert len(set(taken)) == len(taken)
    assert max(x for x, _ in taken) < 24


def test_it_names_no_source_of_anybodys():
    variables = {each["name"] for each in DASHBOARD["templating"]["list"]}
    assert variables == {"source", "instance"}
    assert set(re.findall(r'"uid": "([^"]*)"', json.dumps(DASHBOARD))) == {"bottle-portfolio", "${source}"}
