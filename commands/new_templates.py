"""The texts that `python -m models new` fills in."""

MODEL = '''"""{title}: say here what they are for."""

{imports}


class {class_name}(Resource):
    """Say here what one of them is."""

{fields}


def init_{plural}() -> None:
    """Sample rows, made together with the table."""
    {class_name}.create(
{values}
    )
'''
TEST = '''"""{title}: what they keep."""

{import_user}from models.{name} import {class_name}, init_{plural}


def test_the_sample_rows_are_there(tables):
{add_user}    init_{plural}()
    row = {class_name}.get().read()
    assert row["id"] == 1
    assert row["{first}"] is not None


def test_a_row_is_found_by_everyone_and_deleted_by_an_admin(visitor, admin):
    row = visitor.get("/api/{plural}").json["{plural}"][0]
    visitor.get(f"/{plural}/{{row['id']}}", status=200)
    admin.delete(f"/api/{plural}/{{row['id']}}", status=204)
'''
NEXT = """Made models/{name}.py and tests/models/test_{name}.py. Now
- write your sample rows in {init}(),
- start the site again, and look at /{plural} and /api/{plural},
- run the test: python -m pytest tests/models/test_{name}.py"""
