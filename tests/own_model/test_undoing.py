"""What refers to what is so again after undoing, by every rule. Run by `tests/routes/test_resources.py`."""

from models.branch import Branch, Cut
from models.library import Book, Label, Remark, Shelf

from models import Post
from models.shared.database import database
from models.shared.loading import all_models
from tests.own_model.test_deletion import add_shelf, circle


def all_rows():
    """Of each table with a history, but for passwords, whose loss is told."""
    found = {}
    for model in all_models():
        if model.history:
            fields = [field for field in model._meta.sorted_fields if field.name not in model.secrets]
            found[model._meta.table_name] = list(model.select(*fields).order_by(model.id).tuples())
    return found


def add_library():
    """Rows of several people that refer to each other."""
    add_shelf()
    remark = Remark.create(post=Post.get(Post.user == 2), text="Yes")
    remark.update(answers=remark)
    circle()


def check_undoing(admin):
    """A person goes with all that is theirs, and comes back; and each kind of value is as it was."""
    with database.connection_context():
        add_library()
        before = all_rows()
    deleted = number_of(admin.delete("/api/users/2", status=204))
    with database.connection_context():
        gone = all_rows()
        assert gone != before
        assert not Book.select().where(Book.title == "Dune").exists()
    undone = undo(admin, deleted)
    with database.connection_context():
        assert all_rows() == before
    undo(admin, undone)
    with database.connection_context():
        assert all_rows() == gone


def check_kinds(admin, values):
    """Each kind of value is changed, and changed back."""
    before = admin.get("/api/planets/1").json
    changed = number_of(admin.patch_json("/api/planets/1", values, status=200))
    after = admin.get("/api/planets/1").json
    undone = undo(admin, changed)
    assert admin.get("/api/planets/1").json == before
    undo(admin, undone)
    assert admin.get("/api/planets/1").json == after
    deleted = number_of(admin.delete("/api/planets/1", status=204))
    undo(admin, deleted)
    assert admin.get("/api/planets/1").json == after


def number_of(answer):
    return answer.headers["Link"].partition("/changes/")[2].partition(">")[0]


def undo(admin, number):
    return admin.post_json(f"/api/changes/{number}/undo", {}, status=200).json["change"]


KINDS = {
    "moons": 12,
    "age": 2**63 - 1,
    "mass": 0.1 + 0.2,
    "price": "1234.50",
    "rings": True,
    "life": None,
    "found": "0012-04-05",
    "seen": "2008-04-05T16:30:00Z",
    "code": "0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10",
    "size": "l",
    "notes": 'Two lines\nwith "quotes", ünïcödé and 😀',
}


def test_a_person_comes_back_with_all_that_went_and_all_that_stayed_without_it(admin):
    check_undoing(admin)


def test_each_kind_of_value_comes_back(admin):
    check_kinds(admin, KINDS)


def test_a_member_brings_back_what_went_along_with_theirs(member):
    with database.connection_context():
        shelf = Shelf.create(owner=2, name="Bottom")
        Label.create(shelf=shelf, text="Novels")
    number = number_of(member.delete(f"/api/shelves/{shelf.id}", status=204))
    undo(member, number)
    with database.connection_context():
        assert Label.get().shelf == shelf


def test_of_rows_that_are_hidden_from_somebody_the_history_tells_no_values(admin, member):
    with database.connection_context():
        trunk = Branch.create(name="A secret branch", author=2)
    change = number_of(admin.delete(f"/api/branches/{trunk.id}", status=204))
    member.get(f"/history/{change}", status=403)
    assert "secret" in admin.get(f"/history/{change}")


def test_why_it_cannot_be_undone_says_nothing_of_rows_that_are_hidden(member):
    answer = member.post_json("/api/branches", {"name": "Oak"}, status=201)
    with database.connection_context():
        cut = Cut.create(branch=answer.json["id"], owner=5, words="A secret")
    refused = member.post_json(f"/api/changes/{number_of(answer)}/undo", {}, status=422)
    assert f"would go, and delete {cut.id} refers to it" in refused.json["detail"]
    assert "secret" not in refused
