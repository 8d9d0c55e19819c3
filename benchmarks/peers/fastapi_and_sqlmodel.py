"""FastAPI and SQLModel, with functions that wait, as their documentation has them for such a driver."""

import os
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import event, func
from sqlalchemy.orm import joinedload, selectinload
from sqlmodel import Field as Column
from sqlmodel import Relationship, Session, SQLModel, create_engine, select

engine = create_engine(f"sqlite:///{os.environ['DATABASE']}", connect_args={"check_same_thread": False})
app = FastAPI()


@event.listens_for(engine, "connect")
def use_pragmas(connection, _record):
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=1"):
        connection.execute(f"pragma {pragma}")


class User(SQLModel, table=True):
    __tablename__ = "users"
    id: int | None = Column(default=None, primary_key=True)
    name: str
    uid: str = Column(unique=True)
    role: str
    dob: date
    posts: list["Post"] = Relationship(
        back_populates="user", sa_relationship_kwargs={"order_by": "Post.id.desc()"}, cascade_delete=True
    )

    @property
    def age(self) -> int:
        today = date.today()
        return today.year - self.dob.year - ((today.month, today.day) < (self.dob.month, self.dob.day))

    @property
    def newest_posts(self) -> list["Post"]:
        return self.posts[:10]

    @property
    def posts_total(self) -> int:
        return len(self.posts)


class Post(SQLModel, table=True):
    __tablename__ = "posts"
    id: int | None = Column(default=None, primary_key=True)
    user_id: int = Column(foreign_key="users.id", ondelete="CASCADE")
    user: User = Relationship(back_populates="posts")
    note: str
    alt: str | None = None
    image: str | None = None
    created: datetime = Column(default_factory=lambda: datetime.now(UTC))


class Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ShownPost(Shown):
    id: int
    user: int = Field(validation_alias="user_id")
    note: str
    alt: str | None
    image: str | None
    created: datetime


class ShownUser(Shown):
    id: int
    name: str
    uid: str
    role: str
    dob: date
    age: int
    posts: list[ShownPost] = Field(validation_alias="newest_posts")
    posts_total: int


class ShownUsers(Shown):
    users: list[ShownUser]
    total: int


class NewPost(BaseModel):
    user: int
    note: str


def get_session():
    with Session(engine) as session:
        yield session


OneSession = Annotated[Session, Depends(get_session)]


def first_users(session):
    return session.exec(select(User).options(selectinload(User.posts)).order_by(User.id).limit(20)).all()


def total(session, model):
    return session.exec(select(func.count()).select_from(model)).one()


@app.get("/api/users", response_model=ShownUsers)
def list_users(session: OneSession):
    return {"users": first_users(session), "total": total(session, User)}


@app.get("/api/users/{id}", response_model=ShownUser)
def show_user(id: int, session: OneSession):
    user = session.get(User, id)
    if not user:
        raise HTTPException(404)
    return user


@app.post("/api/posts", response_model=ShownPost, status_code=201)
def add_post(sent: NewPost, session: OneSession):
    post = Post(note=sent.note, user_id=sent.user)
    session.add(post)
    session.commit()
    session.refresh(post)
    return post


templates = Environment(autoescape=True)
USERS = templates.from_string("""<!doctype html><title>Users</title><h1>Users</h1><p>{{total}} users</p><table>
{% for user in users %}
<tr><td>{{user.id}}</td><td><a href="/users/{{user.id}}">{{user.name}}</a></td>
<td>{{user.uid}}</td><td>{{user.dob}}</td><td>{{user.age}}</td>
<td>{{user.posts|length}}</td></tr>
{% endfor %}
</table>""")

POSTS = templates.from_string("""<!doctype html><title>Posts</title><h1>Posts</h1><p>{{total}} posts</p>
{% for post in posts %}
<article><p>{{post.note}}</p>
{% if post.image %}
<img src="{{post.image}}" alt="{{post.alt}}">
{% endif %}
<p><a href="/users/{{post.user.id}}">{{post.user.name}}</a>, <time>{{post.created}}</time></p></article>
{% endfor %}
""")


@app.get("/users", response_class=HTMLResponse)
def users_page(session: OneSession):
    return USERS.render(users=first_users(session), total=total(session, User))


@app.get("/posts", response_class=HTMLResponse)
def posts_page(session: OneSession):
    newest = select(Post).options(joinedload(Post.user)).order_by(Post.id.desc()).limit(20)
    return POSTS.render(posts=session.exec(newest).all(), total=total(session, Post))
