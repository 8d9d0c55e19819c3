"""The texts that `python -m models new` fills in."""

MODEL = '''"""{title}: say here what they are for."""

{imports}


class {class_name}(Resource):
    """Say here what one of them is."""

{fields}
{plural_line}

def init_{plural}() -> None:
    """Sample rows, made together with the table."""
    {class_name}.create(
{values}
    )
'''
TEST = '''"""{title}: their pages and their JSON, with the sample rows that `init_{plural}()` makes."""


def test_each_row_is_in_the_list_and_has_a_page(admin):
    page = admin.get("/{plural}")
    for row in admin.get("/api/{plural}").json["{plural}"]:
        assert f'/{plural}/{{row["id"]}}"' in page
        admin.get(f"/{plural}/{{row['id']}}", status=200)


def test_a_form_that_changes_nothing_is_saved(admin):
    for row in admin.get("/api/{plural}").json["{plural}"]:
        form = admin.get(f"/{plural}/{{row['id']}}/edit").forms["edit"]
        form.submit(status=303)
        assert admin.get(f"/api/{plural}/{{row['id']}}").json == row


def test_nobody_adds_a_row_without_logging_in(visitor):
    visitor.get("/{plural}/new", status=303)
    visitor.post_json("/api/{plural}", {{}}, status=401)
'''
NEXT = """Made models/{name}.py and tests/models/test_{name}.py. Now
- write your sample rows in init_{plural}(),
- start the site again, and look at /{plural} and /api/{plural},
- run the test: python -m pytest tests/models/test_{name}.py"""
