"""What a gateway or a load balancer calls: a request comes as an event, which is a value like JSON, and so it goes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from apig_wsgi import make_lambda_handler

from models.shared.picture_limits import largest_sent
from routes.shared.environ import Environ, Start
from routes.shared.headers import Headers, with_all
from routes.shared.log import log
from routes.shared.reading import nothing
from routes.shared.site import Site
from routes.shared.state import STATE_KEY

Event = dict[str, Any]
EventHandler = Callable[[Event, Any], Event]

# Bytes of a file and of an answer. With all that is around them, four letters for three of them and more letters in
# JSON, an event of a gateway may have 6 MB, and one of a load balancer 1 MB.
GATEWAY_LIMITS = (4 * 1024**2, 4_400_000)
BALANCER_LIMITS = (640 * 1024, 720_000)
NO_STAGE = "$default"
ONLY_TEXT = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]


def answers_events(site: Site) -> EventHandler:
    """`site` as what is called with an event and its context. Each body goes as base64, so that none can be spoilt."""
    handler: EventHandler = make_lambda_handler(
        partial(answer_one, site), binary_support=True, non_binary_content_type_prefixes=()
    )
    return handler


def answer_one(site: Site, environ: Environ, start_response: Start) -> list[bytes]:
    """Answer what `environ` asks for, as the library has made it of an event."""
    event = environ["apig_wsgi.full_event"]
    is_balancer = "elb" in event["requestContext"]
    most_sent, most_answered = BALANCER_LIMITS if is_balancer else GATEWAY_LIMITS
    believe_event(environ, event)
    before = largest_sent.set(most_sent)
    try:
        status, headers, body = whole_answer(site, environ)
    finally:
        largest_sent.reset(before)
    if len(body) > most_answered:
        log.error("That answer has %s bytes, and a function can send %s", len(body), most_answered)
        status, headers = "500 Too large", with_all(ONLY_TEXT, environ, environ[STATE_KEY], ())
        body = f"This has {len(body):,} bytes. As a function, the site can send {most_answered:,} at once.\n".encode()
    start_response(status, each_once(headers, spell_cookies=is_balancer and "multiValueHeaders" not in event))
    return [body]


def whole_answer(site: Site, environ: Environ) -> tuple[str, Headers, bytes]:
    """The status, the headers and the body."""
    head: list[Any] = []
    answered = site(environ, lambda status, headers, _failure=None: head.extend((status, headers)))
    try:
        body = b"".join(answered)
    finally:
        nothing(answered)
    status, headers = head
    return status, headers, body


def believe_event(environ: Environ, event: Event) -> None:
    """Take over what the gateway says, and not what a client can say by a header."""
    context = event["requestContext"]
    if "elb" in context:
        environ["REMOTE_ADDR"] = last_value(event, "x-forwarded-for")
        environ["wsgi.url_scheme"] = "https" if last_value(event, "x-forwarded-proto") == "https" else "http"
    else:
        environ["REMOTE_ADDR"] = (context.get("http") or context.get("identity") or {}).get("sourceIp") or ""
        environ["wsgi.url_scheme"] = "https"
        take_stage(environ, event)
    environ["SERVER_NAME"] = environ["SERVER_NAME"] or "localhost"
    environ["SERVER_PORT"] = {"https": "443", "http": "80"}[environ["wsgi.url_scheme"]]


def take_stage(environ: Environ, event: Event) -> None:
    """At the gateway's own address the name of the stage is a prefix. Behind a domain, nobody sees it.

    Events of version 2.0 have it in the path in any case, and those of 1.0 where the gateway is an HTTP API.
    """
    context, path = event["requestContext"], environ["PATH_INFO"]
    stage, has_own_address = context.get("stage", NO_STAGE), ".execute-api." in context.get("domainName", "")
    if stage == NO_STAGE:
        return
    is_in_path = "http" in context or (has_own_address and event["path"] == context.get("path"))
    if is_in_path and f"{path}/".startswith(f"/{stage}/"):
        environ["PATH_INFO"] = path[len(stage) + 1 :] or "/"
    if has_own_address:
        environ["SCRIPT_NAME"] = f"/{stage}"


def last_value(event: Event, name: str) -> str:
    """The last value of this header: what the load balancer has added. Another spelling of it may be anybody's."""
    found = ""
    for headers in (event.get("headers"), event.get("multiValueHeaders")):
        for key, value in (headers or {}).items():
            if key.lower() == name:
                found = value if isinstance(value, str) else value[-1]
    return found.rpartition(",")[2].strip()


def each_once(headers: Headers, spell_cookies: bool) -> Headers:
    """Each name once, as some events take only one: values side by side mean the same. Cookies stay apart.

    With `spell_cookies`, their header is spelled in another way each time, as names that are alike would be one.
    """
    found: dict[str, tuple[str, str]] = {}
    cookies: Headers = []
    for name, value in headers:
        if name.lower() == "set-cookie":
            cookies.append((spelled(len(cookies)) if spell_cookies else name, value))
        elif name.lower() in found:
            first, values = found[name.lower()]
            found[name.lower()] = first, f"{values}, {value}"
        else:
            found[name.lower()] = name, value
    return [*found.values(), *cookies]


def spelled(number: int) -> str:
    """A spelling of its own for the first four."""
    return "set-cookie"[:number] + "SET-COOKIE"[number:]
