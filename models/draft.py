"""What somebody wrote in a form when they were logged in no more, so that they find it again."""

import json
from datetime import timedelta

from peewee import CharField, DateTimeField, ForeignKeyField, TextField, fn

from models.known_browser import KnownBrowser
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.short_lived import ShortLived
from models.shared.tokens import digest
from models.shared.waiting import one_at_a_time
from models.user import User

LARGEST = 64 * 1024  # bytes of one
MOST_DRAFTS = 1000  # in all; when there are more, the oldest one of who has most goes


class Draft(ShortLived):
    """The texts of the form at `path`, for the person who has logged in last in that browser.

    Of a file it is only known that one was chosen (True).
    """

    known_browser = ForeignKeyField(KnownBrowser, backref="drafts", on_delete="CASCADE")
    path = CharField(max_length=255)
    texts = TextField()
    created = DateTimeField(default=utc_now, index=True)

    memory = timedelta(hours=1)
    sort = "-id"

    class Meta:
        table_name = "drafts"
        indexes = ((("known_browser", "path"), True),)

    @classmethod
    def keep(cls, known: KnownBrowser, path: str, texts: dict[str, str | bool]) -> bool:
        """Write it, in place of what was kept for this form; whether it is not too large."""
        written = json.dumps(texts, ensure_ascii=False)
        if len(written.encode()) > LARGEST or len(path) > 255:
            return False
        with database.atomic():
            one_at_a_time("drafts")
            cls.delete().where((cls.known_browser == known) & (cls.path == path)).execute()
            cls.sweep()
            cls.insert(known_browser=known, path=path, texts=written).execute()
            if cls.select().count() > MOST_DRAFTS:
                cls.delete_one_of_most()
        return True

    @classmethod
    def delete_one_of_most(cls) -> None:
        """The oldest one of the person who has most, so that nobody pushes out what others wrote."""
        theirs = cls.select(fn.MIN(cls.id)).join(KnownBrowser).group_by(KnownBrowser.user)
        oldest = theirs.order_by(fn.COUNT(cls.id).desc(), fn.MIN(cls.id)).limit(1).scalar()
        cls.delete().where(cls.id == oldest).execute()

    @classmethod
    def of(cls, token: str, user: User, path: str) -> dict[str, str | bool]:
        """The texts that `user` wrote in the browser with this token; none when nothing is kept any more."""
        theirs = (KnownBrowser.digest == digest(token)) & (KnownBrowser.user == user)
        lately = (cls.path == path) & ~cls.is_over()
        found = cls.select().join(KnownBrowser).where(theirs, lately).first()
        return dict(json.loads(found.texts)) if found else {}
