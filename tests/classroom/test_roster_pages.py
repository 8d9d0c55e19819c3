"""A class comes in: the file is sent, each person is seen, and all of them come in or nobody."""

import io
import re

import pytest
from playhouse.test_utils import count_queries
from webtest import Upload

from models.group import Group
from models.membership import Membership
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.exchange.waiting_files import waiting_folder
from models.slip import Slip
from models.user import User
from tests.classroom.conftest import PUPIL, TEACHER, user
from tests.classroom.test_roster_formats import ROSTERS

CLASS = "Name,E-mail,Born\n" + "".join(f"Kid {n} Family{n},kid{n}@x.org,2010-04-{n + 1:02}\n" for n in range(27))
BAD = "吳英,,\nToby Other,toby@x.org,\n=HYPERLINK(1),z@x.org,\n"


def send(browser, content, group=None, **how):
    """A roster in the form of the page; gives the page that shows what would become of it."""
    form = browser.get("/users/import").forms["roster"]
    form["file"] = Upload("class.csv", content if isinstance(content, bytes) else content.encode())
    if group:
        form["group"] = str(group.id)
    answer = form.submit(status="*", **how)
    return answer.follow() if answer.status_int == 303 else answer


def look(page, **fields):
    """Look again, with other values in the form."""
    return filled(page, fields).submit("do", value="look", status="*")


def bring_in(page, status=200, **fields):
    """Agree to what is seen."""
    return filled(page, fields).submit("do", value="import", status=status)


def filled(page, fields):
    form = page.forms["roster"]
    for name, value in fields.items():
        form[name.replace("__", "-")] = value
    return form


def status_of(page):
    return " ".join(page.html.select_one("[role=status]").text.split())


def problems_of(page):
    return [
        tuple(cell.text.strip() for cell in row.select("td")) for row in page.html.select(".roster-problems tbody tr")
    ]


def passwords_on(page):
    slips = page.html.select(".slip")
    return {slip.select("dd")[1].text: slip.select_one(".password dd").text for slip in slips}


def uids():
    with database.connection_context():
        return [each.uid for each in User.select().order_by(User.id)][10:]


def in_group(group):
    with database.connection_context():
        return sorted(each.uid for each in group.people())


def test_of_thirty_lines_the_three_bad_ones_are_told_and_left_out_when_the_teacher_says_so(admin):
    page = send(admin, CLASS + BAD)
    assert status_of(page) == "27 new, 3 with a problem."
    assert problems_of(page) == [
        ("29", "User id is required: none can be made from this name"),
        ("30", "User id toby is that of an admin: give another one"),
        ("31", "Full name is a formula: “=HYPERLINK(1)”"),
    ]
    refused = bring_in(page, status=422)
    assert "tick below" in refused.html.select_one(".alert").text
    assert uids() == []
    done = bring_in(page, skip=True, new__group="")
    assert uids() == [f"kid{n}" for n in range(27)]
    given = passwords_on(done)
    assert list(given) == uids()
    assert len(set(given.values())) == 27
    assert done.headers["Cache-Control"] == "no-store"


def test_each_new_person_logs_in_with_the_one_time_password_and_must_choose_their_own(admin, visitor):
    given = passwords_on(bring_in(send(admin, CLASS)))
    form = visitor.get("/login").forms["login"]
    form["uid"], form["password"] = "kid3", given["kid3"]
    answer = form.submit(status=303)
    assert "choose" in answer.follow(status=303).headers["Location"]
    with database.connection_context():
        assert Session.select().join(User).where(User.uid == "kid3").get().chooses
        assert Slip.select().count() == 27
        assert given["kid4"] not in Slip.get(Slip.user == User.get(uid="kid4")).password_hash


def test_a_user_id_is_corrected_and_a_problem_goes_with_it(admin):
    page = send(admin, CLASS + BAD)
    page = look(page, **{"uid-29": "W.Ying", "uid-30": "tobias", "uid-2": "the.first"})
    assert status_of(page) == "29 new, 1 with a problem."
    page = look(page, **{"uid-31": "x"})  # the others stay as they were given
    assert [line for line, _ in problems_of(page)] == ["31", "31"]
    bring_in(page, skip=True)
    assert {"the.first", "w.ying", "tobias"} <= set(uids())
    assert "kid0" not in uids()


def test_what_was_not_seen_is_not_brought_in(admin):
    page = send(admin, CLASS)
    assert "Look at it again" in bring_in(page, status=422, **{"uid-2": "another"}).html.select_one(".alert").text
    with database.connection_context():
        User.create(name="Kid 5 Family5", uid="kid5")
    again = bring_in(page, status=422)
    assert status_of(again) == "26 new, 1 there already."
    bring_in(again)
    assert len(uids()) == 27


def test_the_same_file_twice_adds_nobody_and_a_later_one_only_adds(admin):
    names = "Avery Smith\nAvery Smith\nBo Ng\n"
    bring_in(send(admin, names), new__group="", status=200)
    assert uids() == ["asmith", "asmith2", "bng"]
    page = send(admin, names)
    assert status_of(page) == "3 there already."
    bring_in(page)
    bring_in(send(admin, "Bo Ng\nCy Day\n"))
    assert uids() == ["asmith", "asmith2", "bng", "cday"]


def test_who_is_there_is_left_alone_or_gets_what_the_columns_say(admin):
    text = "User id,Name\nniko,Nikola T.\n"
    page = send(admin, text)
    assert "there with another name" not in page
    bring_in(page)
    assert admin.get("/api/users/2").json["name"] == "Nikola Tesla"
    page = look(send(admin, text), changes=True)
    assert status_of(page) == "1 to be changed."
    bring_in(page)
    changed = admin.get("/api/users/2").json
    assert (changed["name"], changed["dob"]) == ("Nikola T.", "1856-07-10")
    with database.connection_context():
        assert Post.select().where(Post.user == 2).exists()


def test_people_come_into_a_group_that_is_there_or_a_new_one(admin, p3):
    bring_in(send(admin, "User id,Name\nniko,Nikola Tesla\nhop,Grace Hopper\nada,Ada\n", p3))
    assert in_group(p3) == ["ada", "hop", "niko"]
    done = bring_in(send(admin, CLASS), new__group="P7")  # without another look, as nobody is another one by it
    assert "in the group P7" in done
    with database.connection_context():
        assert len(in_group(Group.get(name="P7"))) == 27


def test_a_teacher_brings_in_their_group_and_takes_in_nobody_that_they_do_not_teach(teacher, p3, p4):
    page = send(teacher, "User id,Name\nniko,Nikola T.\nhop,Grace H.\nmarie,Marie Curie\nada,Ada\n")
    assert [option.text for option in page.html.select("#group option")] == ["P3"]
    page = look(page, changes=True)
    assert status_of(page) == "1 new, 1 to be changed, 2 left out."
    assert "is a teacher here, marie" in page
    assert "is there as hop, and no pupil of yours: an admin can put them into the group" in page
    bring_in(page)
    assert in_group(p3) == ["ada", "niko"]
    with database.connection_context():
        assert (user(PUPIL).name, user(5).name) == ("Nikola T.", "Grace Hopper")
        assert Slip.select().count() == 1


def test_whom_a_teacher_may_take_in_is_found_at_once_for_all(teacher, p3):
    with database.connection_context():
        second = Group.create(name="P9")
        second.add(user(TEACHER), "teacher")
        people = [user(number) for number in (PUPIL, 4, 5, 6, 7, 9)]
        for each in people:
            p3.add(each)
    lines = [f"{each.uid},{each.name}\n" for each in people]
    with count_queries() as few:
        send(teacher, f"User id,Name\n{lines[0]}", second)
    with count_queries() as many:
        page = send(teacher, f"User id,Name\n{''.join(lines)}", second)
    assert status_of(page) == "6 there already."
    assert many.count <= few.count + 2


def test_the_page_of_a_group_leads_its_teacher_there(teacher, pupil, p3):
    form = teacher.get(f"/groups/{p3.id}").click("Import people").forms["roster"]
    assert form["group"].value == str(p3.id)
    assert "Import people" not in pupil.get(f"/groups/{p3.id}")


def test_a_teacher_has_no_group_of_another_one_and_makes_none(teacher, p3, p4):
    page = send(teacher, "Ada\n")
    teacher.get(f"{page.request.path}?group={p4.id}", status=422)
    assert "new-group" not in page.forms["roster"].fields
    answer = teacher.post(page.request.path, {"do": "look", "new-group": "P9"})
    assert "P9" not in answer
    assert "import" not in teacher.get("/users/import").forms


def test_only_teachers_and_admins_bring_people_in(visitor, pupil, other_teacher, teacher, admin):
    path = send(teacher, "Ada\n").request.path
    for browser, status in ((visitor, 303), (pupil, 403), (other_teacher, 404), (admin, 404), (teacher, 200)):
        browser.get(path, status=status)
        browser.post(path, {"do": "look"}, status=status)
    for browser, status in ((visitor, 303), (pupil, 403), (other_teacher, 200), (admin, 200)):
        browser.get("/users/import", status=status)
        browser.post("/users/import/roster", {"text": ""}, status=422 if status == 200 else status)
        browser.post(f"{path}/cancel", {}, status=303 if status == 200 else status)
    assert teacher.post(f"{path}/cancel", {}, status=303)
    assert "has come in, was cancelled" in teacher.get(path, status=404)


def test_an_admin_finds_the_import_of_rows_on_the_same_page(admin):
    form = admin.get("/users/import").forms["import"]
    form["text"] = "uid,name,role\nada,Ada,admin\n"
    page = form.submit().follow()
    done = page.forms["agree"].submit().follow()
    assert "1 added" in done.html.select_one("[role=status]").text
    assert admin.get("/api/users?uid=ada").json["users"][0]["role"] == "admin"


def test_the_columns_and_the_order_of_dates_are_said_where_they_are_not_found(admin):
    page = send(admin, "Kid,Handle,Born where\nAvery Smith,a.smith,4/5/2010\n")
    assert page.html.select_one(".alert").text.startswith("Line 1: No column is called like a name")
    page = look(page, from__name="0", from__login="1", from__born="2")
    assert "could be two days" in page.html.select_one(".alert").text
    assert 'value="import"' not in page
    page = look(page, order="dmy")
    assert status_of(page) == "1 new."
    bring_in(page)
    with database.connection_context():
        assert str(User.get(uid="a.smith").dob) == "2010-05-04"


def test_another_encoding_is_chosen_beside_three_names(admin):
    page = send(admin, "name,login\nŻuk,zuk\n".encode("cp1250"))
    assert "Windows-1252 (Western Europe): ¯uk. Is that right?" in " ".join(page.html.text.split())
    page = look(page, encoding="cp1250")
    assert "Żuk" in page
    assert "cannot be read so" in look(page, encoding="utf-8-sig").html.select_one(".alert").text
    page.forms["roster"]["encoding"].force_value("klingon")
    page.forms["roster"].submit("do", value="look", status=422)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is required"),
        (b" \n ", "is required"),
        (b"\x89PNG\r\n\x1a\n", "but a picture"),
        (b"PK\x03\x04", "save it as CSV first"),
    ],
)
def test_what_is_no_roster_is_refused_where_it_is_chosen(admin, content, words):
    page = send(admin, content)
    assert page.status_int == 422
    assert words in page.html.select_one("#roster-file-problem").text


@pytest.mark.parametrize(
    "content", [b"GIF is a word\n1;2\n", b"\x00\x01\x02\x03" * 50, b'name\n"open\n', b"{}", b"[[[["]
)
def test_strange_files_are_told_and_nothing_fails(admin, content):
    page = send(admin, content)
    assert page.status_int in (200, 422)
    assert 'value="import"' not in page


def test_a_second_file_of_oneroster_says_who_teaches(admin):
    form = admin.get("/users/import").forms["roster"]
    for name, part in (("file", "users"), ("roles", "roles")):
        form[name] = Upload(f"{part}.csv", (ROSTERS / f"oneroster-1.2-{part}.csv").read_bytes())
    page = form.submit().follow()
    assert status_of(page) == "1 new, 1 left out."
    assert "does not say who teaches" in send(admin, (ROSTERS / "oneroster-1.2-users.csv").read_bytes())
    form["roles"] = Upload("roles.csv", b"a,b\n1,2\n")
    assert "must be the roles.csv" in form.submit(status=422).html.select_one("#roster-roles-problem").text


def test_of_a_password_in_the_file_nothing_is_kept(admin):
    page = send(admin, (ROSTERS / "moodle-upload-users.csv").read_bytes())
    assert "“password”" in page
    assert all(b"ChangeMe" not in file.read_bytes() for file in waiting_folder().path.iterdir())
    bring_in(page)
    assert list(waiting_folder().path.iterdir()) == []


def test_agreed_twice_it_comes_in_once_and_the_second_one_hears_why(admin):
    page = send(admin, CLASS)
    bring_in(page)
    assert "make new ones for the group" in bring_in(page, status=404)
    assert len(uids()) == 27


def test_when_the_last_one_cannot_be_written_nobody_is(admin, monkeypatch):
    page = send(admin, CLASS)
    real = Slip.made

    def made(count):
        with database.connection_context():
            if not User.get_or_none(uid="kid26"):
                User.create(name="Somebody Else", uid="kid26")
        return real(count)

    monkeypatch.setattr(Slip, "made", made)
    again = bring_in(page, status=422)
    assert uids() == ["kid26"]
    assert status_of(again) == "26 new, 1 there already."
    with database.connection_context():
        assert Slip.select().count() == Membership.select().count() == 0


def test_a_long_list_has_its_passwords_made_later(admin, monkeypatch):
    monkeypatch.setattr("classroom.roster.steps.MOST_PASSWORDS", 20)
    monkeypatch.setattr("classroom.roster.preview_page.MOST_PASSWORDS", 20)
    monkeypatch.setattr("classroom.roster.preview_page.MOST_TYPED_UIDS", 5)
    monkeypatch.setattr("classroom.roster.preview_page.MOST_PEOPLE_SHOWN", 10)
    page = send(admin, CLASS + BAD)
    assert "too many to make one-time passwords" in page
    assert "And 20 more." in page
    assert [name for name in page.forms["roster"].fields if re.match(r"uid-\d", name or "")][-3:] == [
        "uid-29",
        "uid-30",
        "uid-31",
    ]
    done = bring_in(page, skip=True)
    assert len(uids()) == 27
    assert "They have no passwords yet." in done
    assert done.click("Print slips").request.path == "/users/slips"
    with database.connection_context():
        assert Slip.select().count() == 0


def test_a_long_roster_takes_few_queries_and_too_long_a_one_is_refused(admin, monkeypatch):
    with count_queries() as few:
        send(admin, CLASS)
    text = io.StringIO()
    text.write("Name,E-mail\n")
    text.writelines(f"Kid {n} Family{n},kid{n}@x.org\n" for n in range(600))
    with count_queries() as many:
        page = send(admin, text.getvalue())
    assert many.count <= few.count + 2
    assert status_of(page) == "600 new."
    monkeypatch.setattr("classroom.roster.roster.MOST_PEOPLE", 599)
    assert "at most 599 people" in send(admin, text.getvalue())


def test_a_file_with_headings_only_says_so_in_one_sentence(admin):
    page = send(admin, "Name,E-mail\n")
    assert page.html.select_one(".alert").text == "There is nobody in it."
