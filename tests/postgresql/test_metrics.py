"""A site on PostgreSQL tells the same figures."""

import os
import socket
import time
from pathlib import Path

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from metrics import table_rows
from models.shared.database import bind_database, database
from models.shared.migrating import drop_tables
from models.shared.postgresql.servers import Servers
from tests.metrics.conftest import BEARER, TOKEN, Found

URL = os.environ["TEST_DATABASE_URL"]


@pytest.fixture
def visitor(tmp_path):
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    database.close_all()
    yield TestApp(create_app(Settings(volumes=tmp_path, database_url=URL, metrics="yes", metrics_token=TOKEN)))
    database.close_all()


@pytest.fixture
def figures(visitor):
    """Call it for what a scraper gets."""
    return lambda: Found(visitor.get("/metrics", headers=BEARER).text)


def test_connections_rows_and_what_the_database_did_are_told(visitor, figures, monkeypatch):
    monkeypatch.setattr(table_rows, "REST", 0)
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    found = figures()
    ((labels, count),) = found("portfolio_http_requests_total")
    assert (labels, count) == ({"method": "POST", "route": "/api/users", "status": "201"}, 1)
    assert found("portfolio_database_connections") == [({"state": "in_use"}, 0), ({"state": "idle"}, 1)]
    assert found("portfolio_database_up") == [({}, 1)]
    assert found("portfolio_table_rows", table="users") == [({"table": "users"}, 11)]
    counts = {labels["operation"]: n for labels, n in found("portfolio_database_duration_seconds_count")}
    assert min(counts[name] for name in ("connect", "begin", "execute", "commit")) >= 1
    assert 'database="postgresql"' in found.text


@pytest.mark.parametrize("is_silent", [True, False])
def test_a_server_that_says_nothing_or_is_gone_is_told_in_time_with_what_is_known(figures, monkeypatch, is_silent):
    monkeypatch.setattr(table_rows, "PATIENCE_SECONDS", 0.3)
    assert figures()("portfolio_database_up") == [({}, 1)]
    database.close_idle()
    with socket.create_server(("127.0.0.1", 0)) as listener:  # the system takes a connection, and nobody answers
        url = f"postgresql://127.0.0.1:{listener.getsockname()[1]}/gone"
        monkeypatch.setattr(database.obj.pool, "servers", Servers(url, 10))
        if not is_silent:
            listener.close()
        started = time.monotonic()
        found = figures()
    assert time.monotonic() < started + 3
    assert found("portfolio_database_up") == [({}, 0)]
    assert found("portfolio_table_rows", table="users") == [({"table": "users"}, 10)]
