"""Copies of texts for search and order; what fills them is made at the start."""

from peewee import CharField, IntegerField, Model, TextField

from models.shared.fields import IdField
from models.shared.folding import StartField


def up(migrator, db):
    class Folded(Model):
        id = IdField()
        place = CharField(max_length=130)
        row_id = IntegerField()
        start = StartField(max_length=100, null=True)
        text = TextField(null=True)

        class Meta:
            database = db
            table_name = "folded"
            legacy_table_names = False
            indexes = ((("place", "row_id"), True), (("place", "start", "row_id"), False))

    Folded.add_index(Folded.index(Folded.place, where=Folded.text.is_null(), name="folded_not_yet"))
    db.create_tables([Folded])
