"""Rows as the lesson's pages read them."""

from base64 import b64encode
from typing import Any

from models.post import Post
from models.shared.picture import file_names, thumbnail_name
from models.shared.related import newest_of
from models.shared.storage import StorageUnreachable, storage
from models.shared.viewers import Viewer
from models.user import User
from routes.shared.permissions import viewer

MOST_BASE64 = 2_000_000  # characters of pictures in one answer


def lesson_user(user: User, pictures: "Pictures | None" = None, looking: Viewer | None = None) -> dict[str, Any]:
    """`id, name, uid, dob` (MM-DD-YYYY, or nothing), `age` and `posts`, the newest ten that who is asking sees."""
    pictures = pictures or Pictures()
    dob = user.dob.isoformat() if user.dob else ""
    return {
        "id": user.id,
        "name": user.name or "",
        "uid": user.uid or "",
        "dob": f"{dob[5:]}-{dob[:4]}" if dob else "",
        "age": user.age,
        "posts": [lesson_post(post, pictures) for post in newest_of(user, "posts", looking or viewer())],
    }


def lesson_person(user: User, pictures: "Pictures | None" = None) -> dict[str, Any]:
    """The same, with `pfp` (their picture's file, or None), and what the course's later pages ask for beyond that."""
    not_kept: dict[str, Any] = {"email": "", "sid": "", "school": "", "class": []}
    return lesson_user(user, pictures) | not_kept | {"pfp": user.image_name if user.image else None}


def lesson_portrait(user: User) -> str:
    """Their picture as base64; the small one where the picture itself is too much for an answer."""
    return next((text for name in file_names(user.image_name) if 0 < len(text := base64_in(name)) < MOST_BASE64), "")


def lesson_post(post: Post, pictures: "Pictures") -> dict[str, Any]:
    """`id, userID, note, image` (a file's name, or nothing) and `base64` of its thumbnail."""
    image = post.image_name if post.image else ""
    base64 = pictures.base64_of(thumbnail_name(image)) if image else ""
    return {"id": post.id, "userID": post.userID, "note": post.note or "", "image": image, "base64": base64}


class Pictures:
    """Files as base64, until an answer has enough of them."""

    left = MOST_BASE64

    def base64_of(self, name: str) -> str:
        """The file `name`; nothing where it is lost or cannot be reached, or where the answer has enough."""
        if not self.left:
            return ""
        try:
            text = base64_in(name)
        except StorageUnreachable:  # the rows are worth having without
            self.left = 0
            return ""
        self.left = max(0, self.left - len(text))
        return text if self.left else ""


def base64_in(name: str) -> str:
    """All of the file `name`; nothing where it is lost."""
    try:
        with storage.open(name) as file:
            return b64encode(file.read()).decode()
    except FileNotFoundError:
        return ""
