"""Lists as files, and files of rows that come in: by pages, and all or nothing."""

import csv
import io
import json
import os
import time

import pytest
from playhouse.test_utils import assert_query_count, count_queries
from webtest import Upload

from models.folded import Folded
from models.joke import Joke
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.exchange import waiting_files
from models.shared.exchange.waiting_files import WAITING_SECONDS, waiting_folder
from models.user import User
from routes.shared.exchange import import_steps
from tests.server import on_two_processes_too


def table(text):
    return list(csv.reader(io.StringIO(text)))


def send(browser, plural, content, name="rows.csv", **how):
    """A file in the form of the page; gives the page that shows what would become of it."""
    form = browser.get(f"/{plural}/import").forms["import"]
    form["file"] = Upload(name, content if isinstance(content, bytes) else content.encode())
    answer = form.submit(status="*")
    return answer.follow(**how) if answer.status_int == 303 else answer


def agree(page, **how):
    return page.forms["agree"].submit(**how)


def told(page):
    """The problems: line, words, and what stands there."""
    return [
        tuple(" ".join(cell.text.split()) for cell in line.select("td"))
        for line in page.html.select(".long-list tbody tr")
    ]


def jokes():
    with database.connection_context():
        return [row.joke for row in Joke.select().order_by(Joke.id)]


def waiting():
    folder = waiting_folder().path
    return sorted(folder.iterdir()) if folder.exists() else []


def test_every_row_of_a_list_is_csv_under_its_own_address_and_where_a_program_asks_for_it(visitor):
    answer = visitor.get("/api/users.csv")
    assert answer.content_type == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="users.csv"'
    rows = table(answer.text)
    assert rows[:2] == [["id", "name", "uid", "role", "dob"], ["1", "Thomas Edison", "toby", "admin", "1847-02-11"]]
    assert len(rows) == 11
    asked = visitor.get("/api/users", headers={"Accept": "text/csv"})
    assert (asked.text, asked.headers["Vary"]) == (answer.text, "Accept")


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/csv", "text/csv"),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/csv;q=much", "application/json"),
        ("*/*", "application/json"),
        ("application/json;q=0.1, text/csv;q=0.9", "text/csv"),
    ],
)
def test_a_program_gets_what_it_would_rather_have_also_when_the_other_is_remembered(visitor, accept, content_type):
    visitor.get("/api/jokes")
    visitor.get("/api/jokes", headers={"Accept": "text/csv"})
    assert visitor.get("/api/jokes", headers={"Accept": accept}).content_type == content_type


def test_a_file_has_the_filters_the_search_and_the_order_of_the_list(visitor):
    rows = table(visitor.get("/api/users.csv?role=user&dob_from=1900-01-01&sort=-name").text)
    assert [row[2] for row in rows[1:]] == ["heddy", "hedy", "hop"]
    found = visitor.get("/api/posts.json?search=PATENT&sort=created").json
    assert [post["id"] for post in found] == [3, 4, 6, 7, 13]
    for asked in ("role=king", "limit=3", "after=x", "nothing=1", "sort=password_hash"):
        assert asked.partition("=")[0] in visitor.get(f"/api/users.csv?{asked}", status=422).json["problems"]
    assert table(visitor.get("/api/users/1/posts", headers={"Accept": "text/csv"}).text)[1][0] == "3"


def test_a_long_list_is_whole_in_its_order_and_takes_few_queries(visitor):
    with database.connection_context(), database.atomic():
        Joke.insert_many([{"joke": f"Number {n % 7} {n:04}"} for n in range(1300)]).execute()
    for path in ("/api/jokes.csv", "/api/jokes.csv?sort=-joke", "/api/jokes.csv?search=number+&sort=joke"):
        with count_queries() as counted:
            rows = table(visitor.get(path).text)[1:]
        texts = [row[1] for row in rows]
        assert len(texts) == len(set(texts)) == (1301 if "search" in path else 1307)
        assert "sort" not in path or texts == sorted(texts, key=str.lower, reverse="=-" in path)
        assert counted.count < 20


def test_more_hits_than_are_put_in_order_at_once_are_all_in_the_file(visitor, monkeypatch):
    with database.connection_context(), database.atomic():
        Joke.insert_many([{"joke": f"Number {n:04}"} for n in range(1200)]).execute()
    monkeypatch.setattr("models.shared.listing.MANY_HITS", 10)
    texts = [row[1] for row in table(visitor.get("/api/jokes.csv?search=number+0&sort=-joke").text)[1:]]
    assert texts == [f"Number {n:04}" for n in reversed(range(1000))]


def test_json_has_the_same_rows_and_each_is_a_line(visitor):
    answer = visitor.get("/api/jokes.json")
    assert [list(joke) for joke in answer.json] == [["id", "joke", "haha", "boohoo"]] * 7
    assert len(answer.text.splitlines()) == 9
    with database.connection_context():
        Joke.delete().execute()
    assert visitor.get("/api/jokes.json").json == []


def test_a_formula_and_what_is_hidden_are_in_no_file(visitor):
    with database.connection_context():
        User.get_by_id(2).update(name="=HYPERLINK(1)")
    text = visitor.get("/api/users.csv").text
    assert "'=HYPERLINK(1)" in text
    for hidden in ("password", "pbkdf2", "scrypt", "image"):
        assert hidden not in text + visitor.get("/api/users.json").text


def test_a_link_of_a_page_gives_a_browser_what_its_spreadsheet_understands(visitor):
    page = visitor.get("/users?role=user&search=e&sort=-name")
    link = page.html.find("a", string="CSV")["href"]
    assert link == "/api/users.csv?search=e&sort=-name&role=user"
    accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert visitor.get(link, headers=accept).body.startswith(b"\xef\xbb\xbfid,")
    assert visitor.get(link).body.startswith(b"id,")
    assert page.html.find("a", string="JSON")["href"] == "/api/users.json?search=e&sort=-name&role=user"


def test_a_list_leads_to_its_import_whoever_may_add_rows(visitor, member, admin):
    for browser, path, is_led in (
        (visitor, "/users", False),
        (member, "/users", False),
        (admin, "/users", True),
        (visitor, "/posts", False),
        (member, "/posts", True),
        (member, "/jokes", True),
    ):
        assert bool(browser.get(path).html.find("a", href=f"{path}/import")) == is_led


def test_a_file_is_asked_for_once_more_only_when_head_asks_for_nothing_of_it(visitor):
    answer = visitor.head("/api/users.csv")
    assert answer.body == b""
    assert int(answer.headers["Content-Length"]) == len(visitor.get("/api/users.csv").body)


def test_rows_of_a_file_come_in_when_somebody_has_seen_what_becomes_of_them(member):
    page = send(member, "jokes", "Joke;Other\r\nOne, two;x\r\nThree;y\r\n".encode("utf-16"))
    assert "2 new" in page.html.select_one("[role=status]").text
    assert "“Other”" in page.html.select_one(".left-out").text
    assert len(jokes()) == 7
    done = agree(page).follow()
    assert "2 added" in done.html.select_one(".success").text
    assert jokes()[7:] == ["One, two", "Three"]
    assert waiting() == []
    member.get(page.request.path, status=404)


def test_text_can_be_pasted(member):
    form = member.get("/jokes/import").forms["import"]
    form["text"] = '[{"joke": "Pasted"}, {"joke": "Twice"}]'
    agree(form.submit().follow())
    assert jokes()[7:] == ["Pasted", "Twice"]


@pytest.mark.parametrize("fields", [{}, {"text": "  \n"}, {"text": "joke\na", "file": Upload("a.csv", b"joke\nb")}])
def test_nothing_and_both_at_once_are_refused_beside_the_field(member, fields):
    form = member.get("/jokes/import").forms["import"]
    for name, value in fields.items():
        form[name] = value
    assert "A file is" in form.submit(status=422).html.select_one("#file-problem").text
    assert waiting() == []


def test_all_problems_of_all_rows_are_told_with_their_line_and_nothing_comes_in(admin):
    text = (
        "name,uid,dob,role,nonsense\n"
        "Ada,ada,1815-12-10,user,1\n"
        "Bo,bo b,tomorrow,user,2\n"
        "\n"
        ",x,,king,3\n"
        "=1+1,Ada,,user,4\n"
        "Ed,ed,2999-01-01,,5,,6\n"
    )
    page = send(admin, "users", text)
    assert told(page) == [
        ("3", "uid may only have the letters a to z, digits, dots, underscores and hyphens", "bo b"),
        ("3", "dob must be a date like 2008-04-05", "tomorrow"),
        ("5", "name is required", ""),
        ("5", "uid must have at least 2 characters", "x"),
        ("5", "role must be one of user, admin", "king"),
        ("6", "uid is in line 2 already", "Ada"),
        ("7", "has 7 cells, and there are 5 headings", ""),
    ]
    assert "agree" not in page.forms
    assert "“nonsense”" in page.html.select_one(".left-out").text
    here = page.request.path
    admin.post(here, {"adds": "yes", "seen": "x"}, status=422)
    assert admin.get("/api/users").json["total"] == 10


def test_how_it_is_read_can_be_corrected(member):
    content = "a note|another\nZoë|Żuk\n".encode("cp1250")
    form = send(member, "jokes", content).forms["reading"]
    assert form["encoding"].value == "cp1252"
    form["encoding"] = "utf-8-sig"
    assert "cannot be read so. This is not UTF-8." in form.submit().html.select_one(".alert").text
    member.post(form.submit().request.path, {"encoding": "utf-8-sig"}, status=422)
    form["encoding"], form["header"] = "cp1250", "0"
    page = form.submit()
    assert "Żuk" in page.html.select(".table")[1].text
    form = page.forms["reading"]
    form["from-joke"] = "1"
    page = form.submit()
    assert "2 new" in page.html.select_one("[role=status]").text
    agree(page)
    assert jokes()[7:] == ["another", "Żuk"]


@pytest.mark.parametrize(
    "asked",
    ["encoding=klingon", "delimiter=x", "header=-1", "seen=utf-8-sig+44+1&from-joke=7", "seen=utf-8-sig+44+1&match=x"],
)
def test_what_nobody_can_choose_is_refused(member, asked):
    page = send(member, "jokes", "joke,more\na,b\n")
    member.get(f"{page.request.path}?{asked}", status=422)


def test_of_two_headings_alike_somebody_chooses_one(member):
    page = send(member, "jokes", "joke,Joke\none,two\n")
    assert told(page)[0][1] == "joke is what the columns 1 and 2 are called: choose the one that is meant"
    form = page.forms["reading"]
    form["from-joke"] = "1"
    agree(form.submit())
    assert jokes()[7:] == ["two"]


def test_what_is_there_is_passed_over_or_changed_by_its_unique_field(admin):
    text = "uid,name,dob\nniko,Nikola T.,1856-07-10\nhop,Grace Hopper,1906-12-09\nada,Ada,\n"
    page = send(admin, "users", text)
    assert "1 new, 2 that stay as they are" in " ".join(page.html.select_one("[role=status]").text.split())
    form = page.forms["reading"]
    form["changes"] = True
    page = form.submit()
    assert "1 new, 1 to be changed, 1 that stay" in " ".join(page.html.select_one("[role=status]").text.split())
    agree(page)
    assert admin.get("/api/users/2").json["name"] == "Nikola T."
    assert admin.get("/api/users?uid=ada").json["total"] == 1
    form["adds"], form["match"] = False, ""
    assert form.submit(status="*").status_int == 404


def test_without_a_field_to_match_every_row_is_new(admin):
    form = send(admin, "users", "uid,name\nniko,Nikola\n").forms["reading"]
    form["match"] = ""
    assert told(form.submit()) == [("2", "uid is already taken", "niko")]


def test_a_user_from_a_file_has_no_password_and_none_is_kept_while_it_waits(admin):
    text = 'sep=;\nusername;PassWord;uid;name\n\nx;hunter2hunter2;ada;"Ada\nKing"\ny;swordfish1;bo;Bo\nz;;x;\n'
    page = send(admin, "users", text)
    assert "“PassWord”" in page.html.select_one(".hint").text
    (file,) = waiting()
    assert b"hunter2" not in file.read_bytes()
    assert b"swordfish1" not in file.read_bytes()
    assert [line for line, *_ in told(page)] == ["4", "7", "7"]
    agree(send(admin, "users", text.rpartition("z")[0].replace("\nKing", " King")))
    with database.connection_context():
        assert [user.password_hash for user in User.select().where(User.uid.in_(["ada", "bo"]))] == [None, None]


def test_of_json_no_password_is_kept_either(admin):
    rows = [{"name": "Ada", "uid": "ada", "password": "hunter2hunter2"}, {"name": 5, "uid": "bo"}]
    page = send(admin, "users", json.dumps(rows, indent=1))
    (file,) = waiting()
    assert b"hunter2" not in file.read_bytes()
    assert told(page) == [("7", "name must be text", "5")]


def test_a_role_is_given_by_an_admin_and_the_last_one_stays(admin):
    form = send(admin, "users", "uid,role\ntoby,user\nniko,user\n").forms["reading"]
    form["changes"] = True
    page = agree(form.submit(), status=422)
    assert "Nothing was imported" in page.html.select_one(".alert").text
    assert told(page) == [("", "Role must stay admin, as nobody else is one", "")]
    assert admin.get("/api/me").json["role"] == "admin"
    form = send(admin, "users", "uid,role\nniko,admin\ntoby,user\n").forms["reading"]
    form["changes"] = True
    agree(form.submit(), status=303)
    assert admin.get("/api/me").json["role"] == "user"


def test_posts_of_a_member_are_theirs_and_an_admin_says_whose_they_are(member, admin):
    text = "note,user,created\nHello,5,2020-02-02T10:00:00Z\n"
    agree(send(member, "posts", text))
    agree(send(admin, "posts", text))
    with database.connection_context():
        theirs, given = Post.select().order_by(Post.id.desc()).limit(2)[::-1]
    assert (theirs.userID, theirs.created.year) == (2, time.gmtime().tm_year)
    assert (given.userID, given.created.year) == (5, 2020)


def test_what_only_the_program_sets_comes_in_with_new_rows_of_an_admin_only(member, admin):
    agree(send(member, "jokes", "joke,haha\nMine,1000\n"))
    agree(send(admin, "jokes", "joke,haha\nOld,7\n"))
    form = send(admin, "jokes", "joke,haha,boohoo\nMine,5,5\n").forms["reading"]
    form["changes"] = True
    assert "1 that stay" in form.submit().html.select_one("[role=status]").text
    found = {row["joke"]: row["haha"] for row in admin.get("/api/jokes?sort=-id&limit=2").json["jokes"]}
    assert found == {"Old": 7, "Mine": 0}


def test_an_admins_rows_keep_their_numbers_and_the_next_one_follows(admin, member):
    agree(send(admin, "jokes", "id,joke\n50,Fifty\n"))
    agree(send(member, "jokes", "id,joke\n70,Not seventy\n"))
    assert [row["id"] for row in admin.get("/api/jokes?sort=-id&limit=2").json["jokes"]] == [51, 50]
    numbers = {"50": "is already taken"} | dict.fromkeys(("0", "-1", "1.5", "1000000001"), "must be a whole number")
    for number, words in numbers.items():
        problem = told(send(admin, "jokes", f"id,joke\n{number},Other {number}\n"))[0]
        assert problem[1].startswith(f"id {words}")


def test_a_file_is_found_again_by_who_has_sent_it_only(member, other, admin, visitor):
    page = send(member, "jokes", "joke\nMine\n")
    path = page.request.path
    for browser in (other, admin):
        browser.get(path, status=404)
        browser.post(path, {"adds": "yes"}, status=404)
        browser.post(f"{path}/cancel", {}, status=303)
    member.get(path.replace("jokes", "posts"), status=404)
    assert member.get(path).status_int == 200
    assert path.rpartition("/")[2] not in waiting()[0].name


def test_who_cancels_leaves_nothing(member):
    page = send(member, "jokes", "joke\nMine\n")
    page.forms["cancel"].submit(status=303)
    assert waiting() == []
    member.get(page.request.path, status=404)


def test_a_file_waits_for_an_hour_and_goes_with_the_next_one_who_comes(member, other):
    page = send(member, "jokes", "joke\nMine\n")
    (file,) = waiting()
    assert file.stat().st_mode & 0o777 == 0o600
    then = time.time() - WAITING_SECONDS
    os.utime(file, (then + 60, then + 60))
    other.get("/jokes/import")
    assert waiting() == [file]
    os.utime(file, (then - 60, then - 60))
    other.get("/jokes/import")
    assert waiting() == []
    assert "waits no more" in member.get(page.request.path, status=404)


def test_somebody_with_many_files_loses_the_oldest_and_who_has_most_makes_room(member, other, monkeypatch):
    pages = [send(member, "jokes", f"joke\nMine {n}\n") for n in range(waiting_files.MOST_OF_A_PERSON)]
    for age, page in enumerate(reversed(pages)):
        for file in waiting():
            if file.name == waiting_files.name_of_waiting(page.request.path.rpartition("/")[2], "jokes", "user 2"):
                os.utime(file, (time.time() - 60 * age - 60,) * 2)
    send(member, "jokes", "joke\nOne more\n")
    member.get(pages[0].request.path, status=404)
    member.get(pages[1].request.path, status=200)
    monkeypatch.setattr(waiting_files, "MOST_BYTES_WAITING", 70)
    mine = send(other, "jokes", "joke\nOf somebody else\n")
    member.get(pages[1].request.path, status=404)
    assert other.get(mine.request.path).status_int == 200


def test_sent_twice_it_comes_in_once(member):
    page = send(member, "jokes", "joke\nOnce\n")
    first, second = agree(page), agree(page)
    assert (first.status_int, second.status_int) == (303, 303)  # the second one is the answer of the first
    assert jokes().count("Once") == 1


@on_two_processes_too
def test_of_two_who_agree_at_once_without_a_key_one_brings_it_in(visitor, log_in, at_once):
    browsers = [log_in("niko"), log_in("niko")]
    page = send(browsers[0], "posts", "note\nOnce\n")
    fields = {name: value for name, value in page.forms["agree"].submit_fields() if name != "one-time-key"}
    answers = []

    def bring_in(browser):
        answers.append(browser.post(page.request.path, fields, status="*").status_int)

    at_once(*(lambda browser=browser: bring_in(browser) for browser in browsers))
    assert sorted(answers) == [303, 404]
    assert visitor.get("/api/posts?search=once").json["total"] == 1


def test_what_is_there_when_it_comes_in_is_passed_over_and_what_comes_between_keeps_all_out(member, monkeypatch):
    page = send(member, "jokes", "joke\nNew\nTaken\n")
    real = import_steps.store

    def store_late(*args):
        Joke.create(joke="Taken")
        return real(*args)

    with monkeypatch.context() as patched:
        patched.setattr(import_steps, "store", store_late)
        refused = agree(page, status=422)
    assert "Nothing was imported" in refused.html.select_one(".alert").text
    assert jokes()[7:] == ["Taken"]
    assert "1 new, 1 that stay" in " ".join(refused.html.select_one("[role=status]").text.split())
    agree(refused, status=303)
    assert jokes()[7:] == ["Taken", "New"]


def test_who_is_no_admin_any_more_when_the_rows_are_written_writes_none(admin, monkeypatch):
    page, real = send(admin, "users", "uid,name,role\nada,Ada,admin\n"), import_steps.store

    def store_late(*args):
        User.update(role="user").where(User.id == 1).execute()
        return real(*args)

    monkeypatch.setattr(import_steps, "store", store_late)
    assert "Your own role has just been changed." in agree(page, status=503)
    assert admin.get("/api/users?uid=ada").json["total"] == 0


def test_a_file_that_is_too_large_is_refused_in_words(member):
    page = send(member, "jokes", b"joke\n" + b"x" * 17 * 1024 * 1024)
    assert page.status_int == 413
    assert "16 MiB" in page


def test_too_many_rows_are_refused_in_words(member, monkeypatch):
    monkeypatch.setattr(import_steps, "MOST_ROWS_SENT", 3)
    page = send(member, "jokes", "joke\na1\nb1\nc1\nd1\n")
    assert told(page) == [("5", "is one row too many: at most 3 are read at once", "")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "but a picture"),
        (b"PK\x03\x04" + b"\0" * 100, "save it as CSV first"),
        (b"\xff\xfe", "no rows"),
    ],
)
def test_what_is_no_table_is_called_so_and_not_kept(member, content, words):
    page = send(member, "jokes", content)
    assert page.status_int == 422
    assert words in page.html.select_one("#file-problem").text
    assert waiting() == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'joke\n"half a quote\n', ("2", "a quote is never closed")),
        (b"joke\nwith a \0 in it\n", ("2", "joke must not have control characters")),
        (b"joke\n" + b"," * 1_000_000 + b"x\n", ("2", "has 1,000,001 cells")),
        (b"joke\n" + b"x" * 201 + b"\n", ("2", "joke must have at most 200 characters")),
        (b"nothing,known\n1,2\n", ("1", "No column is called like a field")),
        (b'[{"joke": "a"},\n{"joke": "b"', ("2", "is no JSON")),
    ],
)
def test_odd_files_are_told_with_their_line(member, content, problem):
    page = send(member, "jokes", content)
    line, words, _ = told(page)[0]
    assert line == problem[0]
    assert words.startswith(problem[1])
    assert len(page.body) < 20_000


def test_a_page_shows_what_is_in_a_file_as_text(member):
    page = send(member, "jokes", "joke,<script>x</script>\n<b>bold</b>,1\n")
    assert page.html.select("td b, th script, p script") == []
    assert "<b>bold</b>" in page.html.text


def test_a_file_of_many_rows_takes_few_queries_to_write(member):
    page = send(member, "jokes", "joke\n" + "".join(f"Number {n}\n" for n in range(300)))
    with count_queries() as counted:
        agree(page)
    assert counted.count < 2 * 300 + 50  # two to look at each row, as there may be one that is alike
    assert len(jokes()) == 307
    with database.connection_context():
        assert not Folded.select().where(Folded.text.is_null()).exists()
    assert member.get("/api/jokes?search=number+299").json["total"] == 1


def test_a_list_takes_no_query_more_for_its_links(visitor):
    visitor.get("/jokes")
    with assert_query_count(2):
        visitor.get("/jokes?_=1")


def test_what_was_pasted_when_somebody_was_logged_out_is_found_again(member):
    form = member.get("/jokes/import").forms["import"]
    form["text"] = "joke\nWritten\n"
    with database.connection_context():
        Session.delete().execute()
    assert form.submit(status=303).headers["Location"].startswith("/login")
    assert waiting() == []


@pytest.mark.parametrize("value", [[1], {"a": 1}, True, 1.5, 10**400, "\ud800", "x", None, ""])
@pytest.mark.parametrize("name", ["id", "user", "note", "alt", "created"])
def test_json_may_hold_anything_and_is_told_what_is_wrong_with_it(admin, name, value):
    rows = [{"note": "First"}, {"note": "Second", "\udfff": 2} | {name: value}, {"id": 99, "note": "Third"}]
    page = send(admin, "posts", json.dumps(rows))
    assert {line for line, *_ in told(page)} <= {"1"}
    assert ("agree" in page.forms) != bool(told(page))
