"""Browsers in which somebody has logged in before: guesses of others, made elsewhere, do not keep them out."""

from typing import Self

from peewee import CharField, DateTimeField, ForeignKeyField

from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.rows import BaseModel
from models.shared.tokens import digest, new_token
from models.user import User

MOST_BROWSERS = 50  # the one that was used longest ago is forgotten when there are more


class KnownBrowser(BaseModel):
    """That `user` has logged in where this token is. Several people may use one browser."""

    digest = CharField(max_length=64)
    user = ForeignKeyField(User, backref="known_browsers", on_delete="CASCADE")
    last_used = DateTimeField(default=utc_now)

    history = False
    secrets = ("digest",)
    sort = "-id"

    class Meta:
        table_name = "known_browsers"
        indexes = ((("digest", "user"), True),)

    @classmethod
    def remember(cls, token: str, user: User) -> str:
        """Note that `user` logs in where `token` is; the token to be kept there, a new one when there is none."""
        token = token if cls.is_known(token) else new_token()
        with database.atomic():
            here = (cls.digest == digest(token)) & (cls.user == user)
            if not cls.update(last_used=utc_now()).where(here).execute():
                cls.insert(digest=digest(token), user=user).on_conflict_ignore().execute()
            newest = cls.select(cls.id).where(cls.user == user).order_by(cls.last_used.desc(), cls.id.desc())
            newest = newest.limit(MOST_BROWSERS)
            cls.delete().where(cls.user == user, cls.id.not_in([each.id for each in newest])).execute()
        return token

    @classmethod
    def is_known(cls, token: str) -> bool:
        """Whether anybody has logged in there: nobody chooses a token themselves."""
        return bool(token) and cls.select().where(cls.digest == digest(token)).exists()

    @classmethod
    def known_among(cls, tokens: list[str]) -> str:
        """The first of them where anybody has logged in; else the first one, or nothing."""
        digests = [digest(token) for token in tokens]
        known = {row.digest for row in cls.select(cls.digest).where(cls.digest.in_(digests))}
        return next((token for token in tokens if digest(token) in known), tokens[0] if tokens else "")

    @classmethod
    def knows(cls, token: str, uid: str) -> bool:
        """Whether this user has logged in there."""
        here = cls.select().join(User).where(cls.digest == digest(token), User.uid == uid)
        return bool(token) and bool(here.exists())

    @classmethod
    def last_of(cls, token: str) -> Self | None:
        """The row of whoever logged in there last."""
        return cls.select().where(cls.digest == digest(token)).order_by(cls.last_used.desc(), cls.id.desc()).first()
