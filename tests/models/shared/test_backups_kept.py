"""Backups that the site makes by itself: when it is time for one, and which are kept."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from config import VERSION
from models.shared.backup.at_work import alone_at_work
from models.shared.backup.clock import BackupClock, Ending, is_due, last_time
from models.shared.backup.kept import kept_backups, name_for, newest_backup, remove_old, unused_name
from models.shared.database import database
from models.shared.storage import storage

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def there(tmp_path):
    """Call it with moments for a folder with a backup of each."""

    def make(*moments):
        for moment in moments:
            (tmp_path / name_for(moment)).touch()
        return tmp_path

    return make


def test_the_newest_of_7_days_4_weeks_and_6_months_are_kept(there):
    folder = there(*(NOW - timedelta(hours=12) * number for number in range(600)))
    remove_old(folder, folder / name_for(NOW))
    kept = [moment.strftime("%m-%d %H") for moment in reversed(kept_backups(folder).values())]
    assert kept == [
        *("07-01 12", "07-01 00", "06-30 12", "06-29 12", "06-28 12", "06-27 12", "06-26 12", "06-25 12"),
        *("06-21 12", "06-14 12"),  # Sundays; that of June 28 is there already
        *("05-31 12", "04-30 12", "03-31 12", "02-28 12"),
    ]


def test_what_is_younger_than_a_day_or_not_ours_is_kept(there):
    folder = there(*(NOW - timedelta(hours=number) for number in range(24)))
    (folder / "mine.zip").touch()
    (folder / "backup-of-mine.zip").touch()
    assert remove_old(folder, folder / name_for(NOW)) == []


def test_with_a_clock_that_was_set_back_nothing_younger_goes(there):
    folder = there(NOW, *(NOW + timedelta(days=number) for number in range(1, 40)))
    assert remove_old(folder, folder / name_for(NOW)) == []
    assert newest_backup(folder, NOW) == folder / name_for(NOW)


def test_no_two_have_one_name(there):
    folder = there(NOW, NOW + timedelta(seconds=1))
    assert unused_name(folder, NOW) == folder / name_for(NOW + timedelta(seconds=2))


@pytest.mark.parametrize(
    ("when", "hours_ago", "is_time"),
    [
        ("daily", [], True),
        ("daily", [23], False),
        ("daily", [25, 24], True),
        ("12", [0], False),
        ("12", [0.001], True),
        ("11", [0.5], False),
        ("11", [1.5], True),
        ("13", [22], False),
        ("13", [23.5], True),
        ("daily", [-5], True),  # the clock was set back
        ("daily", [-5, 1], False),
    ],
)
def test_it_is_time_once_a_day(there, when, hours_ago, is_time):
    now = NOW + timedelta(seconds=1)
    assert is_due(when, there(*(NOW - timedelta(hours=hours) for hours in hours_ago)), now) is is_time


def test_the_hour_is_that_of_the_machine():
    zone = datetime.now().astimezone().tzinfo
    assert last_time(3, NOW.astimezone(zone)).hour == 3
    assert last_time(23, NOW) == NOW.replace(day=30, month=6, hour=23)


@pytest.mark.usefixtures("visitor")
def test_a_backup_is_made_when_it_is_time_and_once():
    clock = BackupClock("daily", VERSION)
    assert [clock.look(), clock.look()] == ["made", "nothing"]
    assert len(kept_backups(storage.path.parent / "backups")) == 1


@pytest.mark.usefixtures("visitor")
def test_of_several_processes_one_makes_it(at_once):
    said = []
    at_once(*[lambda: said.append(BackupClock("daily", VERSION).look())] * 4)
    assert sorted(said) == ["made", "nothing", "nothing", "nothing"]


@pytest.mark.usefixtures("visitor")
def test_while_somebody_else_makes_one_nothing_is_done():
    folder = storage.path.parent / "backups"
    folder.mkdir()
    with alone_at_work(folder):
        assert BackupClock("daily", VERSION).look() == "nothing"


@pytest.mark.usefixtures("visitor")
def test_one_that_cannot_be_made_is_in_the_log(caplog):
    (storage.path.parent / "backups").write_text("a file in the way")
    assert BackupClock("daily", VERSION).look() == "failed"
    assert "No backup could be made: " in caplog.text


@pytest.mark.usefixtures("visitor")
def test_a_process_that_ends_gives_it_up_and_leaves_nothing():
    clock = BackupClock("daily", VERSION)
    clock.stopped.set()
    clock.run()
    with pytest.raises(Ending):
        clock.look()
    assert [file.name for file in (storage.path.parent / "backups").iterdir()] == [".lock"]


def test_the_site_looks_from_its_first_request_on(visit):
    def looking():
        return [thread for thread in threading.enumerate() if thread.name == "backups"]

    here, before = visit(backups="daily"), looking()
    assert before == []
    here.get("/health")
    here.get("/health")
    (thread,) = looking()
    thread._target.__self__.stop()
    assert looking() == []
    database.close_all()


def test_by_default_the_site_makes_none(visit):
    visit().get("/health")
    assert not [thread for thread in threading.enumerate() if thread.name == "backups"]


def test_health_tells_admins_when_the_last_one_was(visitor, member, admin):
    assert admin.get("/health").json == {"status": "ok", "backups": "off", "last_backup": None}
    BackupClock("daily", VERSION).look()
    (moment,) = kept_backups(storage.path.parent / "backups").values()
    assert admin.get("/health").json["last_backup"] == moment.isoformat()
    assert visitor.get("/health").json == member.get("/health").json == {"status": "ok"}
