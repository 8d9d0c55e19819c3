"""What has been left behind: rows whose user is gone, rows without their file, files without a row."""

from collections.abc import Iterator

from peewee import JOIN, ForeignKeyField

from models import all_models
from models.picture import file_names
from models.post import Post
from models.storage import storage

WAIT_SECONDS = 60 * 60  # a younger file may belong to a row that is about to be written


def sweep(delete: bool) -> Iterator[str]:
    """Say what has been left behind, a line each; with `delete`, remove it first.

    A post without its file stays, without a picture.
    """
    for model in all_models():
        for field in model._meta.refs:
            if not field.null:
                yield from rows_without_parent(field, delete)
    yield from posts_without_file(delete)
    yield from files_without_row(delete)


def rows_without_parent(field: ForeignKeyField, delete: bool) -> Iterator[str]:
    model, parent = field.model, field.rel_model
    left_behind = model.select().join(parent, JOIN.LEFT_OUTER, on=(field == parent.id)).where(parent.id.is_null())
    for row in list(left_behind.order_by(model.id)):
        if delete:
            row.delete()
        yield f"{model._meta.table_name} {row.id}: the {field.name} is gone"


def posts_without_file(delete: bool) -> Iterator[str]:
    there = set(storage.names())
    for post in list(Post.with_user().where(Post.image_name.is_null(False)).order_by(Post.id)):
        names = file_names(post.image_name)
        if names and there.issuperset(names):
            continue
        if delete:
            post.update(image=None)
        yield f"posts {post.id}: the picture is missing"


def files_without_row(delete: bool) -> Iterator[str]:
    known = set(Post.files())
    for name in storage.names(older_than=WAIT_SECONDS):
        if name not in known:
            if delete:
                storage.delete(name)
            yield f"{name}: no post has this file"
