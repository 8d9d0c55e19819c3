"""Rows of several people go at once, and what others must refer to stays."""

import pytest
from models.library import Book, Label, Loan, Remark, Shelf

from models import Post
from models.shared.database import database
from models.shared.deleting_many import deletion_of_most, holding
from tests.own_model.test_deletion import add_shelf


@pytest.fixture(autouse=True)
def _open(visitor):
    with database.connection_context():
        yield


def delete(**rows):
    models = {model.plural: model for model in (Book, Shelf, Post)}
    with database.atomic():
        deletion, staying = deletion_of_most({models[name]: {row.id for row in found} for name, found in rows.items()})
        deletion.carry_out()
    return {model.plural: ids for model, ids in staying.items()}


def test_rows_that_refer_to_each_other_go_together_with_what_is_nobodys():
    add_shelf()
    assert delete(shelves=Shelf.select(), books=Book.select()) == {}
    assert [model.select().count() for model in (Shelf, Book, Label, Loan)] == [0, 0, 0, 0]


def test_what_somebody_elses_row_must_refer_to_stays_with_all_that_it_needs():
    add_shelf()
    theirs = Book.select().where(Book.owner == 2)
    assert delete(shelves=Shelf.select(), books=theirs) == {"shelves": {1}}
    assert [book.title for book in Book.select()] == ["Emma"]
    assert Shelf.get().favourite == Book.get()
    assert Label.select().count() == 1


def test_what_is_nobodys_goes_with_the_post_that_it_must_refer_to():
    post = Post.get_by_id(4)
    Remark.create(post=post, text="Nobody's")
    assert delete(posts=[post]) == {}
    assert Remark.select().count() == 0


def test_with_a_row_that_would_take_along_what_is_needed_it_is_known_which_one_that_is():
    remark, other = (Remark.create(post=number, text="Nobody's") for number in (4, 5))
    posts = {Post: {4, 5}}
    assert holding(posts, {Remark: {remark.id}}) == {Post: {4}}
    assert holding(posts, {Remark: {other.id}, Post: {4}}) == {Post: {4}}


def test_others_that_need_not_refer_to_a_row_let_go_of_it():
    add_shelf()
    other = Shelf.create(owner=2, name="Top")
    book = Book.create(owner=5, title="Ulysses", shelf=Shelf.create(owner=5, name="Mine"), back_to=other)
    assert delete(shelves=[other]) == {}
    assert Book.get_by_id(book.id).back_to is None
