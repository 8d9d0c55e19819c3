"""Models of one's own have a history, with all that refers to a row. Run by `tests/routes/test_resources.py`."""

import sqlite3
from contextlib import closing

from models.library import Book, Label, Loan, Remark, Shelf, Smile

from models.changed_row import ChangedRow
from models.shared.database import database
from tests.replayed import rows_now, rows_told


def test_cascades_and_references_that_are_let_go_of_are_as_the_history_tells(visitor):
    with database.connection_context():
        ChangedRow.delete().execute()
        before = rows_now()
        shelf = Shelf.create(owner=2, name="Bottom")
        book = Book.create(owner=2, title="Dune", shelf=shelf)
        shelf.update(favourite=book)
        Loan.create(book=book, reader=2, note="Lent to Nikola")
        Label.create(shelf=shelf, text="Novels")
        Remark.insert_many([{"post": 1, "text": "A"}, {"post": 1, "text": "B"}]).execute()
        Remark.update(answers=1).where(Remark.id == 2).execute()
        Smile.create(remark=2)
        assert rows_told(before) == rows_now()
        Remark.delete().where(Remark.id == 1).execute()
        assert (Remark.select().count(), Smile.get().remark) == (0, None)
        Loan.delete().execute()
        book.delete()
        assert Shelf.get().favourite is None
        assert rows_told(before) == rows_now()
        with closing(sqlite3.connect(database.database)) as program, program:
            program.execute("pragma foreign_keys = 1")
            program.execute("replace into shelves (id, owner_id, name) values (1, 2, 'Top')")
        assert rows_told(before) == rows_now()
