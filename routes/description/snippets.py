"""Lines to copy: one operation of the API's description as a command for curl, a `fetch` and a few lines of Python."""

import json
import shlex
from pprint import pformat
from typing import Any
from urllib.parse import urlencode

from routes.description.parameters import FILE  # in these lines it stands for the file itself


def snippets(address: str, method: str, path: str, operation: dict[str, Any]) -> dict[str, str]:
    """By language. Who must be logged in is known by the environment's TOKEN, or in a browser by its cookie."""
    url = address + example_path(path, operation.get("parameters", []))
    content = operation.get("requestBody", {}).get("content", {})
    body = FILE if FILE in content else content.get("application/json", {}).get("example")
    needs_token = bool(operation["security"])
    return {
        "curl": curl_snippet(url, method, body, needs_token),
        "fetch": fetch_snippet(url, method, body),
        "Python": python_snippet(url, method, body, needs_token),
    }


def example_path(path: str, parameters: list[dict[str, Any]]) -> str:
    examples = [each for each in parameters if "example" in each]
    for each in examples:
        path = path.replace(f"{{{each['name']}}}", str(each["example"]))
    query = urlencode({each["name"]: each["example"] for each in examples if each["in"] == "query"})
    return f"{path}?{query}" if query else path


def curl_snippet(url: str, method: str, body: Any, needs_token: bool) -> str:
    is_usual = method == ("PUT" if body == FILE else "POST" if body else "GET")
    parts = [f"curl {'' if is_usual else f'-X {method} '}{shlex.quote(url)}"]
    if needs_token:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    if body == FILE:
        parts.append("-T picture.png")
    elif body:
        parts += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(indented_json(body))}"]
    return " \\\n  ".join(parts)


def fetch_snippet(url: str, method: str, body: Any) -> str:
    options = [] if method == "GET" else [f'method: "{method}"']
    if body == FILE:
        options.append('body: document.querySelector("input[type=file]").files[0]')
    elif body:
        options += ['headers: {"Content-Type": "application/json"}', f"body: JSON.stringify({indented_json(body)})"]
    given = "".join(f"  {option},\n" for option in options)
    call = f"fetch({json.dumps(url)}" + (f", {{\n{given}}})" if given else ")")
    return f"const answer = await {call};\nconsole.log(answer.status, await answer.text());"


def python_snippet(url: str, method: str, body: Any, needs_token: bool) -> str:
    imports = ["import json"] * (body not in (None, FILE)) + ["from os import environ"] * needs_token
    lines = [*imports, "from urllib.request import Request, urlopen", ""]
    lines.append(f"request = Request({json.dumps(url)}, method={json.dumps(method)})")
    if needs_token:
        lines.append("""request.add_header("Authorization", f"Bearer {environ['TOKEN']}")""")
    if body == FILE:
        lines.append(f'request.add_header("Content-Type", "{FILE}")')
        lines.append('request.data = open("picture.png", "rb").read()')
    elif body:
        lines.append('request.add_header("Content-Type", "application/json")')
        lines.append(f"request.data = json.dumps({pformat(body, sort_dicts=False)}).encode()")
    lines += ["with urlopen(request) as answer:", "    print(answer.status, answer.read().decode())"]
    return "\n".join(lines)


def indented_json(body: Any) -> str:
    """JSON, which is JavaScript too."""
    return json.dumps(body, ensure_ascii=False, indent=2)
