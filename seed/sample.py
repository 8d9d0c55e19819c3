"""The sample rows, not in a table yet: hashing and drawing take their time, and a transaction should not wait."""

from models.post import SamplePictures
from models.user import User, sample_users


def sample_rows(sample_data: str) -> tuple[list[User], SamplePictures]:
    """What fills empty tables, for a setting of SAMPLE_DATA: the users, and the pictures of their posts."""
    if sample_data == "none":
        return [], {}
    from seed.pictures import sample_pictures  # it loads Pillow

    return sample_users(lesson=sample_data == "lesson"), sample_pictures()
