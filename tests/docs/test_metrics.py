"""The table has each figure with its labels, and the lines to copy say what is so."""

import json
import re
import shutil

import pytest
import yaml

from metrics.measured import SCRAPED_PATH
from tests.docs.pages import blocks, text_of
from tests.metrics.conftest import BEARER, TOKEN, Found

PAGE = "docs/metrics.md"
ROWS = re.findall(r"^\| `((?:portfolio|process)_\w+)` \| (.*?) ?\| .* \|$", text_of(PAGE), re.MULTILINE)


@pytest.fixture
def found(visit, settings, sample_volumes):
    """What a scraper gets after a request."""
    shutil.copytree(sample_volumes, settings.volumes)
    site = visit(metrics="yes", metrics_token=TOKEN)
    site.get("/users")
    return Found(site.get(SCRAPED_PATH, headers=BEARER).text)


def test_the_table_has_each_figure_and_its_labels(found):
    if not found("process_open_fds"):
        pytest.skip("this system does not tell of its processes")
    told = {}
    for family in found.families:
        name = f"{family.name}_total" if family.type == "counter" else family.name
        told[name] = {label for sample in family.samples for label in sample.labels} - {"le"}
    assert {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in ROWS} == told


def test_the_lines_for_prometheus_ask_for_the_address_of_the_figures():
    (job,) = yaml.safe_load(blocks(PAGE, "yaml")[0])["scrape_configs"]
    assert SCRAPED_PATH == "/metrics"  # where Prometheus asks if nobody says otherwise
    assert job["authorization"].keys() == {"credentials_file"}  # whose type is Bearer then


def test_a_line_of_the_log_has_what_the_page_says(visit, caplog):
    from metrics.json_log import JsonEntry, note_mark

    said = json.loads(blocks(PAGE, "json")[0])
    caplog.handler.addFilter(note_mark)
    caplog.set_level("INFO", "portfolio.access")
    parent = f"00-{said['trace_id']}-{said['parent_id']}-01"
    visit(log="json").get(said["path"], headers={"traceparent": parent}, status="*")
    caplog.handler.removeFilter(note_mark)
    line = json.loads(JsonEntry().format(caplog.records[0]))
    assert list(line) == list(said)
    assert {name: line[name] for name in ("trace_id", "parent_id", "route")} == {
        name: said[name] for name in ("trace_id", "parent_id", "route")
    }


def test_a_handler_of_your_own_gets_the_headers_as_the_lines_say():
    names = {}
    exec(blocks(PAGE, "python")[0], names)
    assert names["headers"] == {}
