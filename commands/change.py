"""`python -m models change`: what differs between tables and classes is told, rehearsed, changed and undone."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent

from config import VERSION, settings_from_environment
from models.shared.alteration.answers import Answers, parse_answers
from models.shared.alteration.carrying_out import MigrationFile, Report, carry_out, fold_all
from models.shared.alteration.column_steps import is_yes
from models.shared.alteration.kept import KeptAlteration, kept_alterations
from models.shared.alteration.plan import Alteration
from models.shared.alteration.planning import plan_alteration
from models.shared.alteration.rehearsing import rehearse_alteration
from models.shared.alteration.taking_back import rows_since, undo
from models.shared.backup.kept import backup_folder
from models.shared.backup.making import make_backup
from models.shared.database import checkpoint, is_sqlite
from models.shared.migrating import MIGRATIONS, runner
from models.shared.start_errors import HOUSE, Unusable

FITS = "Every table fits its class: there is nothing to change."
NOT_YET = "Nothing was changed."
LOST = "An undo would lose that, so nothing was changed. The backup from before the change has the old rows, too."
START_AGAIN = "Start the site again. To go back: python -m models change --undo"


def run(options: Namespace) -> None:
    try:
        if options.undo:
            bring_back_last(options.yes)
        else:
            change_tables(options)
    except (OSError, ValueError) as error:
        raise SystemExit(f"Nothing was changed: {error}") from None


def change_tables(options: Namespace) -> None:
    settings = settings_from_environment(own_server=True)
    alteration, answers = answered(parse_answers(options.default, options.rename, options.drop))
    if not any(plan.steps for plan in alteration.tables):
        print(FITS)
        return
    tell_plan(alteration)
    tell_rehearsal(rehearse_alteration(alteration, answers))
    if options.rehearse:
        print(NOT_YET)
        return
    agree("Change the tables now? [y/N] ", options.yes)
    keep_a_copy()
    with migration_file(alteration) as file:
        report = carry_out(alteration, answers, settings.sample_data != "none", file)
    fold_all()
    checkpoint()
    print(f"Changed in {report.seconds:.2f} s. {START_AGAIN}")


def answered(answers: Answers) -> tuple[Alteration, Answers]:
    """What is to be done, when all is said that only somebody can say; it ends where that is not so."""
    alteration = plan_alteration(answers)
    if alteration.wrong_answers:
        raise Unusable(f"What was said fits no difference: {', '.join(alteration.wrong_answers)}. {NOT_YET}")
    while alteration.questions:
        question = alteration.questions[0]
        if not sys.stdin.isatty():
            tell_differences(alteration)
            raise SystemExit("\n".join([*unanswered(alteration), NOT_YET]))
        print(question.text)
        more = question.take(answers, input(question.prompt))
        if more is None:
            raise SystemExit(NOT_YET)
        answers, alteration = more, plan_alteration(more)
    if alteration.obstacles:
        tell_differences(alteration)
        raise SystemExit("\n".join([*alteration.obstacles, NOT_YET]))
    return alteration, answers


def unanswered(alteration: Alteration) -> list[str]:
    return [f"{question.text} Say {question.option}" for question in alteration.questions]


def tell_differences(alteration: Alteration) -> None:
    """What differs, and what rows lose."""
    for plan in alteration.tables:
        print(*plan.said, *plan.losses, sep="\n", end="\n" * bool(plan.said or plan.losses))


def tell_plan(alteration: Alteration) -> None:
    tell_differences(alteration)
    for are_own in (True, False):
        if text := alteration.migration(are_own):
            place = "" if are_own else f", which becomes models/migrations/{file_name(alteration)}.py"
            print(f"\nThe migration{place}:\n\n{indent(text, '    ')}")


def tell_rehearsal(report: Report) -> None:
    where = "on a copy" if is_sqlite() else "in a transaction that was taken back"
    names = dict.fromkeys([*report.before, *report.after])
    rows = ", ".join(f"{name} {in_two(report.before.get(name), report.after.get(name))}" for name in names)
    print(f"Rehearsed {where} in {report.seconds:.2f} s. Rows: {rows}.")
    if report.lost_after:
        gone = f"{report.lost_after:,} rows refer to rows that are gone, as before"
        print(f"Foreign keys: {gone}; python -m models sweep finds them.")
    else:
        print("Foreign keys: each row that another one refers to is there.")


def in_two(before: int | None, after: int | None) -> str:
    """As in: 7; or 7 → none, where the table goes."""
    words = ["none" if count is None else f"{count:,}" for count in (before, after)]
    return words[0] if words[0] == words[1] else " → ".join(words)


def agree(question: str, is_sure: bool) -> None:
    """It ends unless whoever sits there agrees; a script has said all there is to say."""
    if not is_sure and sys.stdin.isatty() and not is_yes(input(question)):
        raise SystemExit(NOT_YET)


def keep_a_copy() -> None:
    """All as it is now. Without PostgreSQL's own program a backup would ask the classes, which differ now."""
    if is_sqlite() or shutil.which("pg_dump"):
        print(f"Made {make_backup(VERSION, backup_folder())}, which python -m models restore brings back.")
    else:
        print(
            "No backup is made, as pg_dump is not here. The rows of these tables are kept in the database for an undo."
        )


@contextmanager
def migration_file(alteration: Alteration) -> Iterator[MigrationFile | None]:
    """For tables of the house: the file goes again when the tables could not be changed."""
    text = alteration.migration(are_own=False)
    if not text:
        yield None
        return
    name = file_name(alteration)
    path = MIGRATIONS / f"{name}.py"

    def put() -> None:
        unfinished = path.with_name(f".{name}.part")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.rename(path)

    try:
        yield MigrationFile(name, put, lambda: runner().fake(name))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    print(f"Wrote {path.relative_to(HOUSE)}: keep it with the program.")


def file_name(alteration: Alteration) -> str:
    number = max(int(file.stem[:4]) for file in MIGRATIONS.glob("[0-9]*.py")) + 1
    return f"{number:04}_change_{'_'.join(plan.table for plan in alteration.changed(are_own=False))}"


def bring_back_last(is_sure: bool) -> None:
    """Undo the change that was made last."""
    kept = kept_alterations()
    if not kept:
        raise SystemExit("There is no change to undo.")
    print(f"Changed on {kept[0].made} UTC:")
    print(*kept[0].words, sep="\n")
    if news := rows_since(kept[0]):
        raise SystemExit("\n".join([*news, LOST]))
    agree("Bring the tables and their rows back as they were before? [y/N] ", is_sure)
    keep_a_copy()
    undo(kept[0])
    forget_file(kept[0])
    tables = ", ".join(table.old for table in kept[0].tables)
    print(f"As before: {tables}. Put the classes back, too, then start the site.")


def forget_file(kept: KeptAlteration) -> None:
    """The migration that was written for it must not be applied again."""
    path: Path = MIGRATIONS / f"{kept.file}.py"
    if kept.file and path.is_file():
        path.unlink()
        print(f"Removed {path.relative_to(HOUSE)}.")
