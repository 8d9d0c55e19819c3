"""Many requests at once, by wrk."""

import re
import shutil
import subprocess
from pathlib import Path

from benchmarks.running import Running

CONNECTIONS = 8
WITHOUT_WRK = "The load comes from wrk, and it is not installed. On Debian and Ubuntu: apt install wrk"
POST = "wrk.method = 'POST'\nwrk.body = [[%s]]\n"


def require_wrk() -> None:
    """SystemExit in words when it is not there."""
    if not shutil.which("wrk"):
        raise SystemExit(WITHOUT_WRK)


def load(server: Running, route: str, seconds: int, folder: Path) -> tuple[float, float]:
    """Requests a second, and milliseconds of computing for each. SystemExit when one of them was refused."""
    words = ["wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s", "--timeout=20s"]
    for name, value in server.peer.headers(route).items():
        words += ["--header", f"{name}: {value}"]
    if route == "write":
        script = folder / "post.lua"
        script.write_text(POST % server.peer.body())
        words += ["--script", str(script)]
    address = f"http://127.0.0.1:{server.port}{server.peer.routes[route]}"
    before = server.cpu_seconds()
    said = subprocess.run([*words, address], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{server.peer.name} refuses some of {address}:\n{said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    cpu = (server.cpu_seconds() - before) / requests * 1000
    return float(re.search(r"Requests/sec: +([\d.]+)", said)[1]), cpu
