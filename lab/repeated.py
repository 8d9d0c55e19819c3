"""A recorded request, made anew. What the record does not hold is filled in, and said, or it cannot be made."""

import json
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode
from wsgiref.util import setup_testing_defaults

from lab.secrets import HIDDEN
from lab.sent import MOST_OF_FIELD
from routes.shared.body import FORM, KEY_FIELD
from routes.shared.environ import Environ

STAND_IN = "rehearsal-only"  # a password
# A picture of one red dot.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de000"
    "0000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
ONLY_SIZE = re.compile(r"<[0-9]+ bytes>")
BOUNDARY = "a-boundary-of-the-lab"
FORGOTTEN = [
    *("Cookie", "Authorization", "Content-Type", "Content-Length", "Idempotency-Key", "If-None-Match"),
    *("If-Modified-Since", "Transfer-Encoding", "Connection"),
]


class NotHeld(Exception):
    """The record holds too little of the request; the message says what."""


@dataclass
class Repeated:
    """A request that can be sent. `notes` say what is another than it was, `fills_in` that a password is."""

    method: str
    path: str
    query: str
    prefix: str
    scheme: str
    client: str
    headers: dict[str, str]
    body: bytes = b""
    body_type: str = ""
    notes: list[str] = field(default_factory=list)
    fills_in: bool = False

    def environ(self) -> Environ:
        """As a server would hand it over."""
        environ: Environ = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": self.prefix,
            "PATH_INFO": self.path.encode().decode("latin-1"),
            "QUERY_STRING": self.query,
            "REMOTE_ADDR": self.client,
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": BytesIO(self.body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()},
        }
        if self.body or self.body_type:
            environ |= {"CONTENT_TYPE": self.body_type, "CONTENT_LENGTH": str(len(self.body))}
        setup_testing_defaults(environ)
        return environ


def repeated(asked: dict[str, Any]) -> Repeated:
    """The request of a record, which `asked_of_record` has told. NotHeld when it cannot be made."""
    if HIDDEN in asked["path"]:
        raise NotHeld("Its address held a secret, which is not kept.")
    headers = {name: value for name, value in asked["headers"].items() if name not in FORGOTTEN and value != HIDDEN}
    names = ("method", "path", "query", "prefix", "scheme", "client")
    again = Repeated(**{name: asked[name] for name in names}, headers=headers)
    if HIDDEN in asked["query"] or quote(HIDDEN) in asked["query"]:
        again.notes.append("A secret in its address is sent as •••.")
    if asked["method"] not in ("GET", "HEAD"):
        give_body(again, asked)
    return again


def give_body(again: Repeated, asked: dict[str, Any]) -> None:
    """Give it the body."""
    length = asked["headers"].get("Content-Length", "0")
    if not asked["body"] and length not in ("", "0", "2"):
        again.notes.append("What was sent with it had not been read, so it is not kept: nothing is sent.")
        return
    kind = asked["body_type"].partition(";")[0].strip().lower()
    fields = {name: with_stand_ins(name, value, again) for name, value in asked["body"].items() if name != KEY_FIELD}
    again.body_type = asked["body_type"]
    if kind == FORM:
        again.body = urlencode(fields).encode()
    elif kind == "multipart/form-data":
        again.body_type = f"{kind}; boundary={BOUNDARY}"
        again.body = multipart(fields, asked["files"])
        again.notes += [f"In place of the file in “{name}” a picture of one dot is sent." for name in asked["files"]]
    elif set(fields) == {""} and ONLY_SIZE.fullmatch(str(fields[""])):
        if not kind.startswith("image/"):
            raise NotHeld("What was sent with it is not kept, only its size.")
        again.notes.append("In place of the picture one of one dot is sent.")
        again.body = PICTURE
    elif fields or length == "2":  # an empty object
        again.body = json.dumps(fields[""] if set(fields) == {""} else fields).encode()


def with_stand_ins(name: str, value: Any, again: Repeated) -> Any:
    """A value of the body. What is not held of it is replaced, and said."""
    if isinstance(value, dict):
        return {inner: with_stand_ins(inner, each, again) for inner, each in value.items()}
    if isinstance(value, list):
        return [with_stand_ins(name, each, again) for each in value]
    if not isinstance(value, str):
        return value
    if value == HIDDEN:
        again.fills_in = True
        again.notes.append(f"In place of the secret in “{name}” a made-up one is sent.")
        return STAND_IN
    if HIDDEN in value:
        again.notes.append(f"A secret in “{name}” is sent as •••.")
    elif len(value) > MOST_OF_FIELD:
        again.notes.append(f"Of “{name}” only the beginning is kept and sent.")
    return value


def multipart(fields: dict[str, Any], files: list[str]) -> bytes:
    """A form with files."""
    contents = {name: PICTURE if name in files else str(value).encode() for name, value in fields.items()}
    parts = [part(name, content, name in files) for name, content in contents.items()]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def part(name: str, content: bytes, is_file: bool) -> bytes:
    """One field of it."""
    safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'Content-Disposition: form-data; name="{safe}"' + ('; filename="picture.png"' if is_file else "")
    return b"".join([f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode(), content, b"\r\n"])
