"""Whoever sits at the machine, on a site with the lesson's passwords, where the lab is on."""

import shutil

import pytest
from webtest import TestApp

from app import create_app
from config import Settings

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8086"}


@pytest.fixture(scope="session")
def lesson_volumes(tmp_path_factory):
    """The sample rows with the lesson's passwords: copying them is quicker than making them."""
    settings = Settings(volumes=tmp_path_factory.mktemp("lesson"), sample_data="lesson")
    create_app(settings)
    return settings.volumes


@pytest.fixture
def site(visit, settings, lesson_volumes):
    """Call it with other settings for a browser at this machine."""

    def start(**changes):
        if not settings.volumes.exists():
            shutil.copytree(lesson_volumes, settings.volumes)
        visitor = visit(**{"sample_data": "lesson", "lab": "auto", **changes})
        return TestApp(visitor.app, extra_environ=HERE)

    return start


@pytest.fixture
def here(site):
    return site()


@pytest.fixture
def last():
    """Call it with a browser for the record of what it did last."""

    def of(browser, number=0):
        newest = browser.get("/lab/requests.json").json["requests"][number]
        return browser.get(newest["href"]).json

    return of
