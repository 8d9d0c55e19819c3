"""Folded texts: copies of others without capitals and accents, by which lists are searched and ordered."""

from peewee import CharField, IntegerField, TextField

from models.shared.folding import LONGEST_START, StartField
from models.shared.rows import BaseModel


class Folded(BaseModel):
    """The copy of one text; none where it has not been folded yet. `start` is what a list is ordered by."""

    place = CharField(max_length=130)  # a table and its column, like users._name
    row_id = IntegerField()
    start = StartField(max_length=LONGEST_START, null=True)
    text = TextField(null=True)

    history = False

    class Meta:
        table_name = "folded"
        indexes = ((("place", "row_id"), True), (("place", "start", "row_id"), False))


Folded.add_index(Folded.index(Folded.place, where=Folded.text.is_null(), name="folded_not_yet"))
