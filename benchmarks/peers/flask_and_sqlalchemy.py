"""Flask and SQLAlchemy, as Flask-SQLAlchemy's documentation has them."""

import os
from datetime import UTC, date, datetime

from flask import Flask, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


database = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['DATABASE']}"
database.init_app(app)


class User(database.Model):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    uid: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    dob: Mapped[date]
    posts: Mapped[list["Post"]] = relationship(back_populates="user", order_by="Post.id.desc()", cascade="all, delete")

    @property
    def age(self):
        today = date.today()
        return today.year - self.dob.year - ((today.month, today.day) < (self.dob.month, self.dob.day))

    def read(self):
        return {
            "id": self.id,
            "name": self.name,
            "uid": self.uid,
            "role": self.role,
            "dob": self.dob.isoformat(),
            "age": self.age,
            "posts": [post.read() for post in self.posts[:10]],
            "posts_total": len(self.posts),
        }


class Post(database.Model):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    user: Mapped[User] = relationship(back_populates="posts")
    note: Mapped[str]
    alt: Mapped[str | None]
    image: Mapped[str | None]
    created: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC).replace(tzinfo=None))

    def read(self):
        return {
            "id": self.id,
            "user": self.user_id,
            "note": self.note,
            "alt": self.alt,
            "image": self.image,
            "created": self.created.isoformat() + "Z",
        }


with app.app_context():

    @event.listens_for(database.engine, "connect")
    def use_pragmas(connection, _record):
        for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=1"):
            connection.execute(f"pragma {pragma}")


def first_users():
    return database.session.scalars(select(User).options(selectinload(User.posts)).order_by(User.id).limit(20)).all()


def total(model):
    return database.session.scalar(select(func.count()).select_from(model))


@app.get("/api/users")
def list_users():
    return {"users": [user.read() for user in first_users()], "total": total(User)}


@app.get("/api/users/<int:id>")
def show_user(id):
    return database.get_or_404(User, id).read()


@app.post("/api/posts")
def add_post():
    sent = request.get_json()
    post = Post(note=sent["note"], user_id=sent["user"])
    database.session.add(post)
    database.session.commit()
    return post.read(), 201


USERS = """<!doctype html><title>Users</title><h1>Users</h1><p>{{total}} users</p><table>
{% for user in users %}
<tr><td>{{user.id}}</td><td><a href="/users/{{user.id}}">{{user.name}}</a></td>
<td>{{user.uid}}</td><td>{{user.dob}}</td><td>{{user.age}}</td>
<td>{{user.posts|length}}</td></tr>
{% endfor %}
</table>"""

POSTS = """<!doctype html><title>Posts</title><h1>Posts</h1><p>{{total}} posts</p>
{% for post in posts %}
<article><p>{{post.note}}</p>
{% if post.image %}
<img src="{{post.image}}" alt="{{post.alt}}">
{% endif %}
<p><a href="/users/{{post.user.id}}">{{post.user.name}}</a>, <time>{{post.created}}</time></p></article>
{% endfor %}
"""


@app.get("/users")
def users_page():
    return render_template_string(USERS, users=first_users(), total=total(User))


@app.get("/posts")
def posts_page():
    newest = select(Post).options(joinedload(Post.user)).order_by(Post.id.desc()).limit(20)
    return render_template_string(POSTS, posts=database.session.scalars(newest).all(), total=total(Post))
