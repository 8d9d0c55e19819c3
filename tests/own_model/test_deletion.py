"""What a deletion takes along, or why it is refused. Run by `tests/routes/test_resources.py`."""

import pytest
from models.library import Book, Egg, Hen, Label, Loan, Remark, Shelf, Smile, Twin
from playhouse.test_utils import count_queries

from commands.sweep import sweep
from models import Invalid, Post, User
from models.shared.database import database


@pytest.fixture
def library(visitor):
    with database.connection_context():
        add_shelf()
    return visitor


def add_shelf():
    """Of user 2, with a book of theirs and one of user 5, which is lent."""
    shelf = Shelf.create(owner=2, name="Bottom")
    Book.create(owner=2, title="Dune", shelf=shelf)
    emma = Book.create(owner=5, title="Emma", shelf=shelf, back_to=shelf)
    shelf.update(favourite=emma)
    Loan.create(book=emma, reader=2, note="Lent to Nikola")
    Label.create(shelf=shelf, text="Novels")


@pytest.fixture
def count():
    """Call it with models for how many rows each has."""

    def read(*models):
        with database.connection_context():
            return [model.select().count() for model in models]

    return read


@pytest.mark.usefixtures("library")
def test_what_must_refer_to_a_row_keeps_it_from_going_and_is_named(member, count):
    refused = member.delete("/api/shelves/1", status=422)
    assert refused.json["detail"] == "books refer to it: Dune, Emma"
    assert refused.json["problems"] == {"books": "refer to it: Dune, Emma"}
    page = member.get("/shelves/1/delete")
    assert "2 books are in the way: Dune, Emma." in page
    assert not page.html.find("button", class_="danger")
    assert "2 books are in the way: Dune, Emma." in member.post("/shelves/1/delete", status=422)
    assert count(Shelf, Book, Label) == [1, 2, 1]


@pytest.mark.usefixtures("library")
def test_what_is_in_the_way_is_named_in_python_too():
    with database.connection_context(), pytest.raises(Invalid, match=r"^books refer to it: Dune, Emma$"):
        Shelf.get_by_id(1).delete()


@pytest.mark.usefixtures("library")
def test_a_row_that_nothing_must_refer_to_takes_along_what_its_class_says(member, admin, count):
    admin.delete("/api/loans/1", status=204)
    for book in (1, 2):
        admin.delete(f"/api/books/{book}", status=204)
    page = member.get("/shelves/1/delete")
    assert "1 label goes with it: Novels." in page
    page.forms["delete"].submit(status=303)
    assert count(Shelf, Label) == [0, 0]


@pytest.mark.usefixtures("library")
def test_a_program_is_told_before(member):
    told = member.get("/api/shelves/1/deletion").json
    nobody = {"others": 0, "names_of_others": []}
    assert told == {
        "goes": [{"rows": "labels", "total": 1, "names": ["Novels"]} | nobody],
        "emptied": [{"rows": "books", "total": 1, "names": ["Emma"], "others": 1, "names_of_others": ["Emma"]}],
        "in_the_way": [
            {"rows": "books", "total": 2, "names": ["Dune", "Emma"], "others": 1, "names_of_others": ["Emma"]}
        ],
    }


@pytest.mark.usefixtures("library")
def test_a_person_goes_with_all_of_theirs_and_what_refers_to_it(member, count):
    page = member.get("/users/2/delete")
    words = page.html.main.get_text(" ", strip=True)
    assert "1 shelf goes with them: Bottom." in words
    assert "2 books go with them: Dune, Emma. 1 of these belongs to somebody else: Emma." in words
    assert "1 label goes with them: Novels." in words
    assert "1 loan goes with them." in words  # its name is for admins
    page.forms["delete-user"].submit(status=303)
    assert count(Shelf, Book, Loan, Label) == [0, 0, 0, 0]


@pytest.mark.usefixtures("library")
def test_what_need_not_refer_to_a_person_stays_without_them(other, count):
    assert "1 shelf stays without them: Bottom." in other.get("/users/5/delete")
    other.get("/users/5/delete").forms["delete-user"].submit(status=303)
    assert count(Shelf, Book, Loan) == [1, 1, 0]
    assert other.get("/api/shelves/1").json["favourite"] is None


@pytest.mark.usefixtures("library")
def test_a_row_that_somebody_may_not_read_is_counted_and_not_named(other, admin):
    refused = other.delete("/api/books/2", status=422).json
    assert refused["problems"] == {"loans": "refer to it: 1 that you may not read"}
    assert admin.delete("/api/books/2", status=422).json["problems"] == {"loans": "refer to it: Lent to Nikola"}
    assert other.get("/api/books/2/deletion").json["in_the_way"][0]["names"] == []
    assert "1 loan is in the way." in other.get("/books/2/delete")


@pytest.mark.usefixtures("library")
def test_only_those_who_may_delete_a_row_are_told(visitor, other, member):
    for path in ("/api/shelves/1/deletion", "/api/users/2/deletion", "/api/posts/4/deletion"):
        visitor.get(path, status=401)
        other.get(path, status=403)
        member.get(path, status=200)
    member.get("/api/shelves/9/deletion", status=404)


def test_a_post_takes_along_what_refers_to_it(member, count):
    with database.connection_context():
        Remark.create(post=4, text="Well said")
    page = member.get("/posts/4/delete")
    assert "1 remark goes with it: Well said." in page
    page.forms["delete-post"].submit(status=303)
    assert count(Remark) == [0]


def test_a_row_that_refers_to_itself_goes_alone(member, count):
    twins(("Romulus", 2))
    assert member.get("/api/twins/1/deletion").json["in_the_way"] == []
    member.delete("/api/twins/1", status=204)
    assert count(Twin) == [0]


def test_rows_that_refer_to_each_other_keep_each_other_and_go_with_their_person(member, count):
    twins(("Romulus", 2), ("Remus", 5), ("Third", 5))
    circle()
    member.delete("/api/twins/1", status=422)
    member.delete("/api/hens/1", status=422)
    assert "2 of these belong to somebody else: Remus, Third." in member.get("/users/2/delete")
    member.delete("/api/users/2", status=204)
    assert count(Twin, Hen, Egg) == [0, 0, 0]


@pytest.mark.usefixtures("library")
def test_what_somebody_left_behind_is_swept_with_what_refers_to_it(count):
    with database.connection_context():
        database.execute_sql("PRAGMA foreign_keys = 0")
        database.execute_sql("delete from users where id = 2")
        database.execute_sql("PRAGMA foreign_keys = 1")
        assert "shelves 1: the owner is gone" in list(sweep(delete=True))
    assert count(Shelf, Book, Loan) == [0, 0, 0]


@pytest.mark.parametrize("path", ["/api/remarks/1", "/api/posts/1"])
def test_answers_to_answers_go_however_many_there_are(admin, count, path):
    with database.connection_context():
        Remark.insert_many([{"post": 1, "text": "No", "answers": last or None} for last in range(1201)]).execute()
        Smile.insert_many([{"remark": number} for number in range(1, 1202)]).execute()
    assert admin.get(f"{path}/deletion").json["emptied"][0]["total"] == 1201
    admin.delete(path, status=204)
    assert count(Remark, Smile) == [0, 1201]
    with database.connection_context():
        assert not Smile.select().where(Smile.remark.is_null(False)).exists()


def twins(*people):
    """Each refers to the next one, the last to the first."""
    with database.connection_context(), database.atomic():
        later()
        for number, (name, owner) in enumerate(people, start=1):
            Twin.insert(name=name, owner=owner, twin=number % len(people) + 1).execute()


def circle():
    """An egg and a hen that come from each other."""
    with database.connection_context(), database.atomic():
        later()
        Egg.insert(name="First", owner=5, hen=1).execute()
        Hen.insert(name="Berta", owner=2, egg=1).execute()


def later():
    """Rows are looked at when all are there."""
    is_sqlite = "sqlite" in type(database.obj).__module__
    database.execute_sql("PRAGMA defer_foreign_keys = 1" if is_sqlite else "SET CONSTRAINTS ALL DEFERRED")


def test_deleting_costs_the_same_however_many_rows_there_are(visitor):
    with database.connection_context():
        costs = []
        for people in (1, 30):
            user = User.create(name="Ada", uid=f"ada{people}")
            for number in range(people):
                shelf = Shelf.create(owner=user, name=f"Shelf {number}")
                Book.create(owner=user, title=f"Book {number}", shelf=shelf)
                Post.create(user=user, note="Hello")
            with count_queries() as counted:
                user.delete()
            costs.append(counted.count)
    assert costs[0] == costs[1]
