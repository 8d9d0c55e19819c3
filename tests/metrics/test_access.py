"""Figures are for admins and for who brings the token, which opens nothing else."""

import pytest

from metrics.site import metrics_sections
from models.session import Session
from models.shared.database import database
from models.user import User
from tests.metrics.conftest import BEARER, TOKEN
from tests.routes.test_access import ADMINS_PAGE, PEOPLE, assert_answered, name_of

TABLE = {"GET /metrics": ADMINS_PAGE}


def test_every_route_of_the_room_has_its_line(settings):
    sections = metrics_sections(type(settings)(metrics="yes"))
    assert sorted(name_of(route) for section in sections for route in section.routes) == sorted(TABLE)


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_gets_the_answer_of_the_table(person, request):
    answer = request.getfixturevalue(person).get("/metrics", expect_errors=True)
    assert_answered(answer, TABLE["GET /metrics"][PEOPLE.index(person)])
    assert ("portfolio_" in answer.text) == (person == "admin")


def script(uid):
    with database.connection_context():
        _, token = Session.start(User.get(uid=uid), "script", "Prometheus")
    return {"Authorization": f"Bearer {token}"}


def test_a_script_of_an_admin_gets_them_and_that_of_a_member_does_not(visitor):
    assert visitor.get("/metrics", headers=script("toby")).content_type == "text/plain"
    visitor.get("/metrics", headers=script("niko"), status=403)


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer ä", TOKEN]
)
def test_another_token_opens_nothing_and_leads_to_no_form(visitor, header):
    answer = visitor.get("/metrics", headers={"Authorization": header}, status=401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "portfolio_" not in answer


def test_the_token_opens_nothing_else(visitor):
    visitor.get("/api/me", headers=BEARER, status=401)
    visitor.get("/metrics/", headers=BEARER, status=308)
    visitor.post("/metrics", headers=BEARER, status=405)


def test_without_a_token_in_the_settings_an_empty_one_is_none(visit):
    visitor = visit(metrics="yes")
    for header in ("Bearer ", "Bearer", "bearer \t"):
        visitor.get("/metrics", headers={"Authorization": header}, status=401)


def test_head_and_gzip_work_and_nobody_keeps_an_answer(visitor):
    answer = visitor.get("/metrics", headers=BEARER | {"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["ETag"].endswith('-gzip"')  # WebTest has unpacked it
    assert answer.headers["Cache-Control"] == "no-store"
    assert visitor.head("/metrics", headers=BEARER).body == b""


def test_where_it_is_off_there_is_nothing(visit):
    visitor = visit(metrics_token=TOKEN)
    visitor.get("/metrics", status=404)
    visitor.get("/metrics", headers=BEARER, status=404)


def test_the_token_is_in_no_answer_and_no_log(visitor, caplog, capsys):
    for path in ("/metrics", "/users", "/made-up", "/api/me"):
        assert TOKEN not in visitor.get(path, headers=BEARER, status="*")
    assert TOKEN not in caplog.text


def test_below_a_prefix_they_are_there_too(visit):
    visitor = visit(metrics="yes", metrics_token=TOKEN, prefix="/class")
    assert "portfolio_" in visitor.get("/class/metrics", headers=BEARER, status=200)
    assert (
        visitor.get("/class/metrics", status=303).headers["Location"].endswith("/class/login?next=%2Fclass%2Fmetrics")
    )
