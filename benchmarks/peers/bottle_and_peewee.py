"""Bottle and Peewee, written plainly: what this house's own packages give to whoever begins with them."""

import os
from datetime import UTC, date, datetime

from bottle import Bottle, SimpleTemplate, request, response
from peewee import CharField, DateField, DateTimeField, ForeignKeyField, Model, SqliteDatabase, TextField, prefetch

PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1}
database = SqliteDatabase(os.environ["DATABASE"], pragmas=PRAGMAS)
app = Bottle()


class BaseModel(Model):
    class Meta:
        database = database


class User(BaseModel):
    name = CharField()
    uid = CharField(unique=True)
    role = CharField()
    dob = DateField()

    class Meta:
        table_name = "users"

    @property
    def age(self):
        today = date.today()
        return today.year - self.dob.year - ((today.month, today.day) < (self.dob.month, self.dob.day))

    def read(self, posts):
        return {
            "id": self.id,
            "name": self.name,
            "uid": self.uid,
            "role": self.role,
            "dob": self.dob.isoformat(),
            "age": self.age,
            "posts": [post.read() for post in posts[:10]],
            "posts_total": len(posts),
        }


class Post(BaseModel):
    user = ForeignKeyField(User, backref="posts", on_delete="CASCADE")
    note = TextField()
    alt = CharField(null=True)
    image = CharField(null=True)
    created = DateTimeField(default=lambda: datetime.now(UTC).replace(tzinfo=None))

    class Meta:
        table_name = "posts"

    def read(self):
        return {
            "id": self.id,
            "user": self.user_id,
            "note": self.note,
            "alt": self.alt,
            "image": self.image,
            "created": self.created.isoformat() + "Z",
        }


def first_users():
    return prefetch(User.select().order_by(User.id).limit(20), Post.select().order_by(Post.id.desc()))


@app.get("/api/users")
def list_users():
    return {"users": [user.read(user.posts) for user in first_users()], "total": User.select().count()}


@app.get("/api/users/<id:int>")
def show_user(id):
    user = User.get_by_id(id)
    return user.read(list(user.posts.order_by(Post.id.desc())))


@app.post("/api/posts")
def add_post():
    response.status = 201
    return Post.create(**request.json).read()


USERS = SimpleTemplate("""<!doctype html><title>Users</title><h1>Users</h1><p>{{total}} users</p><table>
% for user in users:
<tr><td>{{user.id}}</td><td><a href="/users/{{user.id}}">{{user.name}}</a></td>
<td>{{user.uid}}</td><td>{{user.dob}}</td><td>{{user.age}}</td>
<td>{{len(user.posts)}}</td></tr>
% end
</table>""")

POSTS = SimpleTemplate("""<!doctype html><title>Posts</title><h1>Posts</h1><p>{{total}} posts</p>
% for post in posts:
<article><p>{{post.note}}</p>
% if post.image:
<img src="{{post.image}}" alt="{{post.alt}}">
% end
<p><a href="/users/{{post.user.id}}">{{post.user.name}}</a>, <time>{{post.created}}</time></p></article>
% end
""")


@app.get("/users")
def users_page():
    return USERS.render(users=first_users(), total=User.select().count())


@app.get("/posts")
def posts_page():
    newest = Post.select(Post, User).join(User).order_by(Post.id.desc()).limit(20)
    return POSTS.render(posts=newest, total=Post.select().count())
