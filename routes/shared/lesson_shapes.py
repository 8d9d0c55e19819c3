"""The shapes of the lesson's JSON, for its routes and their description."""

from models.post import Post
from models.shared.fields import LineField, TextField
from models.shared.passwords import PasswordField
from models.user import User
from routes.shared.lesson_values import LARGEST_BASE64
from routes.shared.shapes import shape

TEXT = {"type": "string"}
TRUTH = {"type": "boolean"}
COUNT = {"type": "integer"}
POST = shape(id=Post.id, userID=Post.user, note=Post.note, image=TEXT, base64=TEXT)
USER = shape(id=User.id, name=User.name, uid=User.uid, dob=TEXT, age={"type": ["integer", "null"]}, posts=[POST])
PERSON = shape(
    **USER,
    email=TEXT,
    sid=TEXT,
    school=TEXT,
    **{"class": {"type": "array", "items": TEXT}},
    pfp={"type": ["string", "null"], "description": "The file name of their own picture."},
)
ME = shape(**PERSON, is_admin=TRUTH, is_teacher=TRUTH)
PAGES = shape(page=COUNT, per_page=COUNT, total=COUNT, has_next=TRUTH, has_prev=TRUTH)
PAGE = shape(users=[PERSON], pagination=PAGES)
PFP = TextField(max_length=LARGEST_BASE64, help_text="A picture, as plain base64.")
DOB = LineField(null=True, max_length=10, help_text="MM-DD-YYYY or YYYY-MM-DD.")
CHOSEN = PasswordField(min_length=User.password.min_length, help_text="At least 8 characters.")
