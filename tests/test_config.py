"""Settings are read once, and a bad one is named in one line. The version is said once."""

import re
import tomllib

import pytest

from config import VERSION, BadSetting, Settings, read_settings
from tests.server import HOUSE


def test_without_any_setting_the_site_serves_the_lesson_to_this_machine_only():
    settings = read_settings({}, own_server=True)
    assert settings == Settings(host="127.0.0.1", port=8086, threads=40, sample_data="lesson")
    assert settings.database_name == "volumes/sqlite.db"


def test_an_empty_value_is_as_none():
    assert read_settings({"PORT": "", "VOLUMES": "", "DIRECTORY": ""}, own_server=False) == Settings()


def test_every_setting_can_be_set(tmp_path):
    environ = {
        "VOLUMES": str(tmp_path),
        "DATABASE_URL": "postgresql://me:secret@localhost/lesson",
        "HOST": "0.0.0.0",
        "PORT": "80",
        "THREADS": "16",
        "PROCESSES": "4",
        "DRAIN_SECONDS": "5",
        "DIRECTORY": "members",
        "SIGN_UP": "closed",
        "SAMPLE_DATA": "none",
        "ORIGINS": "https://friend.example, http://localhost:4000",
        "TRUSTED_PROXY": "10.0.0.1",
        "PREFIX": "/school/class/",
        "METRICS": "yes",
        "METRICS_TOKEN": "a-token-for-prometheus",
        "LOG": "json",
        "PICTURES": "s3://our-bucket/a/pictures/",
        "AWS_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": "https://minio.example:9000",
    }
    settings = read_settings(environ, own_server=True)
    origins = ("https://friend.example", "http://localhost:4000")
    places = (origins, "10.0.0.1", "/school/class")
    told = {"metrics": "yes", "metrics_token": "a-token-for-prometheus", "log": "json"}
    told |= {
        "pictures": "s3://our-bucket/a/pictures",
        "aws_region": "eu-central-1",
        "aws_endpoint_url": environ["AWS_ENDPOINT_URL"],
    }
    assert settings == Settings(
        tmp_path, environ["DATABASE_URL"], "0.0.0.0", 80, 16, 4, 5, "members", "closed", "none", *places, **told
    )
    assert settings.database_name == "postgresql"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s%40cret@h1:5432,h2:5433/db?target_session_attrs=read-write&connect_timeout=2&sslmode=require",
        "postgres://h1,h2,h3/db",
        "postgresql://[::1]:5432,[fe80::1%25eth0]/db",
        "postgresql://%2Fvar%2Frun%2Fpostgresql/db",
        "postgresql:///db?host=/var/run/postgresql",
        "postgresql:///db",
        "postgresql://host?dbname=db",
        "postgresql://?service=school",
        "postgresql://me@host/db?options=-c%20default_transaction_isolation%3Dserializable",
    ],
)
def test_a_database_may_be_named_as_libpq_reads_it(url):
    assert read_settings({"DATABASE_URL": url}, own_server=True).database_url == url


@pytest.mark.parametrize(
    ("environ", "own_server", "sample_data"),
    [
        ({}, True, "lesson"),
        ({"HOST": "localhost"}, True, "lesson"),
        ({"HOST": "::1"}, True, "lesson"),
        ({"HOST": "0.0.0.0"}, True, "locked"),
        ({"HOST": "school.example"}, True, "locked"),
        ({"TRUSTED_PROXY": "127.0.0.1"}, True, "locked"),
        ({}, False, "locked"),
        ({"SAMPLE_DATA": "lesson"}, False, "lesson"),
    ],
)
def test_the_lessons_passwords_are_for_this_machine_only(environ, own_server, sample_data):
    assert read_settings(environ, own_server).sample_data == sample_data


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "٣"),
        ("PORT", "9" * 5000),
        ("THREADS", "0"),
        ("THREADS", "513"),
        ("DRAIN_SECONDS", "61"),
        ("DRAIN_SECONDS", "-1"),
        ("PROCESSES", "0"),
        ("PROCESSES", "65"),
        ("PROCESSES", "-2"),
        ("PROCESSES", "two"),
        ("DIRECTORY", "private"),
        ("SIGN_UP", "maybe"),
        ("SAMPLE_DATA", "yes"),
        ("ORIGINS", "*"),
        ("ORIGINS", "friend.example"),
        ("ORIGINS", "https://friend.example/"),
        ("ORIGINS", "https://friend.example/page"),
        ("ORIGINS", "https://Friend.example"),
        ("ORIGINS", "https://*.friend.example"),
        ("ORIGINS", "https://friend.example https://other.example"),
        ("ORIGINS", "https://friend.example:443"),
        ("ORIGINS", "http://friend.example:80"),
        ("ORIGINS", "https://friend.example:0"),
        ("ORIGINS", "https://me@friend.example"),
        ("ORIGINS", "null"),
        ("ORIGINS", "file://"),
        ("TRUSTED_PROXY", "proxy"),
        ("TRUSTED_PROXY", "10.0.0.0/8"),
        ("PREFIX", "class"),
        ("PREFIX", "//class"),
        ("PREFIX", "/class/../.."),
        ("PREFIX", "/a b"),
        ("PREFIX", "/käse"),
        ("PREFIX", "https://school.example/class"),
        ("DATABASE_URL", "lesson.db"),
        ("DATABASE_URL", "sqlite://x"),
        ("DATABASE_URL", "sqlite:///f.db?foo=1"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "postgresql://[::1/db"),
        ("DATABASE_URL", "postgresql://me@host:port/db"),
        ("DATABASE_URL", "postgresql://me@host/"),
        ("DATABASE_URL", "postgresql://h1:5432,h2:99999/db"),
        ("DATABASE_URL", "postgresql://h1:5432,[::1/db"),
        ("DATABASE_URL", "postgresql://me@host?sslmode=require"),
        ("DATABASE_URL", "postgresql://host/db name"),
        ("DATABASE_READERS", "postgresql://standby/db"),  # without a server that leads
        ("DATABASE_READERS", "sqlite:////file.db"),
        ("DATABASE_READERS", "postgresql://h1/db,postgresql://h2/db"),
        ("DATABASE_SECONDS", "0"),
        ("DATABASE_SECONDS", "601"),
        ("DATABASE_SECONDS", "1.5"),
        ("DATABASE_URL", "oracle://scott:tiger@db/x"),
        ("PICTURES", "volumes/uploads"),
        ("PICTURES", "s3://bucket"),
        ("PICTURES", "s3://bucket/"),
        ("PICTURES", "s3://Bucket/pictures"),
        ("PICTURES", "s3://bucket/../pictures"),
        ("PICTURES", "s3://bucket/pic tures"),
        ("PICTURES", "gs://bucket/pictures"),
        ("AWS_REGION", "Frankfurt!"),
        ("AWS_ENDPOINT_URL", "minio:9000"),
        ("AWS_ENDPOINT_URL", "ftp://minio"),
        ("AWS_ENDPOINT_URL", "http://[::1"),
        ("AWS_ENDPOINT_URL", "https://minio?a=b"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_in_one_line(name, value):
    with pytest.raises(BadSetting, match=f"^{name} must [^\n]*$"):
        read_settings({name: value}, own_server=True)


def test_several_processes_are_refused_where_the_system_cannot_fork_unless_another_server_makes_them(monkeypatch):
    monkeypatch.delattr("os.fork", raising=False)
    with pytest.raises(BadSetting, match=r"^PROCESSES must be 1 here, as this system cannot fork a process$"):
        read_settings({"PROCESSES": "2", "LAB": "off"}, own_server=True)
    assert read_settings({"PROCESSES": "1"}, own_server=True).processes == 1
    assert read_settings({"PROCESSES": "2"}, own_server=False).processes == 2


def test_the_lessons_passwords_are_refused_behind_a_proxy():
    with pytest.raises(BadSetting, match=r"^SAMPLE_DATA must not be lesson with TRUSTED_PROXY"):
        read_settings({"SAMPLE_DATA": "lesson", "TRUSTED_PROXY": "127.0.0.1"}, own_server=True)


@pytest.mark.parametrize(
    ("text", "address"), [("::ffff:10.0.0.1", "10.0.0.1"), ("2001:DB8:0::1", "2001:db8::1"), ("*", "*")]
)
def test_a_proxy_is_known_however_its_address_is_written(text, address):
    assert read_settings({"TRUSTED_PROXY": text}, own_server=True).trusted_proxy == address


@pytest.mark.parametrize("origin", ["https://friend.example", "http://127.0.0.1:4000", "http://[::1]:4000"])
def test_an_origin_is_written_as_a_browser_writes_it(origin):
    assert read_settings({"ORIGINS": origin}, own_server=True).origins == (origin,)


def test_the_lessons_passwords_are_refused_where_others_can_reach_them():
    with pytest.raises(BadSetting, match=r"^SAMPLE_DATA must not be lesson"):
        read_settings({"SAMPLE_DATA": "lesson", "HOST": "0.0.0.0"}, own_server=True)


@pytest.mark.parametrize(
    ("name", "value"), [("PICTURES", "s3://me:tiger@bucket/x"), ("AWS_ENDPOINT_URL", "https://me:tiger@minio")]
)
def test_a_place_with_keys_in_it_is_refused_and_not_repeated(name, value):
    with pytest.raises(BadSetting) as refusal:
        read_settings({name: value}, own_server=True)
    assert "tiger" not in str(refusal.value)


def test_a_database_url_is_never_repeated_as_it_may_hold_a_password():
    with pytest.raises(BadSetting) as refusal:
        read_settings({"DATABASE_URL": "oracle://scott:tiger@db/x"}, own_server=True)
    assert "tiger" not in str(refusal.value)


@pytest.mark.parametrize("engine", ["mysql", "mariadb"])
def test_an_engine_with_several_writers_is_refused_with_the_reason(engine):
    with pytest.raises(BadSetting, match=r"^DATABASE_URL must be of PostgreSQL or SQLite: .*docs/scale.md") as refusal:
        read_settings({"DATABASE_URL": f"{engine}://me:tiger@h1,h2/db"}, own_server=True)
    assert "tiger" not in str(refusal.value)


def test_readers_are_urls_with_blanks_between():
    environ = {"DATABASE_URL": "postgresql://h1/db", "DATABASE_READERS": "postgresql://h2,h3/db  postgresql://h4/db"}
    readers = ("postgresql://h2,h3/db", "postgresql://h4/db")
    assert read_settings(environ, own_server=True).database_readers == readers


def test_a_missing_folder_is_made(tmp_path):
    Settings(volumes=tmp_path / "new" / "volumes").make_volumes()
    assert (tmp_path / "new" / "volumes").is_dir()


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match=r"^VOLUMES cannot be used: .*Not a directory$"):
        Settings(volumes=tmp_path / "file" / "volumes").make_volumes()


def test_the_version_is_the_newest_of_the_changes():
    newest = re.search(r"^## (\S+)", (HOUSE / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest[1] == VERSION


def test_the_package_takes_its_version_from_here():
    package = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    assert "version" in package["project"]["dynamic"]
    assert package["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "config.VERSION"}
