"""`python -m benchmarks.cold_start`: from nothing to the first answer of a function, beside the least that there is.

TEST_DATABASE_URL names a PostgreSQL database that may be emptied.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).parents[1]
EVENT = HOUSE / "tests" / "commands" / "events" / "http_api.json"
LEAST, OURS = "benchmarks.bare_function", "commands.function"
ASK = "import json, sys; from {} import handler; print(handler(json.loads(sys.argv[1]), None)['statusCode'])"


def main(times: int = 9) -> None:
    environ = os.environ | {"DATABASE_URL": os.environ["TEST_DATABASE_URL"], "SAMPLE_DATA": "locked"}
    del environ["TEST_DATABASE_URL"]
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a function is packed with what Python has compiled
    with tempfile.TemporaryDirectory() as place:
        environ |= {"VOLUMES": place, "PYTHONPYCACHEPREFIX": f"{place}/compiled"}
        run(environ, "-m", "seed", "--yes")
        asked = [(LEAST, "/api/users"), (OURS, "/api/users"), (OURS, "/users")]
        seconds: dict[tuple[str, str], list[float]] = {each: [] for each in asked}
        for number in range(times + 1):
            for module, path in asked:  # in turn, as the machine is not always as quick
                took = first_answer(environ, module, path)
                seconds[module, path] += [took] if number else []  # the first one compiles
    least = statistics.median(seconds[LEAST, "/api/users"])
    for (module, path), each in seconds.items():
        took = statistics.median(each)
        print(f"{module} {path}: {took * 1000:.0f} ms, {took / least:.2f} times the least")


def first_answer(environ: dict[str, str], module: str, path: str) -> float:
    event = json.loads(EVENT.read_text()) | {"rawPath": path}
    started = time.perf_counter()
    printed = run(environ, "-c", ASK.format(module), json.dumps(event))
    took = time.perf_counter() - started
    assert printed.strip().endswith("200"), printed
    return took


def run(environ: dict[str, str], *words: str) -> str:
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=HOUSE, env=environ, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
