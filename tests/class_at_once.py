"""A class of thirty signs up, logs in and posts photos at once, while a visitor reads: a part of `make bench`."""

import http.client
import json
import os
import statistics
import threading
import time
from io import BytesIO

from PIL import Image

THIRTY = range(30)
PASSWORD = "correct horse"
PHOTO_SIZE = 2200, 1650  # of noise: about 3 MB
JSON = {"Content-Type": "application/json"}


def measure_class(port: int) -> None:
    """Print how many got in at the first try, how long it took, and the visitor's page meanwhile."""
    image = photo()
    tokens: dict[int, str] = {}

    def sign_up(number: int) -> int:
        return send(port, "/api/users", json.dumps(person(number) | {"name": f"Student {number}"}), JSON)[0]

    def log_in(number: int) -> int:
        status, body = send(port, "/api/sessions", json.dumps(person(number)), JSON)
        tokens[number] = json.loads(body).get("token", "")
        return status

    def post(number: int) -> int:
        edge = "at-once"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
        body = (head % ("note", "") + "Look\r\n").encode() + (head % ("image", '; filename="a.jpg"')).encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Authorization": f"Bearer {tokens[number]}"}
        return send(port, "/api/posts", body + image + f"\r\n--{edge}--\r\n".encode(), headers)[0]

    for name, ask in (("sign-ups", sign_up), ("logins", log_in), (f"photos of {len(image) / 1e6:.1f} MB", post)):
        seconds, statuses, pages = at_once(ask, port)
        page = f"GET /users {statistics.median(pages) * 1000:.0f} ms (at most {max(pages) * 1000:.0f})"
        print(f"30 {name}: {statuses.count(201)} at the first try, after {seconds:.1f} s; {page}")


def at_once(ask, port: int) -> tuple[float, list[int], list[float]]:
    """Seconds until all are answered, their statuses, and the seconds of a visitor's pages meanwhile."""
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda number=number: statuses.append(ask(number))) for number in THIRTY]
    started, pages = time.perf_counter(), []
    for thread in threads:
        thread.start()
    while not pages or any(thread.is_alive() for thread in threads):
        page_started = time.perf_counter()
        send(port, "/users", method="GET")
        pages.append(time.perf_counter() - page_started)
        time.sleep(0.02)
    return time.perf_counter() - started, statuses, pages


def person(number: int) -> dict[str, str]:
    return {"uid": f"student{number}", "password": PASSWORD}


def photo() -> bytes:
    noise = Image.frombytes("RGB", PHOTO_SIZE, os.urandom(PHOTO_SIZE[0] * PHOTO_SIZE[1] * 3))
    file = BytesIO()
    noise.save(file, "JPEG", quality=85)
    return file.getvalue()


def send(port: int, path: str, body=None, headers=None, method: str = "POST") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
