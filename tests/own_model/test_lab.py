"""The pages of a model of your own ask for all rows at once, and the lab does not say otherwise."""

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.session import Session
from models.shared.database import database
from models.shared.loading import all_resources
from models.user import User

pytest.importorskip("lab")  # it can be taken away
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}


@pytest.fixture
def browser(tmp_path):
    """The admin's, at the machine itself, in lesson mode."""
    app = create_app(Settings(volumes=tmp_path / "volumes", sample_data="lesson", remember="no"))
    with database.connection_context():
        _, token = Session.start(User.get(uid="toby"), "browser", "A browser")
    browser = TestApp(app, extra_environ=HERE)
    browser.set_cookie("session", token)
    yield browser
    database.close_all()


def test_no_page_of_a_model_is_called_a_loop(browser):
    for number in range(1, 6):
        star = browser.post_json("/api/stars", {"name": f"Star {number}"}).json["id"]
        browser.post_json("/api/planets", {"name": f"Planet {number}", "star": star})
        diary = browser.post_json("/api/diaries", {"text": f"Day {number}"}).json["id"]
        browser.post_json("/api/tips", {"nick": f"Tip {number}", "diary": diary})
        browser.post_json("/api/badges", {"text": f"Badge {number}"})
        browser.post_json("/api/chats", {"text": f"Chat {number}"})
    found = {}
    for plural in [model.plural for model in all_resources()]:
        for path in ("", "/new", "/1", "/1/edit", "/1/delete", "?sort=-id", "?search=a"):
            browser.get(f"/{plural}{path}", expect_errors=True)
            browser.get(f"/api/{plural}{path}", expect_errors=True)
        for each in browser.get("/lab/requests.json").json["requests"]:
            found[each["method"], each["path"]] = [kind for kind in each["warnings"] if kind != "slow"]
        browser.post("/lab/requests/forget")
    assert len(found) > 40
    assert {name: kinds for name, kinds in found.items() if kinds} == {}


def test_each_model_is_in_the_picture_of_the_tables_and_differs_in_nothing(browser):
    answer = browser.get("/lab/tables")
    drawn = {box.select_one(".table").text: box for box in answer.html.select(".lab-schema .box")}
    for model in all_resources():
        attributes = {each.text for each in drawn[model._meta.table_name].select(".attribute")}
        assert {f"{model.__name__}.{field.name}" for field in model._meta.sorted_fields} == attributes
        rows = browser.get(f"/lab/tables/{model._meta.table_name}")
        assert "row" in rows.html.select_one(".count").text
    assert answer.html.select(".lab-difference") == []
    titles = {each.text for each in answer.html.select(".lab-schema .tie title")}
    assert "branches.trunk_id refers to branches.id" in titles
