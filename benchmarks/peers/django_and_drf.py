"""Django and its REST framework in one file: generic views, serializers, a page by number."""

import os
from datetime import date

import django
from django.conf import settings

PRAGMAS = "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=1;"
settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    TIME_ZONE="UTC",
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "rest_framework"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {"init_command": PRAGMAS},
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 20,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from rest_framework import generics, serializers


class User(models.Model):
    name = models.CharField(max_length=255)
    uid = models.CharField(max_length=255, unique=True)
    role = models.CharField(max_length=255)
    dob = models.DateField()

    class Meta:
        app_label = "contenttypes"
        db_table = "users"

    @property
    def age(self):
        today = date.today()
        return today.year - self.dob.year - ((today.month, today.day) < (self.dob.month, self.dob.day))

    @property
    def newest_posts(self):
        return self.posts.all()[:10]

    @property
    def posts_total(self):
        return len(self.posts.all())


class Post(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="posts")
    note = models.TextField()
    alt = models.CharField(max_length=255, null=True)
    image = models.CharField(max_length=255, null=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "contenttypes"
        db_table = "posts"
        ordering = ("-id",)


class PostSerializer(serializers.ModelSerializer):
    class Meta:
        model = Post
        fields = ("id", "user", "note", "alt", "image", "created")


class UserSerializer(serializers.ModelSerializer):
    age = serializers.IntegerField(read_only=True)
    posts = PostSerializer(source="newest_posts", many=True)
    posts_total = serializers.IntegerField(read_only=True)

    class Meta:
        model = User
        fields = ("id", "name", "uid", "role", "dob", "age", "posts", "posts_total")


class ListUsers(generics.ListAPIView):
    queryset = User.objects.prefetch_related("posts").order_by("id")
    serializer_class = UserSerializer


class ShowUser(generics.RetrieveAPIView):
    queryset = User.objects.prefetch_related("posts")
    serializer_class = UserSerializer


class AddPost(generics.CreateAPIView):
    queryset = Post.objects.all()
    serializer_class = PostSerializer


USERS = """<!doctype html><title>Users</title><h1>Users</h1><p>{{total}} users</p><table>
{% for user in users %}
<tr><td>{{user.id}}</td><td><a href="/users/{{user.id}}">{{user.name}}</a></td>
<td>{{user.uid}}</td><td>{{user.dob|date:"Y-m-d"}}</td><td>{{user.age}}</td>
<td>{{user.posts_total}}</td></tr>
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
USERS, POSTS = (engines["django"].from_string(text) for text in (USERS, POSTS))


def users_page(request):
    users = User.objects.prefetch_related("posts").order_by("id")[:20]
    return HttpResponse(USERS.render({"users": users, "total": User.objects.count()}))


def posts_page(request):
    posts = Post.objects.select_related("user")[:20]
    return HttpResponse(POSTS.render({"posts": posts, "total": Post.objects.count()}))


urlpatterns = [
    path("api/users", ListUsers.as_view()),
    path("api/users/<int:pk>", ShowUser.as_view()),
    path("api/posts", AddPost.as_view()),
    path("users", users_page),
    path("posts", posts_page),
]
app = get_wsgi_application()
