"""Takes the rows of a group away, in one transaction, and lays sample rows again where somebody wants them."""

from typing import Any, NamedTuple

from classroom.resetting.group_rows import rows_of_members
from models.group import Group
from models.post import SamplePictures, init_posts
from models.shared.database import database
from models.shared.deleting_many import deletion_of_most
from models.shared.loading import all_resources
from models.shared.resource import singular_of
from models.shared.row_checks import Invalid
from models.user import User

NamedCounts = dict[str, int]  # of rows, by what they are called


class ResetPlan(NamedTuple):
    """What would be done: the members, the rows of theirs that go and that stay, and rows of others that go along."""

    members: list[User]
    going: NamedCounts
    staying: NamedCounts
    along: NamedCounts

    @property
    def is_empty(self) -> bool:
        """Whether nothing goes."""
        return not self.going


def plan_of_reset(group: Group) -> ResetPlan:
    """As it is now."""
    return plan_and_deletion(group)[0]


def reset_group(group: Group, with_samples: bool = False) -> ResetPlan:
    """Do it; what has gone. `Invalid` when sample rows cannot be laid again: then all is as it was."""
    from models.shared.schema import without_files_after_failure  # what changes tables is nothing for a start

    pictures: SamplePictures = {}
    if with_samples:
        from seed.pictures import sample_pictures  # it loads Pillow

        pictures = sample_pictures()
    with without_files_after_failure(pictures), database.atomic():
        group.lock()
        plan, deletion = plan_and_deletion(group)
        deletion.carry_out()
        if with_samples:
            lay_samples(plan.members, pictures)
    return plan


def plan_and_deletion(group: Group) -> tuple[ResetPlan, Any]:
    """What goes in words, and what does it."""
    members = list(group.pupils())
    deletion, staying = deletion_of_most(rows_of_members(group, members))
    in_all = {model: model.select().where(where).count() for model, where in deletion.gone.items() if model.plural}
    along = {model: count - len(deletion.given.get(model, ())) for model, count in in_all.items()}
    sets = (deletion.given, staying)
    going, stays = ({model: len(ids) for model, ids in each.items()} for each in sets)
    return ResetPlan(members, named_counts(going), named_counts(stays), named_counts(along)), deletion


def named_counts(counts: dict[Any, int]) -> NamedCounts:
    """Of those that are some."""
    return {words_for_count(model, count): count for model, count in counts.items() if count}


def words_for_count(model: Any, count: int) -> str:
    """What so many of them are called."""
    return singular_of(model) if count == 1 else str(model._meta.table_name).replace("_", " ")


def lay_samples(members: list[User], pictures: SamplePictures) -> None:
    """The lesson's notes of its users among these, and the rows of each model whose table is empty now."""
    from models.shared.resource_tables import fill

    init_posts(pictures, members)
    for model in all_resources():
        if not model.select().exists():
            try:
                fill(model)
            except Exception as error:
                reason = f"of {model.plural} cannot be laid: {type(error).__name__} in init_{model.plural}()"
                raise Invalid({"samples": reason}) from error


def words_of_counts(counts: NamedCounts) -> str:
    """As in: 12 posts, 1 planet."""
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
