"""An answer that is given again says which change it was, too."""

from peewee import IntegerField


def up(migrator, db):
    migrator.migrate(migrator.add_column("receipts", "change", IntegerField(null=True)))
