"""The least that somebody would write as a function: Bottle, psycopg and one query, without a model or a template."""

import os

import psycopg
from apig_wsgi import make_lambda_handler
from bottle import Bottle

app = Bottle()
connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


@app.get("/api/users")
def users():
    return {"users": [list(row) for row in connection.execute("SELECT id, _name, _uid FROM users ORDER BY id")]}


handler = make_lambda_handler(app)
