"""A class of thirty signs up, logs in and posts photos at once, while a visitor reads."""

import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks.ours import Ours
from benchmarks.running import running, send

THIRTY = range(30)
PASSWORD = "correct horse"
PHOTO_SIZE = 2200, 1650  # of noise: about 3 MB
JSON = {"Content-Type": "application/json"}
USUAL_THREADS = "40"

Ask = Callable[[int], int]


def measure_class() -> list[dict]:
    """For each thing that all do at once: how many got it at the first try, the seconds, and a visitor's page."""
    with tempfile.TemporaryDirectory() as place:
        site = Ours("ours", THREADS=USUAL_THREADS)
        site.prepare(Path(place))
        with running(site, Path(place)) as server:
            return [at_once(name, ask, server.port) for name, ask in things_to_do(server.port)]


def things_to_do(port: int) -> list[tuple[str, Ask]]:
    image = photo()
    tokens: dict[int, str] = {}

    def sign_up(number: int) -> int:
        return send(port, "/api/users", json.dumps(person(number) | {"name": f"Student {number}"}), JSON, "POST")[0]

    def log_in(number: int) -> int:
        status, body = send(port, "/api/sessions", json.dumps(person(number)), JSON, "POST")
        tokens[number] = json.loads(body).get("token", "")
        return status

    def post(number: int) -> int:
        edge = "at-once"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
        body = (head % ("note", "") + "Look\r\n").encode() + (head % ("image", '; filename="a.jpg"')).encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Authorization": f"Bearer {tokens[number]}"}
        return send(port, "/api/posts", body + image + f"\r\n--{edge}--\r\n".encode(), headers, "POST")[0]

    return [("sign-ups", sign_up), ("logins", log_in), (f"photos of {len(image) / 1e6:.1f} MB", post)]


def at_once(name: str, ask: Ask, port: int) -> dict:
    """Until all are answered; the pages are those of a visitor meanwhile."""
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda number=number: statuses.append(ask(number))) for number in THIRTY]
    started, pages = time.perf_counter(), []
    for thread in threads:
        thread.start()
    while not pages or any(thread.is_alive() for thread in threads):
        page_started = time.perf_counter()
        send(port, "/users", None, {}, "GET")
        pages.append((time.perf_counter() - page_started) * 1000)
        time.sleep(0.02)
    return {
        "name": name,
        "at_first_try": statuses.count(201),
        "seconds": round(time.perf_counter() - started, 2),
        "page": round(statistics.median(pages), 1),
        "slowest": round(max(pages), 1),
    }


def person(number: int) -> dict[str, str]:
    return {"uid": f"student{number}", "password": PASSWORD}


def photo() -> bytes:
    noise = Image.frombytes("RGB", PHOTO_SIZE, os.urandom(PHOTO_SIZE[0] * PHOTO_SIZE[1] * 3))
    file = BytesIO()
    noise.save(file, "JPEG", quality=85)
    return file.getvalue()
