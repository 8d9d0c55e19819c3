"""`python -m models doctor`: why a page on another origin does not work, asked of a running backend from outside."""

import re
import sys
from argparse import Namespace
from contextlib import suppress
from getpass import getpass
from urllib.parse import urlsplit

from config import BadSetting, settings_from_environment
from lab.doctor.finding import Finding, brief
from lab.doctor.outside import Outside
from lab.doctor.seen import origin_of

WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?")


def run(options: Namespace) -> None:
    try:
        findings = examined(options.backend, options.page, login_of(options.uid) if options.uid else None)
    except (KeyboardInterrupt, EOFError):
        raise SystemExit("Stopped.") from None
    sure = [finding for finding in findings if finding.is_certain]
    for finding in findings:
        print(*lines_of(finding), sep="\n")
    if sure:
        raise SystemExit(1)
    print("Nothing keeps the page out, as far as can be asked from outside. What the site saw is at its /lab/doctor.")


def login_of(uid: str) -> dict[str, str]:
    is_typed = sys.stdin.isatty()
    password = getpass(f"Password of {brief(uid)}: ") if is_typed else sys.stdin.readline().rstrip("\n")
    return {"uid": uid, "password": password}


def examined(backend: str, page: str, login: dict[str, str] | None = None) -> list[Finding]:
    """All findings for these two addresses. SystemExit for what is none."""
    for name, address in (("BACKEND", backend), ("PAGE", page)):
        if not WEB_ADDRESS.fullmatch(address):
            print(f"{name} must be an address like https://school.example, not {brief(address)}", file=sys.stderr)
            raise SystemExit(2)
    strange = no_port(backend) or no_port(page)
    if strange:
        return [strange]
    backend, page = as_browsers_write(backend), as_browsers_write(page)
    return [*of_the_settings(), *Outside(backend, origin_of(page)).findings(login)]


def as_browsers_write(address: str) -> str:
    """With a host in the letters of its ASCII name."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    return f"{scheme}://{host}{slash}{path}"


def no_port(address: str) -> Finding | None:
    try:
        if urlsplit(address).port != 0:
            return None
    except ValueError:
        pass
    says = f"{brief(address)} has no port that is a number."
    return Finding("missing-slash", says, "Where a path follows, put a slash between.")


def of_the_settings() -> list[Finding]:
    """What would end the start of a site with the settings that are here."""
    try:
        settings_from_environment(own_server=True)
    except BadSetting as error:
        return [
            Finding(
                "bad-setting",
                f"A site does not start with the settings that are here: {error}.",
                "Mend it, and start again.",
            )
        ]
    return []


def lines_of(finding: Finding) -> list[str]:
    copied = [f"        {line}" for line in finding.lines.splitlines()]
    return [f"{finding.name}: {finding.says}", f"    {finding.cure}", *copied, ""]
