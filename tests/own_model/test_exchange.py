"""Every table goes out as a file and comes in again as it was. Run by `tests/routes/test_resources.py`."""

import io
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from models.branch import Branch
from models.library import Twin
from models.planet import Planet
from models.star import Star
from models.words import Diary, Tip
from peewee import IntegrityError
from webtest import Upload

from models.shared.database import database, is_sqlite
from models.shared.exchange.columns import match_columns, names_of_fields
from models.shared.exchange.incoming import Incoming
from models.shared.exchange.outgoing import WRITERS
from models.shared.exchange.ready_rows import Ready, keep_ready
from models.shared.exchange.sheet import read_sheet
from models.shared.exchange.storing import store
from models.shared.exchange.wishes import Wish, all_rights
from models.shared.listing import every_row
from models.shared.loading import all_models
from models.shared.one_row import all_of
from models.user import User
from routes.shared.exchange import import_steps

ODD_TEXTS = ["=1+1", "'=1+1", "'quoted'", '"', 'a,"b";c', "-5", "007", "NULL", "true", "é, 文字", "@x", "+49", "#"]


def rows(model):
    return list(model.select().order_by(model.id).dicts())


def file_of(model, end):
    file = io.BytesIO()
    WRITERS[end](file, model, every_row(all_of(model)))
    return file


def bring_in(model, file, match="", changes=False):
    rights = all_rights(model)
    sheet = read_sheet(file, names_of_fields(model, rights.fields))
    fields = match_columns(sheet.headings, names_of_fields(model, rights.fields), has_id=True)
    incoming, keep = Incoming(sheet, Wish(fields, match, changes=changes), rights), io.BytesIO()
    incoming.check(keep)
    assert incoming.problems == []
    store(keep, rights)
    return incoming.counts


@pytest.fixture
def odd_rows(visitor):
    with database.connection_context():
        add_odd_rows()
        yield


def check_round_trip(end):
    """Every table goes out, all rows are deleted, and each comes in as it was; new rows are counted on from there."""
    models = [model for model in all_models() if model.plural]
    assert {Branch, Planet, Star, User}.issubset(models)
    before = {model: rows(model) for model in models}
    shown = {model: [f.name for f in model._meta.sorted_fields if f.name in model.shows] for model in models}
    files = {model: file_of(model, end) for model in models}
    with database.atomic():
        is_sqlite() and database.execute_sql("PRAGMA defer_foreign_keys = 1")
        is_sqlite() or database.execute_sql("SET CONSTRAINTS ALL DEFERRED")
        for model in reversed(models):
            for field in model._meta.refs:
                if field.null:
                    model.update({field: None}).execute()
            model.delete().where(model.id.is_null(False)).execute()
    for model in models:
        assert rows(model) == []
        if before[model]:
            bring_in(model, files[model])
    for model in models:
        names = shown[model]
        assert [[row[n] for n in names] for row in rows(model)] == [[row[n] for n in names] for row in before[model]]
    assert Star.create(name="One more").id > before[Star][-1]["id"]


def add_odd_rows():
    """A row with a value of each kind that is not as usual."""
    for number, text in enumerate(ODD_TEXTS):
        Planet.create(owner=2, name=text, notes=f"{text}\n\ttwo lines", moons=-number, code=UUID(int=number))
    full = {"age": -(2**62), "mass": -1.5e-9, "price": Decimal("-9999.99"), "rings": True, "life": False}
    Planet.create(owner=5, star=2, name="Full", found=date(12, 3, 1), seen=datetime(2008, 4, 5, 16, 30, 59), **full)
    diary = Diary.create(user=2, text="=secret")
    Tip.create(nick="", diary=diary)
    Tip.create(nick="'")


@pytest.mark.parametrize("end", WRITERS)
@pytest.mark.usefixtures("odd_rows")
def test_each_table_comes_in_again_as_it_was(end):
    check_round_trip(end)


@pytest.mark.parametrize("end", WRITERS)
@pytest.mark.usefixtures("odd_rows")
def test_what_is_there_already_is_the_same(end):
    for model in [model for model in all_models() if model.plural and rows(model)]:
        counts = bring_in(model, file_of(model, end), "id", changes=True)
        assert counts.keys() <= {"same"}
        assert counts["same"] == model.select().count()


@pytest.mark.usefixtures("odd_rows")
def test_rows_are_changed_by_a_field_that_no_two_have_alike():
    text = file_of(Planet, "csv").getvalue().decode().replace("Full", "Fuller").replace("0012-03-01", "")
    assert bring_in(Planet, io.BytesIO(text.encode()), "code", changes=True) == {
        "changed": 1,
        "same": 2 + len(ODD_TEXTS),
    }
    changed = Planet.get(name="Fuller")
    assert (changed.found, changed.age, changed.owner_id) == (None, -(2**62), 5)


def import_of(browser, plural, text, name="file.csv"):
    form = browser.get(f"/{plural}/import").forms["import"]
    form["file"] = Upload(name, text.encode())
    return form.submit()


def problems_of(page):
    lines = [[cell.text.strip() for cell in line.select("td")] for line in page.html.select(".long-list tbody tr")]
    return [(line, problem, value) for line, problem, value in lines]


def test_a_member_brings_rows_of_their_own_whatever_the_file_says(member):
    page = import_of(member, "planets", "id,name,owner,moons\n77,Venus,5,0\n").follow()
    assert "“owner”" in page.html.select_one(".left-out").text
    page.forms["agree"].submit()
    with database.connection_context():
        venus = Planet.get(name="Venus")
    assert (venus.owner_id, venus.id) == (2, 3)


def test_a_member_changes_only_rows_of_their_own(other):
    text = "id,name,moons\n1,Mars,3\n"
    page = import_of(other, "planets", text).follow()
    form = page.forms["reading"]
    form["changes"], form["match"] = True, "id"
    assert problems_of(form.submit()) == [("2", "belongs to somebody else", "")]


def test_a_row_that_is_hidden_is_as_if_it_were_not_there(member, odd_rows):
    with database.connection_context():
        theirs = Diary.create(user=5, text="Mine alone")
    page = import_of(member, "tips", f"nick,diary\nA,{theirs.id}\nB,1\n").follow()
    assert problems_of(page) == [("2", "diary does not exist", str(theirs.id))]
    assert "Mine alone" not in member.get("/api/delete.csv").text + member.get("/api/diaries.csv").text
    assert "secret" in member.get("/api/diaries.csv").text


def test_who_may_not_read_a_list_gets_no_file_of_it(visitor, member):
    for end in ("csv", "json"):
        visitor.get(f"/api/loans.{end}", status=401)
        member.get(f"/api/loans.{end}", status=403)


def test_a_list_of_what_refers_to_a_row_is_csv_too(visitor):
    answer = visitor.get("/api/stars/1/planets?sort=-name", headers={"Accept": "text/csv"})
    assert [line.split(",")[3] for line in answer.text.splitlines()] == ["name", "Saturn", "Mars"]


def test_whoever_may_add_rows_without_a_login_imports_them_so(visitor):
    page = import_of(visitor, "suggestions", "text\nMore stars\n").follow()
    assert page.forms["agree"].submit().follow().html.select_one(".success").text.split("·")[0].strip() == "1 added"


def test_pairs_that_may_be_there_once_are_found_in_the_file(admin):
    text = "star,name,owner\n1,Venus,2\n2,Venus,2\n1,Venus,2\n1,Mars,2\n"
    page = import_of(admin, "planets", text).follow()
    assert [(line, problem) for line, problem, _ in problems_of(page)] == [
        ("4", "name is in line 2 already with this star"),
        ("5", "name is already taken with this star"),
    ]


def test_a_rule_of_the_class_that_names_no_field_is_told(member):
    page = import_of(member, "tips", "nick\nGrumpy\n").follow()
    assert problems_of(page) == [("2", "mood must be better", "")]


def test_pictures_are_in_no_file(admin):
    assert admin.get("/api/medals.csv").text == "id,owner,name\r\n"


def test_rows_that_must_refer_to_each_other_come_in_together_or_not_at_all(tables):
    text = "id,name,owner,twin\n5,Castor,1,6\n6,Pollux,1,5\n"
    User.create(name="Ada", uid="ada")
    bring_in(Twin, io.BytesIO(text.encode()))
    assert [(row["id"], row["twin"]) for row in rows(Twin)] == [(5, 6), (6, 5)]
    keep = io.BytesIO()
    keep_ready([Ready(8, True, {"name": "Alone", "owner": 1, "twin": 9})], keep)
    with pytest.raises(IntegrityError):
        store(keep, all_rights(Twin))
    assert len(rows(Twin)) == 2


def test_a_row_that_goes_while_others_come_that_refer_to_it_keeps_them_out(admin, monkeypatch):
    page, real = import_of(admin, "planets", "name,star\nVenus,2\n").follow(), import_steps.store

    def store_late(*args):
        Star.delete().where(Star.id == 2).execute()
        return real(*args)

    monkeypatch.setattr(import_steps, "store", store_late)
    assert page.forms["agree"].submit(status=422).forms["cancel"]
    with database.connection_context():
        assert Planet.get_or_none(name="Venus") is None
