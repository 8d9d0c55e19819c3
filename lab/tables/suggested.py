"""Lines to put into a class, so that it says what a table has."""

import re
from keyword import iskeyword

from lab.cures import models_by_table
from lab.tables.stored import StoredColumn, StoredTable
from lab.tables.whose import KnownTable

# What a type of SQL has in its name, and the field with its options.
FIELD_TYPES = {
    "BOOL": "BooleanField",
    "INT|SERIAL": "IntegerField",
    r"CHAR[A-Z ]*\((\d+)\)": "CharField max_length={0}",
    "REAL|FLOA|DOUB": "FloatField",
    r"(?:DECIMAL|NUMERIC)\((\d+), ?(\d+)\)": "DecimalField max_digits={0} decimal_places={1}",
    "DATETIME|TIMESTAMP": "DateTimeField",
    "DATE": "DateField",
    "UUID": "UUIDField",
}


def class_for(stored: StoredTable) -> tuple[str, str]:
    """A file, and the class in it that would have this table."""
    singular = re.sub(r"[^a-z0-9]+", "_", stored.name.lower()).strip("_").removesuffix("s")
    singular = singular if singular.isidentifier() and not iskeyword(singular) else "thing"
    name = "".join(part.capitalize() for part in singular.split("_"))
    fields = [f"    {line_of_field(column, stored)}" for column in stored.columns if column.name != "id"]
    lines = [f"class {name}(Resource):", *fields, "", "    class Meta:", f"        table_name = {stored.name!r}"]
    return f"models/{singular}.py", "\n".join(lines)


def line_as_stored(known: KnownTable, name: str) -> str:
    """The field as it must be for the column that is there; nothing where it has a name of its own."""
    line = line_of_field(known.stored.by_name[name], known.stored)
    return line if line.startswith(f"{known.fields[name].name} = ") else ""


def line_of_field(column: StoredColumn, stored: StoredTable) -> str:
    """A field for a column, as one writes it into a class."""
    key = next((key for key in stored.keys if key.columns == (column.name,)), None)
    model = models_by_table().get(key.table) if key else None
    name, options = name_of_attribute(column.name, bool(model))
    field, *given = ["ForeignKeyField", model.__name__] if model else field_of_type(column.type)
    is_unique = any(each.columns == (column.name,) and each.is_unique for each in stored.indexes)
    options += ["null=True"] * column.is_null + ["unique=True"] * is_unique
    return f"{name} = {field}({', '.join([*given, *options])})"


def name_of_attribute(column: str, is_key: bool) -> tuple[str, list[str]]:
    """What a field is called, and what it must say of its column."""
    if is_key and column.endswith("_id") and column[:-3].isidentifier():
        return column[:-3], []
    if column.isidentifier() and not column.startswith("_") and not iskeyword(column) and not is_key:
        return column, []
    name = re.sub(r"\W", "_", column).strip("_")
    return name if name.isidentifier() and not iskeyword(name) else "value", [f"column_name={column!r}"]


def field_of_type(type_name: str) -> list[str]:
    """Peewee's field for a type of SQL, and its options."""
    for pattern, line in FIELD_TYPES.items():
        found = re.search(pattern, type_name.upper())
        if found:
            return line.format(*found.groups()).split()
    return ["TextField"]
