"""The last requests of pages elsewhere that came to nothing, each with what was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.doctor.diagnosis import diagnose
from lab.doctor.finding import Finding, brief
from lab.doctor.seen import Backend, Seen
from lab.record import Record
from lab.sent import SCHEMES
from routes.shared.cookie import COOKIE

MOST_SHOWN = 50


@dataclass
class Refused:
    """A request, and how many there were like it. Without `findings` the answer itself says why."""

    record: Record
    seen: Seen
    findings: list[Finding]
    times: int = 1


def refused_of(records: Sequence[Record], backend: Backend) -> list[Refused]:
    """Of these, the newest first, those that were refused or did not do what the page wanted."""
    seen = [seen_of(each) for each in records]
    found: dict[Any, Refused] = {}
    for place, each in enumerate(seen):
        findings = diagnose(each, backend, seen[place + 1 :])
        if not findings and not (each.is_foreign and each.status >= 400):
            continue
        key = (each.method, each.path, each.status, each.page, tuple(findings))
        if key in found:
            found[key].times += 1
        elif len(found) < MOST_SHOWN:
            found[key] = Refused(records[place], each, findings)
    return list(found.values())


def seen_of(record: Record) -> Seen:
    """What matters of a record."""
    said = {name.lower(): text for name, text in record.headers.items()}
    return Seen(
        method=record.method,
        path=record.path,
        status=record.status,
        scheme=record.scheme,
        host=said.get("host", ""),
        peer=record.client,
        origin=record.origin,
        referer=said.get("referer", ""),
        fetch_site=said.get("sec-fetch-site", ""),
        fetch_mode=said.get("sec-fetch-mode", ""),
        fetch_dest=said.get("sec-fetch-dest", ""),
        content_type=said.get("content-type", ""),
        asked_method=said.get("access-control-request-method", ""),
        asked_headers=said.get("access-control-request-headers", ""),
        authorization=scheme_of(said.get("authorization", "")),
        has_cookie=any(each.strip().startswith(f"{COOKIE}=") for each in said.get("cookie", "").split(";")),
        logs=record.answer.get("logs", ""),
        forwarded_scheme=last_of(said.get("x-forwarded-proto", "")),
        forwarded_host=last_of(said.get("x-forwarded-host", "")),
    )


def scheme_of(authorization: str) -> str:
    """How the token was sent; never a part of it."""
    scheme = authorization.partition(" ")[0].lower()
    return scheme if scheme in SCHEMES else "something else" if authorization else ""


def last_of(text: str) -> str:
    """What the nearest proxy has added."""
    return text.rpartition(",")[2].strip().lower()


def refused_as_json(refused: Refused) -> dict[str, Any]:
    """For programs."""
    seen, record = refused.seen, refused.record
    return {
        "number": record.number,
        "time": record.time,
        "method": brief(seen.method),
        "path": brief(seen.path),
        "status": seen.status,
        "page": brief(seen.page),
        "times": refused.times,
        "href": f"{record.prefix}/lab/requests/{record.number}",
        "findings": [finding_as_json(each) for each in refused.findings],
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "name": finding.name,
        "says": finding.says,
        "cure": finding.cure,
        "lines": finding.lines,
        "certain": finding.is_certain,
    }
