"""What the database does is counted, and that it is gone is told."""

import shutil
import threading

from metrics import table_rows
from models.shared.database import database

DATABASE = "portfolio_database"


def operations(found):
    return {labels["operation"]: count for labels, count in found(f"{DATABASE}_duration_seconds_count")}


def rows(found, table):
    ((_, count),) = found("portfolio_table_rows", table=table)
    return count


def test_each_thing_that_is_asked_is_counted_once(visitor, figures):
    figures()
    before = operations(figures())
    visitor.post_json("/api/jokes/1/haha", {}, status=200)
    after = operations(figures())
    done = {name: after[name] - before.get(name, 0) for name in after}
    assert done["begin"] == done["commit"] == 1
    assert done["connect"] == 2  # the request, and the scrape before
    assert done["execute"] > 1
    assert "rollback" not in done


def test_what_is_asked_for_the_sake_of_something_is_a_part_of_it(visitor, figures):
    """A statement that is no part of a transaction gets one of its own."""
    before = operations(figures())
    with database.connection_context():
        database.execute_sql("update jokes set haha = haha + 1 where id = 1")
    done = operations(figures())
    assert done["execute"] - before["execute"] == 2  # and that of the scrape
    assert done.get("commit") == before.get("commit")


def test_the_connections_are_told(figures, admin):
    found = figures()
    assert found(f"{DATABASE}_connections") == [({"state": "in_use"}, 0), ({"state": "idle"}, 1)]
    assert found(f"{DATABASE}_connections_waiting") == [({}, 0)]
    assert 'portfolio_database_connections{state="in_use"} 1.0' in admin.get("/metrics").text.splitlines()


def test_who_waits_for_a_connection_is_told(visitor, figures, monkeypatch):
    """Somebody else has the only one."""
    database.close_idle()
    waiting = threading.Thread(target=visitor.get, args=["/users/1"])
    with database.connection_context():
        monkeypatch.setattr(database.obj, "_max_connections", 1)
        waiting.start()
        while figures()(f"{DATABASE}_connections_waiting") != [({}, 1)]:
            assert waiting.is_alive()
    waiting.join()
    assert figures()(f"{DATABASE}_connections_waiting") == [({}, 0)]


def test_the_rows_of_each_table_are_told(visitor, figures, monkeypatch):
    monkeypatch.setattr(table_rows, "REST", 0)
    assert rows(figures(), "users") == 10
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    assert rows(figures(), "users") == 11


def test_what_takes_long_to_count_is_counted_seldom(visitor, figures, monkeypatch):
    monkeypatch.setattr(table_rows, "REST", 1e9)
    assert rows(figures(), "users") == 10
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    assert rows(figures(), "users") == 10


def test_a_database_that_is_gone_is_told_with_what_is_known(visitor, figures, admin, settings):
    assert figures()(f"{DATABASE}_up") == [({}, 1)]
    database.close_idle()
    shutil.move(settings.database_path, settings.volumes / "elsewhere")
    found = figures()
    assert found(f"{DATABASE}_up") == [({}, 0)]
    assert rows(found, "users") == 10
    assert admin.get("/metrics", status=503).content_type == "text/html"


def test_before_anything_could_be_counted_no_rows_are_told(visitor, figures, settings):
    database.close_idle()
    shutil.move(settings.database_path, settings.volumes / "elsewhere")
    assert figures()("portfolio_table_rows") == []
