"""PostgreSQL on nodes of its own: a primary and standbys, which can be killed, frozen, promoted and brought back.

    with cluster(standbys=2) as nodes:
        nodes.url()      # postgresql://tester@127.0.0.1:5501,127.0.0.1:5502,…
        nodes.kill(nodes.primary)
        nodes.promote()  # the standby that has most of the log; the others follow it

Nodes are called a, b, c … `a` is the first primary. All ends with the `with`.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.server import free_port

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: float(path.parent.name))
BIN = BIN or (Path(shutil.which("postgres")).parent if shutil.which("postgres") else None)
OWNER = "postgres" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 200
fsync = off  # a killed process loses nothing that it has given to the system
wal_log_hints = on  # for pg_rewind
wal_keep_size = '256MB'
wal_receiver_timeout = '2s'
wal_retrieve_retry_interval = '200ms'
"""


@contextmanager
def cluster(standbys=2, synchronous=True):
    """Its `Cluster`. Synchronous: a commit waits until one of the standbys has it."""
    if BIN is None:
        pytest.skip("there is no PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    if OWNER:
        shutil.chown(folder, OWNER, OWNER)
    nodes = Cluster(folder, standbys, synchronous)
    try:
        nodes.start_all()
        yield nodes
    finally:
        for name in nodes.names:
            nodes.kill(name)
        shutil.rmtree(folder)


class Cluster:
    def __init__(self, folder, standbys, synchronous):
        self.folder, self.synchronous = folder, synchronous
        self.names = [chr(ord("a") + number) for number in range(standbys + 1)]
        self.ports = {name: free_port() for name in self.names}
        self.processes, self.frozen = {}, set()
        self.primary = "a"

    @property
    def standbys(self):
        """Those that answer."""
        return [name for name in self.names if name != self.primary and self.answers(name)]

    def answers(self, name):
        process = self.processes.get(name)
        return process is not None and process.poll() is None and name not in self.frozen

    def url(self, *names, **options):
        """Of these nodes, or of all: libpq's way to name several."""
        hosts = ",".join(f"127.0.0.1:{self.ports[name]}" for name in names or self.names)
        query = "&".join(f"{key}={value}" for key, value in options.items())
        return f"postgresql://tester@{hosts}/postgres" + (f"?{query}" if query else "")

    def ask(self, name, sql):
        """The rows of the answer of this node."""
        with psycopg.connect(self.url(name), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def start_all(self):
        self.run("initdb", "-D", self.folder / "a", "-U", "tester", "-A", "trust", "--no-sync")
        anybody = ", ".join(self.names)  # a primary is no standby of its own, so all may have the same line
        names = f"synchronous_standby_names = 'ANY 1 ({anybody})'\n" if self.synchronous and len(self.names) > 1 else ""
        (self.folder / "a" / "postgresql.conf").write_text(SETTINGS + names)
        self.start("a")
        for name in self.names[1:]:
            self.copy_primary(name)
            self.start(name)
        self.wait_until(lambda: len(self.ask("a", "SELECT 1 FROM pg_stat_replication")) == len(self.names) - 1)

    def start(self, name):
        """Start a node that is dead, as what it was."""
        with (self.folder / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [BIN / "postgres", "-D", self.folder / name, "-p", str(self.ports[name]), "-k", self.folder],
                stdout=log,
                stderr=log,
                user=OWNER,
                group=OWNER,
                extra_groups=[] if OWNER else None,
                start_new_session=True,
            )
        self.wait_until(lambda: self.is_up(name))

    def is_up(self, name):
        assert self.processes[name].poll() is None, (self.folder / f"{name}.log").read_text()[-2000:]
        try:
            return self.ask(name, "SELECT 1")
        except psycopg.OperationalError:
            return False

    def kill(self, name):
        """End all processes of a node at once, as when its machine dies: nobody says goodbye."""
        self.signal(name, signal.SIGKILL)
        if name in self.processes:
            self.processes.pop(name).wait()
        self.frozen.discard(name)

    def freeze(self, name):
        """All processes of a node stop where they are; the system goes on to hold their connections."""
        self.signal(name, signal.SIGSTOP)
        self.frozen.add(name)

    def thaw(self, name):
        self.signal(name, signal.SIGCONT)
        self.frozen.discard(name)

    def signal(self, name, number):
        process = self.processes.get(name)
        if process is None or process.poll() is not None:
            return
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if number == signal.SIGCONT:
            pids = [*children.read_text().split(), process.pid]
        else:
            os.kill(process.pid, signal.SIGSTOP)  # so that there are no new ones meanwhile
            pids = [*children.read_text().split(), process.pid]
        for pid in pids:
            os.kill(int(pid), number)

    def stop(self, name):
        """In order: whoever is connected is told (57P01), and the standbys have all of its log."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)

    def restart(self, name):
        self.stop(name)
        self.start(name)

    def promote(self, name=None):
        """Let this standby lead, by default the one that has most of the log. The others that answer follow it.

        The old primary must be dead, stopped or frozen: a cluster that is run for real makes sure of that, too.
        """
        assert not self.answers(self.primary)
        name = name or max(self.standbys, key=self.log_position)
        self.ask(name, "SELECT pg_promote()")
        self.primary = name
        for other in self.standbys:
            self.follow(other)

    def log_position(self, name):
        return self.ask(name, "SELECT pg_last_wal_receive_lsn() - '0/0'")[0][0] or 0

    def follow(self, name):
        """Tell a standby that answers who leads now."""
        self.ask(name, f"ALTER SYSTEM SET primary_conninfo = '{self.conninfo(name)}'")
        self.ask(name, "SELECT pg_reload_conf()")

    def rejoin(self, name):
        """A dead node comes back as a standby of the one that leads now; what only it had is lost."""
        assert name not in self.processes
        self.ask(self.primary, "CHECKPOINT")  # or pg_rewind may not see yet that another one leads
        try:
            self.run("pg_rewind", "-D", self.folder / name, "--source-server", self.conninfo(name), "--no-sync")
        except subprocess.CalledProcessError:
            self.copy_primary(name)
        self.be_standby(name)
        self.start(name)

    def copy_primary(self, name):
        shutil.rmtree(self.folder / name, ignore_errors=True)
        source = f"host=127.0.0.1 port={self.ports[self.primary]} user=tester"
        self.run("pg_basebackup", "-D", self.folder / name, "-d", source, "--checkpoint=fast", "--no-sync")
        self.be_standby(name)

    def be_standby(self, name):
        (self.folder / name / "standby.signal").touch()
        with (self.folder / name / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"primary_conninfo = '{self.conninfo(name)}'\n")

    def conninfo(self, name):
        """How this node reaches the one that leads."""
        port = self.ports[self.primary]
        return f"host=127.0.0.1 port={port} user=tester dbname=postgres application_name={name} connect_timeout=2"

    def run(self, program, *arguments):
        environ = {"user": OWNER, "group": OWNER, "extra_groups": []} if OWNER else {}
        subprocess.run([BIN / program, *arguments], check=True, capture_output=True, cwd=self.folder, **environ)

    def wait_until(self, what, seconds=30):
        until = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < until, f"nothing after {seconds} seconds: see {self.folder}"
            time.sleep(0.02)
