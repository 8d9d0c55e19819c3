"""The checker as a page of the lab."""

import pytest

from lab.checking import page as check_page
from lab.checking.lines import TASKS, CheckedTask, Verdict


def test_it_says_what_is_looked_at_and_how_to_begin(here):
    page = here.get("/lab/check")
    assert all(task.asks in page for task in TASKS)
    assert "python -m models new planet name:char" in page or page.html.select("button[name=model]")


def test_a_model_that_is_not_ones_own_is_not_checked(here):
    for model in ("joke", "user", "../planet", "", "all/"):
        here.post("/lab/check", {"model": model}, status=404)


def test_with_nothing_of_ones_own_all_is_nothing(here):
    answer = here.post("/lab/check", {"model": "all"}, headers={"Accept": "application/json"})
    assert answer.json["verdicts"] == []


def test_what_a_file_says_is_shown_as_text(here):
    lines = [CheckedTask("file", "The file can be used", "to do", "<script>alert(1)</script>", "models/planet.py:3")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_page, "checked_models", lambda models: ([Verdict("", "planet", lines)], ""))
        page = here.post("/lab/check", {"model": "all"})
    assert "<script>alert" not in page.text
    assert page.html.select_one(".to-do code").text == "models/planet.py:3"


def test_one_at_a_time(here):
    with check_page.one_check:
        here.post("/lab/check", {"model": "all"}, status=503)
