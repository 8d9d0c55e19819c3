#!/bin/sh
# HAProxy: a POST whose body comes a moment after its head is not sent again, though it fits in a buffer.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
apt-get download -qq haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 2>/dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH="$folder/usr/lib/$(uname -m)-linux-gnu"

python3 - <<'END'
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

HAPROXY = "usr/sbin/haproxy"
HEAD, BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\nConnection: close\r\n\r\n", b"0123456789"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
CONFIG = """
defaults
    mode http
    timeout connect 2s
    timeout client 10s
    timeout server 10s
    retries 3
    option redispatch 1
listen site
    bind 127.0.0.1:{front}
    {option}
    balance first
    retry-on conn-failure empty-response
    server dies 127.0.0.1:{dies}
    server lives 127.0.0.1:{lives}
"""


def server(answer):
    """It reads a whole request and gives this answer, or none."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            client, _ = listener.accept()
            with client:
                asked = b""
                while not asked.endswith(BODY):
                    asked += client.recv(4096)
                client.sendall(answer)

    Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def ask(port, pause):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        if pause:
            client.sendall(HEAD)
            time.sleep(pause)
            client.sendall(BODY)
        else:
            client.sendall(HEAD + BODY)
        return int(client.recv(4096).split()[1])


def statuses(option):
    with socket.create_server(("127.0.0.1", 0)) as free:
        front = free.getsockname()[1]
    Path("haproxy.cfg").write_text(CONFIG.format(front=front, dies=server(b""), lives=server(OK), option=option))
    proxy = subprocess.Popen([HAPROXY, "-f", "haproxy.cfg"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", front)).close()
                break
            except OSError:
                time.sleep(0.05)
        return ask(front, pause=0), ask(front, pause=0.3)
    finally:
        proxy.kill()
        proxy.wait()


print("version:", subprocess.run([HAPROXY, "-v"], capture_output=True, text=True).stdout.splitlines()[0])
seen, waited_for = statuses(""), statuses("option http-buffer-request")
print("expected: 200 twice, as the first server gave nothing and the whole request fits in a buffer")
print("seen:", seen[0], "when head and body come at once,", seen[1], "when the body comes 0.3 s later;")
print("with http-buffer-request", *waited_for)
sys.exit((seen, waited_for) != ((200, 502), (200, 200)))
END
