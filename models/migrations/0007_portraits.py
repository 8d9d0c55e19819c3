"""A user's picture, and how large it is."""

from peewee import CharField, IntegerField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("users", "_pfp", CharField(null=True)),
        migrator.add_column("users", "_pfp_width", IntegerField(null=True)),
        migrator.add_column("users", "_pfp_height", IntegerField(null=True)),
        migrator.add_column("users", "_pfp_bytes", IntegerField(null=True)),
        migrator.add_index("users", ("_pfp",)),
    )
