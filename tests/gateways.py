"""A gateway and a load balancer, as far as a function sees them: requests become events, and answers come back."""

import base64
import json
from pathlib import Path
from urllib.parse import parse_qs, quote

EVENTS = Path(__file__).parent / "commands" / "events"
OWN_ADDRESS = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
TEXTS = ("text/", "application/json", "application/javascript", "application/xml")  # all else comes as base64


def event_of(name):
    return json.loads((EVENTS / f"{name}.json").read_text())


class Gateway:
    """A WSGI application that asks `handler` with events of one kind, and reads its answers as that kind does."""

    def __init__(self, handler, kind, stage="", domain=""):
        self.handler, self.kind, self.domain = handler, kind, domain
        self.stage = stage or ("prod" if kind == "rest_api" else "")
        self.answers = []

    def __call__(self, environ, start_response):
        made = {"rest_api": self.rest_api, "http_api": self.http_api}.get(self.kind, self.load_balancer)
        answer = self.handler(json.loads(json.dumps(made(environ))), None)
        self.answers.append(answer)
        status, headers, body = self.read(json.loads(json.dumps(answer)))
        start_response(f"{status} As it says", headers)
        return [body]

    def read(self, answer):
        headers = [(name, value) for name, value in answer.get("headers", {}).items()]
        headers += [(name, each) for name, values in answer.get("multiValueHeaders", {}).items() for each in values]
        headers += [("set-cookie", cookie) for cookie in answer.get("cookies", ())]
        assert all(isinstance(value, str) for _, value in headers)
        body = answer["body"]
        return answer["statusCode"], headers, base64.b64decode(body) if answer["isBase64Encoded"] else body.encode()

    def rest_api(self, environ):
        """Payload 1.0 of a REST API whose binary media types are all."""
        event, path = event_of("rest_api"), path_of(environ)
        context = event["requestContext"]
        assert self.domain or path.startswith(f"/{self.stage}/") or path == f"/{self.stage}", path
        event["path"] = path if self.domain else path.removeprefix(f"/{self.stage}") or "/"
        context |= {"path": path, "stage": self.stage, "domainName": self.domain or OWN_ADDRESS}
        event["httpMethod"] = context["httpMethod"] = environ["REQUEST_METHOD"]
        query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
        event["multiValueQueryStringParameters"] = query or None
        event["queryStringParameters"] = {name: values[-1] for name, values in query.items()} or None
        for name, value in headers_of(environ):
            event["headers"][name], event["multiValueHeaders"][name] = value, [value]
        host = self.domain or OWN_ADDRESS
        event["headers"]["Host"], event["multiValueHeaders"]["Host"] = host, [host]
        body = body_of(environ)
        return event | ({"body": base64.b64encode(body).decode(), "isBase64Encoded": True} if body else {})

    def http_api(self, environ):
        """Payload 2.0. The stage is in the path in any case."""
        event, path, body = event_of("http_api"), path_of(environ), body_of(environ)
        if self.domain and self.stage:
            path = f"/{self.stage}{path}"
        event["rawPath"] = event["requestContext"]["http"]["path"] = path
        event["requestContext"]["stage"] = self.stage or "$default"
        event["requestContext"]["domainName"] = self.domain or OWN_ADDRESS
        event["requestContext"]["http"]["method"] = environ["REQUEST_METHOD"]
        event["rawQueryString"] = environ["QUERY_STRING"]
        event["headers"] |= {name.lower(): value for name, value in headers_of(environ)}
        event["headers"]["host"] = self.domain or OWN_ADDRESS
        cookies = event["headers"].pop("cookie", "")
        if cookies:
            event["cookies"] = cookies.split("; ")
        return event | (as_text_or_base64(environ, body) if body else {})

    def load_balancer(self, environ):
        event = event_of(self.kind)
        event |= {"path": path_of(environ), "httpMethod": environ["REQUEST_METHOD"]}
        pairs = [pair.partition("=")[::2] for pair in environ["QUERY_STRING"].split("&") if pair]  # it decodes nothing
        for name, value in pairs:
            if "multiValueHeaders" in event:
                event["multiValueQueryStringParameters"].setdefault(name, []).append(value)
            else:
                event["queryStringParameters"][name] = value
        for name, value in headers_of(environ):
            if "multiValueHeaders" in event:
                event["multiValueHeaders"][name.lower()] = [value]
            else:
                event["headers"][name.lower()] = value
        return event | as_text_or_base64(environ, body_of(environ))


def path_of(environ):
    return quote(environ["PATH_INFO"].encode("latin-1"))


def headers_of(environ):
    for name, value in environ.items():
        if name.startswith("HTTP_") and name != "HTTP_HOST":
            yield name[5:].replace("_", "-").title(), value
    if environ.get("CONTENT_TYPE"):
        yield "Content-Type", environ["CONTENT_TYPE"]


def body_of(environ):
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


def as_text_or_base64(environ, body):
    if environ.get("CONTENT_TYPE", "text/plain").startswith(TEXTS):
        return {"body": body.decode(), "isBase64Encoded": False}
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
