"""A site that counts, and what it tells, read by the library that others read it with."""

import shutil

import pytest
from prometheus_client.parser import text_string_to_metric_families
from webtest import TestApp

TOKEN = "a-token-for-prometheus"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


class Found:
    """What a scrape has told. Call it with the name of a sample for those with such labels, and what they say."""

    def __init__(self, text):
        self.text = text
        self.families = [*text_string_to_metric_families(text)]
        self.samples = [sample for family in self.families for sample in family.samples]

    def __call__(self, name, **labels):
        named = [each for each in self.samples if each.name == name and labels.items() <= each.labels.items()]
        return [({key: text for key, text in each.labels.items() if key != "le"}, each.value) for each in named]


@pytest.fixture
def visitor(visit, settings, sample_volumes):
    """Somebody who has not logged in, on a site that counts; the other people of the tests are on it, too."""
    shutil.copytree(sample_volumes, settings.volumes)
    return visit(metrics="yes", metrics_token=TOKEN)


@pytest.fixture
def figures(visitor):
    """Call it for what a scraper gets."""
    scraper = TestApp(visitor.app)
    return lambda: Found(scraper.get("/metrics", headers=BEARER).text)
