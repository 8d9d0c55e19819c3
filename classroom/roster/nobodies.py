"""Rows of a roster that are no people of the class, each with the reason."""

import re
from collections.abc import Mapping

from models.shared.fold import fold

PUPILS = ("student", "pupil", "learner", "participant", "schuler", "lernend", "eleve", "alumn", "user", "member")
OTHER_ROLES = (
    "teacher",
    "guardian",
    "parent",
    "relative",
    "staff",
    "admin",
    "aide",
    "observer",
    "assistant",
    "designer",
)
GONE_FROM_SCHOOL = (
    "tobedeleted",
    "inactive",
    "deleted",
    "withdrawn",
    "dropped",
    "removed",
    "archived",
    "completed",
    "no show",
)
SWITCHED_OFF = ("false", "0", "no", "n", "nein", "non")
TEST_STUDENTS = ("test student", "student, test", "student test", "test user")
SUMMARY = re.compile(
    r"(points possible|manual posting|muted|max(imum)? points|points|date|due date|total\b.*|sum|summe|average|mean|"
    r"median|count|class average|overall|anzahl|gesamt)\W*\d*",
)


def why_nobody(parts: Mapping[str, str], name: str, cells: list[str], headings: list[str]) -> str:
    """Why a row is no person to be brought in; nothing for one that is."""
    if [cell.strip() for cell in cells] == headings:
        return "has the headings again"
    if fold(name) in TEST_STUDENTS or fold(parts.get("name", "")) in TEST_STUDENTS:
        return "is the test student"
    has_key = parts.get("login") or parts.get("email")
    first_cell = next((cell.strip() for cell in cells if cell.strip()), "")
    if not has_key and SUMMARY.fullmatch(fold(name)):
        return f"is no person: “{first_cell[:40]}”"
    if not (name or has_key):
        return f"has no name, login or e-mail: “{first_cell[:40]}”"
    return why_outside(parts)


def why_outside(parts: Mapping[str, str]) -> str:
    """Why somebody is not among the pupils, as their school says."""
    role, status, enabled = (fold(parts.get(part, "")) for part in ("role", "status", "enabled"))
    if role and (any(word in role for word in OTHER_ROLES) or not any(word in role for word in PUPILS)):
        return f"has the role “{parts['role'][:40]}”"
    if status in GONE_FROM_SCHOOL:
        return f"has the status “{parts['status'][:40]}”"
    return "is switched off there" if enabled in SWITCHED_OFF else ""
