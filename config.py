"""Settings: what differs between a laptop, a test and a server. Read from the environment once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

VERSION = "0.2.0"  # of the site: its description says it, and CHANGELOG.md tells what is new in it
MAX_THREADS = 512
MAX_PROCESSES = 64
MAX_DRAIN_SECONDS = 60
USUAL_PORTS = {"http": ":80", "https": ":443"}  # which browsers leave out
ORIGIN = re.compile(r"https?://([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?")

HISTORY = re.compile(r"(?P<days>[1-9][0-9]{0,4}) days?(,? (?P<rows>[1-9][0-9]{0,9}) rows?)?")
MOST_HISTORY_ROWS = 1_000_000  # unless the setting says another number
METRICS_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{20,200}")
PREFIX = re.compile(r"/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")
SERVER_URL = re.compile(
    r"postgres(ql)?://([^@/?#\s]*@)?(?P<servers>[^@/?#\s]*)(/(?P<name>[^/?#\s]*))?(\?(?P<query>\S*))?"
)
SERVER = re.compile(r"(\[[0-9A-Fa-f:.%a-z]+\]|[^:\[\]]*)(:(?P<port>[0-9]{1,5})?)?")
MOST_DATABASE_SECONDS = 600
BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-][A-Za-z0-9._-]*)+/?")
REGION = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*)?")


class BadSetting(ValueError):
    """A setting that cannot be used; the message is one line that names it."""


@dataclass(frozen=True)
class Settings:
    """Where the data lies, where the server listens, and who may do what.

    `database_url` is empty for SQLite in `volumes`. `directory` is `public` or `members`,
    `sign_up` is `open` or `closed`, `sample_data` is `lesson`, `locked` or `none`. Pages of `origins`
    may call the API; what `trusted_proxy` (an address, or `*`) says of a request's client is believed.
    `drain_seconds` is how long it goes on after it was told to end, while a proxy learns of it.
    `prefix` is what stands before each path where the proxy in front strips it; empty for what the server says.
    `remember` is `yes` or `no`: whether visitors get an answer again while the database is the same.
    `history` says how far back the history goes.
    `metrics` is `yes` or `no`: whether `/metrics` tells figures, to admins and to who brings the `metrics_token`.
    `log` is `text` or `json`: how its lines are written.
    `pictures` is a bucket and a prefix in it, empty for the folder `uploads` in `volumes`; `aws_region` and
    `aws_endpoint_url` say where the bucket is. Its keys are none of ours: only the client reads them.
    `backups` is `off`, `daily`, or the hour of the day at which one is made.
    `database_seconds` is how long a request waits for a server of a database that says nothing.
    `database_readers` are URLs of its standbys, which answer whoever only reads.
    `lab` is `on` for admins who have logged in, `off`, or `auto` for whoever sits at the machine in lesson mode.
    `lab_database_url` is where its SQL reads on PostgreSQL; empty for nowhere.
    """

    volumes: Path = Path("volumes")
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8086
    threads: int = 40
    processes: int = 1
    drain_seconds: int = 0
    directory: str = "public"
    sign_up: str = "open"
    sample_data: str = "locked"
    origins: tuple[str, ...] = ()
    trusted_proxy: str = ""
    prefix: str = ""
    remember: str = "yes"
    backups: str = "off"
    database_seconds: int = 5
    database_readers: tuple[str, ...] = ()
    lab: str = "auto"
    lab_database_url: str = ""
    history: str = "90 days"
    metrics: str = "no"
    metrics_token: str = ""
    log: str = "text"
    pictures: str = ""
    aws_region: str = ""
    aws_endpoint_url: str = ""

    @property
    def database_path(self) -> Path:
        return self.volumes / "sqlite.db"

    @property
    def lesson(self) -> bool:
        """Whether the sample users have the passwords that the lesson tells everyone."""
        return self.sample_data == "lesson"

    @property
    def lab_for(self) -> str:
        """Whom the lab is for: `machine`, `admins` or `nobody`."""
        return {"on": "admins", "off": "nobody", "auto": "machine" if self.lesson else "nobody"}[self.lab]

    @property
    def history_limits(self) -> tuple[int, int]:
        """How many days back the history goes, and how many rows it has at most."""
        found = HISTORY.fullmatch(self.history)
        return (int(found["days"]), int(found["rows"] or MOST_HISTORY_ROWS)) if found else (0, 0)

    @property
    def database_name(self) -> str:
        """Where the database is, in words that hold no password."""
        return self.database_url.split("://")[0] if self.database_url else str(self.database_path)

    def make_volumes(self) -> None:
        """Make the folder for the data. BadSetting when it cannot be made."""
        try:
            self.volumes.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or "it cannot be made"
            raise BadSetting(f"VOLUMES cannot be used: {self.volumes}: {reason}") from None


def read_settings(environ: Mapping[str, str], own_server: bool) -> Settings:
    """The settings that `environ` asks for; an empty value is as none.

    `own_server` says that HOST is where we listen, so a loopback HOST means that nobody else
    can reach us and the lesson's passwords are harmless. BadSetting names what cannot be read.
    """
    host = environ.get("HOST") or Settings.host
    proxy = trusted_proxy(environ.get("TRUSTED_PROXY") or "")
    is_private = is_loopback(host) and not proxy
    sample_data = ("lesson", "locked", "none") if own_server and is_private else ("locked", "lesson", "none")
    settings = Settings(
        volumes=Path(environ.get("VOLUMES") or Settings.volumes),
        database_url=database_url(environ.get("DATABASE_URL") or ""),
        host=host,
        port=whole_number(environ, "PORT", Settings.port, 65535),
        threads=whole_number(environ, "THREADS", Settings.threads, MAX_THREADS),
        processes=whole_number(environ, "PROCESSES", Settings.processes, MAX_PROCESSES),
        drain_seconds=whole_number(environ, "DRAIN_SECONDS", Settings.drain_seconds, MAX_DRAIN_SECONDS, lowest=0),
        directory=one_of(environ, "DIRECTORY", "public", "members"),
        sign_up=one_of(environ, "SIGN_UP", "open", "closed"),
        sample_data=one_of(environ, "SAMPLE_DATA", *sample_data),
        origins=tuple(origin(each.strip()) for each in (environ.get("ORIGINS") or "").split(",") if each.strip()),
        trusted_proxy=proxy,
        prefix=prefix(environ.get("PREFIX") or ""),
        remember=one_of(environ, "REMEMBER", "yes", "no"),
        backups=backups(environ.get("BACKUPS") or Settings.backups),
        database_seconds=whole_number(environ, "DATABASE_SECONDS", Settings.database_seconds, MOST_DATABASE_SECONDS),
        database_readers=database_readers(environ.get("DATABASE_READERS") or ""),
        lab=one_of(environ, "LAB", "auto", "on", "off"),
        lab_database_url=lab_database_url(environ.get("LAB_DATABASE_URL") or ""),
        history=history(environ.get("HISTORY") or Settings.history),
        metrics=one_of(environ, "METRICS", "no", "yes"),
        metrics_token=metrics_token(environ.get("METRICS_TOKEN") or ""),
        log=one_of(environ, "LOG", "text", "json"),
        pictures=pictures(environ.get("PICTURES") or ""),
        aws_region=aws_region(environ.get("AWS_REGION") or ""),
        aws_endpoint_url=aws_endpoint_url(environ.get("AWS_ENDPOINT_URL") or ""),
    )
    if settings.lesson and not is_private:
        place = f"TRUSTED_PROXY {proxy}" if proxy else f"HOST {host}"
        raise BadSetting(f"SAMPLE_DATA must not be lesson with {place}: anyone who can reach it knows the passwords")
    if settings.database_readers and not settings.database_url.startswith("postgres"):
        raise BadSetting("DATABASE_READERS must be empty without a DATABASE_URL of PostgreSQL, whose standbys they are")
    if settings.processes > 1 and settings.lab_for != "nobody":
        raise BadSetting("PROCESSES must be 1 with the lab, which knows only one: or set LAB to off")
    if own_server and settings.processes > 1 and not hasattr(os, "fork"):
        raise BadSetting("PROCESSES must be 1 here, as this system cannot fork a process")
    return settings


def forget_environment(**instead: str) -> None:
    """For a process that runs what somebody else has written: it is not to know what ours was told."""
    os.environ.clear()
    os.environ.update(instead)


def settings_from_environment(own_server: bool = False) -> Settings:
    return read_settings(os.environ, own_server)


def whole_number(environ: Mapping[str, str], name: str, default: int, highest: int, lowest: int = 1) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and lowest <= int(text) <= highest):
        raise BadSetting(f"{name} must be a whole number from {lowest} to {highest}, not {text!r}")
    return int(text)


def history(text: str) -> str:
    if not HISTORY.fullmatch(text):
        raise BadSetting(f"HISTORY must be like 90 days, or 90 days 100000 rows, not {text!r}")
    return text


def metrics_token(text: str) -> str:
    """`text` when it can be sent in a header and not be guessed. It is never repeated."""
    if text and not METRICS_TOKEN.fullmatch(text):
        raise BadSetting("METRICS_TOKEN must be 20 to 200 letters, digits or signs of -._~+/= without a space")
    return text


def one_of(environ: Mapping[str, str], name: str, *choices: str) -> str:
    """The choice that `environ` names, by default the first."""
    text = environ.get(name) or choices[0]
    if text not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(sorted(choices))}, not {text!r}")
    return text


def backups(text: str) -> str:
    """`text` when it is `off`, `daily` or an hour."""
    if text not in ("off", "daily", *map(str, range(24))):
        raise BadSetting(f"BACKUPS must be off, daily or an hour from 0 to 23, not {text!r}")
    return text


def database_url(text: str) -> str:
    """`text` when it is empty or the URL of a database that this program knows.

    The value is never repeated, as it may hold a password.
    """
    if not text:
        return text
    if text.startswith(("mysql:", "mariadb:")):
        raise BadSetting(
            "DATABASE_URL must be of PostgreSQL or SQLite: on MySQL and MariaDB no trigger tells of rows that go with "
            "others, so the history and the search would be wrong (see docs/scale.md, Engines)"
        )
    if not (names_server(text) if text.startswith("postgres") else names_file(text)):
        raise BadSetting(
            "DATABASE_URL must look like postgresql://user:password@host/name or sqlite:////folder/file.db"
        )
    return text


def names_file(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_sqlite = parts.scheme == "sqlite" and not parts.netloc and not parts.query
    return is_sqlite and parts.path not in ("", "/", "/:memory:")


def names_server(url: str) -> bool:
    """Whether libpq can read it, as far as that is seen here, and it names a database."""
    found = SERVER_URL.fullmatch(url)
    if not found:
        return False
    servers = [SERVER.fullmatch(each) for each in found["servers"].split(",")]
    options = parse_qs(found["query"] or "")
    has_name = found["name"] or "dbname" in options or "service" in options
    return bool(has_name) and all(each and 1 <= int(each["port"] or 1) <= 65535 for each in servers)


def database_readers(text: str) -> tuple[str, ...]:
    """Each of the URLs, with blanks between, as each may have commas in it."""
    urls = tuple(text.split())
    if not all(url.startswith("postgres") and names_server(url) for url in urls):
        raise BadSetting("DATABASE_READERS must look like postgresql://user:password@host1,host2/name")
    return urls


def lab_database_url(text: str) -> str:
    """As `database_url`, but of a server: where there is a file, a copy is read."""
    try:
        is_server = not text or (bool(database_url(text)) and not text.startswith("sqlite:"))
    except BadSetting:
        is_server = False
    if not is_server:
        raise BadSetting("LAB_DATABASE_URL must look like postgresql://role:password@host/name")
    return text


def pictures(text: str) -> str:
    """`text`, without a slash at its end, when it is empty or a place in a bucket; a wrong one may hold keys."""
    if text and not BUCKET.fullmatch(text):
        raise BadSetting("PICTURES must look like s3://bucket/prefix")
    return text.rstrip("/")


def aws_region(text: str) -> str:
    if not REGION.fullmatch(text):
        raise BadSetting(f"AWS_REGION must be like eu-central-1, not {text!r}")
    return text


def aws_endpoint_url(text: str) -> str:
    """`text` when it is empty or where a server of objects listens; the value is not repeated, as for a database."""
    try:
        parts = urlsplit(text)
        is_server = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        is_server = is_plain = False
    if text and not (is_server and is_plain):
        raise BadSetting("AWS_ENDPOINT_URL must look like https://host:port")
    return text


def origin(text: str) -> str:
    """`text` when a browser would call the origin of a page so: scheme and host, and a port that is not the usual."""
    if text == "*":
        raise BadSetting("ORIGINS must name each origin: with * any page could act for whoever is logged in")
    if not ORIGIN.fullmatch(text) or text.endswith(USUAL_PORTS[text.partition(":")[0]]):
        how = "without a slash or a path behind them, and with commas between"
        raise BadSetting(f"ORIGINS must be origins like https://example.org, {how}, not {text!r}")
    return text


def trusted_proxy(text: str) -> str:
    try:
        if text in ("", "*"):
            return text
        ip = ip_address(text)
        return str(getattr(ip, "ipv4_mapped", None) or ip)  # as the site writes an address
    except ValueError:
        raise BadSetting(f"TRUSTED_PROXY must be the address of a proxy, like 127.0.0.1, or *, not {text!r}") from None


def prefix(text: str) -> str:
    """`text` without a slash at its end."""
    if text and not PREFIX.fullmatch(text):
        raise BadSetting(f"PREFIX must be a path like /class, or / for none, not {text!r}")
    return text if text == "/" else text.rstrip("/")


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
