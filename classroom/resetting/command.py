"""`python -m models reset-class`: the rows of a group go, its people and their passwords stay."""

from argparse import Namespace

from classroom.resetting.reset_group import ResetPlan, plan_of_reset, reset_group, words_of_counts
from config import VERSION
from models.group import Group
from models.shared.backup.kept import backup_folder
from models.shared.backup.making import make_backup
from models.shared.start_errors import Unusable
from seed.question import is_agreed

NOTHING_CHANGED = "Nothing was changed."


def run(options: Namespace) -> None:
    group = group_named(options.group)
    plan = plan_of_reset(group)
    print(*lines_of_plan(plan), sep="\n")
    if plan.is_empty and not options.samples:
        return
    if not options.yes and not is_agreed("Take all this away? [y/N] "):
        raise SystemExit(NOTHING_CHANGED)
    back_up_first()
    done = reset_group(group, options.samples)
    print(f"Taken away: {words_of_counts(done.going) or 'nothing'}.")
    if options.samples:
        print("Sample rows are there again.")


def group_named(name: str) -> Group:
    """Unusable when none is called so."""
    group: Group | None = Group.get_or_none(Group.name == name)
    if group is None:
        names = ", ".join(str(each) for each in Group.select().order_by(Group.name)) or "none yet"
        raise Unusable(f"There is no group {name}. There are: {names}.")
    return group


def lines_of_plan(plan: ResetPlan) -> list[str]:
    """What would be done."""
    people = f"{len(plan.members)} {'person' if len(plan.members) == 1 else 'people'}"
    lines = [f"Of {people}: {words_of_counts(plan.going) or 'there are no rows'}."]
    lines += [f"With them go: {words_of_counts(plan.along)}."] if plan.along else []
    lines += [f"As others refer to them, there stay: {words_of_counts(plan.staying)}."] if plan.staying else []
    return lines


def back_up_first() -> None:
    """Whoever sits there is asked when none can be made, whatever they have said before."""
    try:
        path = make_backup(VERSION, backup_folder())
    except Unusable as error:
        print(f"No backup can be made: {error}")
        if not is_agreed("Go on without one? [y/N] "):
            raise SystemExit(NOTHING_CHANGED) from None
    else:
        print(f"Made {path}, in which all of it is.")
