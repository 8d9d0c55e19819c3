"""What people did: for the teachers of a group, and the same for oneself."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from playhouse.test_utils import count_queries

from models.change import Change
from models.joke import Joke
from models.known_browser import KnownBrowser
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.user import User
from tests.classroom.conftest import PUPIL

TODAY = utc_now().date()


def lines(browser, path, **headers):
    answer = browser.get(path, headers=headers)
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


def cells(page):
    """By the names in the table, the texts of the line."""
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.html.select("tbody tr")]
    return {name: rest for name, *rest in rows}


def heads(page):
    return [head.get_text(strip=True) for head in page.html.select("thead tr:first-child th")]


def work(browser):
    """Two posts made, one of them deleted; one changed twice."""
    first = browser.post_json("/api/posts", {"note": "First"}).json["id"]
    browser.post_json("/api/posts", {"note": "Second"})
    browser.patch_json(f"/api/posts/{first}", {"note": "Changed"})
    browser.patch_json(f"/api/posts/{first}", {"note": "And again"})
    browser.delete(f"/api/posts/{first}", status=204)
    browser.post_json("/api/jokes", {"joke": "Knock, knock."})


def test_a_teacher_sees_what_each_did_in_each_table(teacher, pupil, p3):
    work(pupil)
    page = teacher.get(f"/groups/{p3.id}/activity")
    assert heads(page) == ["Name", "Last login", "Last seen", "When", "Posts", "Jokes"]
    assert cells(page)["Nikola Tesla"][3:] == ["2", "1", "1", "–"]
    assert "Alexander Graham Bell" not in cells(page)
    assert "Nothing was done in users." in page.text
    picture = page.html.select_one("tbody svg")
    assert picture["aria-label"] == "5 rows on 1 of 7 days"
    assert len(picture.select("rect")) == 1


def test_one_sees_the_same_of_oneself(teacher, pupil, p3):
    work(pupil)
    own = pupil.get("/account/activity")
    of_teacher = teacher.get(f"/groups/{p3.id}/activity")
    assert cells(own) == cells(of_teacher)
    assert heads(own) == heads(of_teacher)
    assert lines(pupil, "/account/activity.csv") == lines(teacher, f"/groups/{p3.id}/activity.csv")


def test_it_is_asked_for_from_a_day_to_another(teacher, pupil, p3):
    work(pupil)
    with database.connection_context():
        Change.update(created=datetime(2026, 3, 5, 23, 59, 59)).where(Change.person == PUPIL).execute()
    path = f"/groups/{p3.id}/activity"
    assert cells(teacher.get(path))["Nikola Tesla"][3:] == []
    assert cells(teacher.get(f"{path}?since=2026-03-05&until=2026-03-05"))["Nikola Tesla"][3:] == ["2", "1", "1", "–"]
    assert cells(teacher.get(f"{path}?since=2026-03-06&until=2026-03-07"))["Nikola Tesla"][3:] == []
    form = teacher.get(path).forms["time"]
    assert (form["since"].value, form["until"].value) == (str(TODAY - timedelta(days=6)), str(TODAY))
    form["since"], form["until"] = "2026-01-01", "2026-12-31"
    picture = form.submit().html.select_one("tbody svg")
    assert picture["aria-label"] == "5 rows in 1 of 29 times of 13 days"


@pytest.mark.parametrize(
    "asked", ["since=x", "until=2026-02-30", "since=2026-02-02&until=2026-02-01", "day=2026-02-01", "since=2026-1-1"]
)
def test_what_is_no_time_is_refused(teacher, p3, asked):
    teacher.get(f"/groups/{p3.id}/activity?{asked}", status=422)
    teacher.get(f"/account/activity.csv?{asked}", status=422)


def test_the_first_day_of_all_can_be_asked_for(teacher):
    assert teacher.get("/account/activity?until=0001-01-02", status=200)


def test_the_last_login_stays_when_the_login_has_ended(teacher, visitor, p3):
    with database.connection_context():
        Session.delete().where(Session.user == PUPIL).execute()
    path = f"/groups/{p3.id}/activity"
    assert cells(teacher.get(path))["Nikola Tesla"][:2] == ["–", "–"]
    with database.connection_context():
        KnownBrowser.create(user=PUPIL, digest="1", last_used=datetime(2026, 3, 1, 8, 30))
        KnownBrowser.create(user=PUPIL, digest="2", last_used=datetime(2026, 2, 1, 8, 30))
    assert cells(teacher.get(path))["Nikola Tesla"][:2] == ["2026-03-01 08:30", "2026-03-01 08:30"]
    with database.connection_context():
        session, _ = Session.start(User.get_by_id(PUPIL), "browser")
        Session.update(last_used=datetime(2026, 3, 2, 9, 0)).where(Session.id == session.id).execute()
    assert cells(teacher.get(path))["Nikola Tesla"][:2] == ["2026-03-01 08:30", "2026-03-02 09:00"]


def test_the_file_has_every_table_and_no_formula(teacher, pupil, p3):
    work(pupil)
    pupil.patch_json("/api/users/2", {"name": "=1+1"})
    (line,) = lines(teacher, f"/groups/{p3.id}/activity.csv")
    assert (line["name"], line["uid"]) == ("'=1+1", "niko")
    counts = {name: count for name, count in line.items() if name.endswith((" made", " changed"))}
    made = {"users made": "0", "posts made": "2", "jokes made": "1"}
    assert counts == made | {"users changed": "1", "posts changed": "1", "jokes changed": "0"}
    answer = teacher.get(f"/groups/{p3.id}/activity.csv", headers={"Accept": "text/html"})
    assert answer.body.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="activity-{p3.id}.csv"'


def test_the_page_leads_to_the_file_of_the_same_time(teacher, p3):
    page = teacher.get(f"/groups/{p3.id}/activity?since=2026-03-01&until=2026-03-05")
    href = page.html.select_one("a[download]")["href"]
    assert href == f"/groups/{p3.id}/activity.csv?since=2026-03-01&until=2026-03-05"
    assert lines(teacher, href)


@pytest.mark.parametrize("end", ["", ".csv"])
@pytest.mark.parametrize(
    ("person", "status"), [("visitor", 303), ("pupil", 403), ("other_teacher", 404), ("teacher", 200), ("admin", 200)]
)
def test_only_its_teachers_and_admins_see_it(request, p3, person, status, end):
    request.getfixturevalue(person).get(f"/groups/{p3.id}/activity{end}", status=status)
    request.getfixturevalue(person).get(f"/account/activity{end}", status=303 if person == "visitor" else 200)


def test_a_table_without_a_history_is_not_there(teacher, pupil, p3, monkeypatch):
    work(pupil)
    monkeypatch.setattr(Joke, "history", False)
    assert heads(teacher.get(f"/groups/{p3.id}/activity"))[4:] == ["Posts"]


def test_it_takes_as_many_queries_for_thirty_people_as_for_one(teacher, p3):
    def queries():
        with count_queries() as found:
            teacher.get(f"/groups/{p3.id}/activity")
        return found.count

    few = queries()
    with database.connection_context():
        for number in range(30):
            p3.add(User.create(name=f"Pupil {number}", uid=f"pupil{number}"))
    assert queries() == few
    assert few <= 12


def test_the_pages_lead_to_each_other(teacher, pupil, p3):
    page = teacher.get(f"/groups/{p3.id}").click("What its members did")
    assert page.click("Back to the group").html.h1.text == "P3"
    assert pupil.get("/account").click("What you did").html.h1.text == "What you did"
    assert "What its members did" not in pupil.get(f"/groups/{p3.id}")


def test_an_empty_group_is_said_to_be_empty(admin, p4):
    assert "There is nobody in this group yet." in admin.get(f"/groups/{p4.id}/activity")
