"""Another program that looks at the main file of SQLite alone, as viewers in an editor do."""

import subprocess
import sys
from contextlib import contextmanager

# It has only the bytes: no log beside them, and no lock. A file that says WAL is opened by none of these libraries.
PROGRAM = """
import pathlib, sqlite3, sys, tempfile
for line in sys.stdin:
    path, sql, is_wal = eval(line)
    content = bytearray(pathlib.Path(path).read_bytes())
    if is_wal:
        content[18:20] = b"\\1\\1"
    viewer = sqlite3.connect(":memory:")
    viewer.deserialize(bytes(content))
    try:
        print([row[0] for row in viewer.execute(sql)], flush=True)
    except sqlite3.DatabaseError as error:
        print([str(error)], flush=True)
    viewer.close()
"""


@contextmanager
def viewer():
    """Call it with a path and a query for the first column; `wal` opens a file that says it has a log."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], text=True, **pipes)

    def look(path, sql="select _uid from users order by id", wal=False):
        print(repr((str(path), sql, wal)), file=program.stdin, flush=True)
        return eval(program.stdout.readline())

    try:
        yield look
    finally:
        program.communicate()
