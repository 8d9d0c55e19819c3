"""A recorded request as texts to paste: a line for a shell, JavaScript for a page, a test. Secrets are •••."""

import json
import re
import shlex
from math import isfinite
from typing import Any
from urllib.parse import quote, urlencode

from lab.record import Record
from lab.repeated import ONLY_SIZE
from lab.secrets import HIDDEN
from models.user import SAMPLE_USERS
from routes.shared.body import FORM, JSON, KEY_FIELD

UNSAID = [  # headers that whoever sends makes anew, or that say who
    *("Host", "Content-Length", "Content-Type", "Connection", "Accept-Encoding", "Accept-Language", "User-Agent"),
    *("Cookie", "Authorization", "Idempotency-Key", "Referer", "Dnt", "Priority", "Cache-Control", "Pragma"),
    *("Upgrade-Insecure-Requests", "Transfer-Encoding", "If-None-Match", "If-Modified-Since"),
]
FORMS = (FORM, "multipart/form-data")
MOST_OF_CALL = 70  # letters in one line of a test
PLACE_OF_FILE = "picture.png"
SECRET_NAME = "SECRET"  # noqa: S105 - what a test calls it
PERSONS = [uid for _, uid, _ in SAMPLE_USERS]


def copies_of(record: Record) -> dict[str, str]:
    """Each text by what it is for."""
    return {"As curl": as_curl(record), "As fetch": as_fetch(record), "As a test": as_test(record)}


def as_curl(record: Record) -> str:
    """For a POSIX shell. Nothing in the values is read as an option, a file or a pattern."""
    words = ["curl", "--globoff", *(["--head"] if record.method == "HEAD" else ["--request", record.method])]
    for name, value in sent_headers(record).items():
        words += ["--header", f"{name}: {value}" if value else f"{name};"]
    if "Cookie" in record.headers:
        words += ["--header", f"Cookie: {record.headers['Cookie']}"]
    if "Authorization" in record.headers:
        words += ["--header", f"Authorization: {record.headers['Authorization']}"]
    fields, kind = fields_of(record), kind_of_body(record)
    if kind == "multipart/form-data":
        for name, value in fields.items():
            is_file = name in record.files
            words += ["--form", f"{name}=@{PLACE_OF_FILE}"] if is_file else ["--form-string", f"{name}={value}"]
    elif has_body(record):
        words += ["--header", f"Content-Type: {record.body_type}", "--data-raw", body_text(record)]
    return " ".join(shlex.quote(word) for word in [*words, url_of(record)]) + "\n"


def as_fetch(record: Record) -> str:
    """For the console of a browser on a page of the site, or for Node."""
    headers = {name: json.dumps(value) for name, value in sent_headers(record).items()}
    headers = {name: text for name, text in headers.items() if not name.startswith("Sec-") and name != "Origin"}
    before = ""
    if "Authorization" in record.headers:
        before = f"const token = {json.dumps(HIDDEN, ensure_ascii=False)};  // yours\n"
        headers["Authorization"] = '"Bearer " + encodeURIComponent(token)'
    lines = [f"method: {json.dumps(record.method)},", 'credentials: "include",']
    fields, kind = fields_of(record), kind_of_body(record)
    if kind == "multipart/form-data":
        before += "const form = new FormData();\n"
        for name, value in fields.items():
            is_file = name in record.files
            text = f'new Blob([]), "{PLACE_OF_FILE}"' if is_file else javascript(value)
            before += f"form.append({javascript(name)}, {text});{'  // the file' if is_file else ''}\n"
        lines.append("body: form,")
    elif has_body(record):
        headers["Content-Type"] = json.dumps(record.body_type)
        lines.append(f"body: {javascript(body_text(record))},")
    if headers:
        said = "".join(f"\n    {json.dumps(name)}: {text}," for name, text in headers.items())
        lines.append(f"headers: {{{said}\n  }},")
    inner = "".join(f"\n  {line}" for line in lines)
    url = json.dumps(url_of(record), ensure_ascii=False)
    return (
        f"{before}fetch({url}, {{{inner}\n}})\n"
        "  .then(async (answer) => console.log(answer.status, await answer.text()));\n"
    )


def as_test(record: Record) -> str:
    """In the style of the house's tests, as one of the people that `tests/conftest.py` knows."""
    is_known = record.user in PERSONS
    persona = "log_in" if is_known else "member" if record.user else "visitor"
    name = re.sub(r"[^a-z0-9]+", "_", f"{record.method} {record.path}".lower()).strip("_")[:60].strip("_")
    lines = [f"def test_{name}_is_answered_with_{record.status}({persona}):"]
    lines += [f"    # It was {record.user!a}, who is none of the people of the tests."] if persona == "member" else []
    lines.append(f"    answer = {f'log_in({python(record.user)})' if is_known else persona}.{call_of(record)}")
    text = "\n".join([*lines, f"    assert answer.{expected_of(record)}"]) + "\n"
    secret = f'{SECRET_NAME} = "{HIDDEN * 4}"  # put your own here: nobody keeps what it was\n\n\n'
    return secret + text if SECRET_NAME in text else text


def expected_of(record: Record) -> str:
    """What a test looks at: where one is sent on to, as far as that is no new row's number, or the status."""
    location = record.answer.get("location", "")
    if not location or HIDDEN in location:
        return f"status_int == {record.status}"
    new = next((found.start() for found in re.finditer("[0-9]+", location) if found[0] not in record.path), None)
    where = 'headers["Location"]'
    return f"{where} == {python(location)}" if new is None else f"{where}.startswith({python(location[:new])})"


def call_of(record: Record) -> str:
    """What is asked of WebTest's browser."""
    method, sent = sent_by_test(record)
    headers = {name: value for name, value in sent_headers(record).items() if value.isascii()}
    if has_body(record) and method == record.method.lower() and kind_of_body(record) not in FORMS:
        headers["Content-Type"] = record.body_type
    sent += [f"headers={python(headers)}"] if headers else []
    arguments = [python(path_of_url(record)), *sent, f"status={record.status}"]
    if sum(map(len, arguments)) < MOST_OF_CALL:
        return f"{method}({', '.join(arguments)})"
    return "\n        ".join([f"{method}(", *(f"{each}," for each in arguments)]) + "\n    )"


def sent_by_test(record: Record) -> tuple[str, list[str]]:
    """The method of WebTest's browser, and the body as it takes it."""
    method, fields, kind = record.method.lower(), fields_of(record), kind_of_body(record)
    if not has_body(record):
        return method, []
    if record.files:
        texts = {name: value for name, value in fields.items() if name not in record.files}
        files = ", ".join(f'({python(name)}, "{PLACE_OF_FILE}", b"")' for name in record.files)
        return method, [python(texts), f"upload_files=[{files}]"]
    if kind in FORMS:
        return method, [python(fields)]
    if kind == JSON:
        return f"{method}_json", [python(json_value(fields))]
    return method, [python(body_text(record))]


def python(value: Any) -> str:
    """A value as Python writes it, with a name in place of a secret."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{python(name)}: {python(each)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(python, value))}]"
    if isinstance(value, float) and not isfinite(value):
        return f'float("{value}")'
    if value == HIDDEN:
        return SECRET_NAME
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text


def javascript(value: Any) -> str:
    """A text as JavaScript writes it; a secret stays readable."""
    return json.dumps(str(value)).replace(json.dumps(HIDDEN)[1:-1], HIDDEN)


def sent_headers(record: Record) -> dict[str, str]:
    """Those that may matter, and hold no secret."""
    known = {name: value for name, value in record.headers.items() if name not in UNSAID and value != "*/*"}
    if not record.origin:
        known.pop("Origin", None)  # of a page of ours, which has another name where the test runs
    return {name: value for name, value in known.items() if HIDDEN not in value and not name.startswith("Sec-")}


def fields_of(record: Record) -> dict[str, Any]:
    """What was sent by name, but for the key that makes it one request."""
    return {name: value for name, value in record.body.items() if name != KEY_FIELD}


def kind_of_body(record: Record) -> str:
    """The type of the body, without its parameters."""
    return record.body_type.partition(";")[0].strip().lower()


def has_body(record: Record) -> bool:
    """Whether something was sent."""
    return bool(record.body) or record.headers.get("Content-Length", "0") not in ("", "0")


def body_text(record: Record) -> str:
    """The body as it was sent, but for its secrets; of what is not held only how much it was."""
    fields = fields_of(record)
    if kind_of_body(record) == FORM:
        return urlencode(fields).replace(quote(HIDDEN), HIDDEN)
    value = json_value(fields)
    if isinstance(value, str) and ONLY_SIZE.fullmatch(value):
        return value
    return json.dumps(value).replace(json.dumps(HIDDEN)[1:-1], HIDDEN)


def json_value(fields: dict[str, Any]) -> Any:
    """What a JSON body was: a record keeps what is no object under no name."""
    return fields[""] if set(fields) == {""} else fields


def path_of_url(record: Record) -> str:
    """The path and the query, as a browser asks for them."""
    query = quote(record.query, safe="".join(map(chr, range(33, 127)))).replace(quote(HIDDEN), HIDDEN)
    return quote(record.path).replace(quote(HIDDEN), HIDDEN) + (f"?{query}" if query else "")


def url_of(record: Record) -> str:
    """The whole address."""
    host = record.headers.get("Host", "127.0.0.1")
    return f"{record.scheme}://{host}{record.prefix}{path_of_url(record)}"
