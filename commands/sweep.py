"""`python -m models sweep`: rows without their user or file, files without a row, what cannot be read."""

from argparse import Namespace
from collections.abc import Iterator

from peewee import JOIN, ForeignKeyField

from models.post import Post
from models.shared.database import database
from models.shared.loading import all_models
from models.shared.picture import file_names
from models.shared.storage import StorageFailed, storage

WAIT_SECONDS = 60 * 60  # a younger file may belong to a row that is about to be written


def run(options: Namespace) -> None:
    nothing = True
    try:
        for line in sweep(options.delete):
            nothing = False
            print(line)
    except StorageFailed as error:
        raise SystemExit(f"Stopped, as this file cannot be removed: {error}") from None
    tell_unreadable()
    if nothing:
        print("Nothing has been left behind; files of the last hour were not looked at.")
    elif options.delete:
        print("All this was removed.")
    else:
        print("To remove all this: python -m models sweep --delete")


def tell_unreadable() -> None:
    """How such a value is mended, its person decides, so nothing is removed."""
    lines = list(unreadable_values())
    print(*lines, sep="\n", end="\n" * bool(lines))
    if lines:
        print("What cannot be read stays as it is: give it a right value, on the row's page or in SQL.")


def unreadable_values() -> Iterator[str]:
    """A line for each value that its column cannot hold, and for each that is missing where one must be."""
    for model in all_models():
        required = [field.name for field in model._meta.sorted_fields if not field.null]
        for row in model.select().order_by(model.id).iterator():
            name = f"{model._meta.table_name} {row.id}"
            yield from (f"{name}: the {field} cannot be read: {text!r}" for field, text in row.unreadable.items())
            missing = [field for field in required if row.__data__[field] is None and field not in row.unreadable]
            yield from (f"{name}: the {field} is missing" for field in missing)


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
    posts = list(Post.with_user().where(Post.image_name.is_null(False)).order_by(Post.id))
    there = set(storage.names())  # looked for after the rows, as a file comes before its row
    for post in posts:
        if not has_files(post, there) and (not delete or lose_picture(post)):
            yield f"posts {post.id}: the picture is missing"


def has_files(post: Post, there: set[str]) -> bool:
    names = file_names(post.image_name)
    return bool(names) and there.issuperset(names)


def lose_picture(post: Post) -> bool:
    """Unless it has been given another one, or deleted, since it was looked at."""
    with database.atomic():
        now = Post.get_or_none(Post.id == post.id, Post.image_name == post.image_name)
        if now:
            now.update(image=None)
        return bool(now)


def files_without_row(delete: bool) -> Iterator[str]:
    known = set(Post.files())
    for name in storage.names(older_than=WAIT_SECONDS):
        if name not in known:
            if delete:
                storage.delete(name)
            yield f"{name}: no post has this file"
