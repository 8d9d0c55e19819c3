"""A post's picture: what it shows, and how large it is."""

from peewee import CharField, IntegerField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("posts", "alt", CharField(max_length=300, null=True)),
        migrator.add_column("posts", "image_width", IntegerField(null=True)),
        migrator.add_column("posts", "image_height", IntegerField(null=True)),
        migrator.add_column("posts", "image_bytes", IntegerField(null=True)),
        migrator.add_index("posts", ("image",)),
    )
