"""What may be written in a Peewee expression. What does not stand here is refused: there is no list of bad words."""

from typing import NamedTuple


class Takes(NamedTuple):
    """The kinds of arguments of a method, in their order; the `last` may be repeated. `named` are those with a name.

    Optional ones may be left out from the end. `arguments.py` knows what each kind is.
    """

    first: tuple[str, ...] = ()
    last: str = ""
    named: tuple[tuple[str, str], ...] = ()
    optional: int = 0


NODES = Takes(last="node")
JOINED = (("on", "node"), ("src", "source"), ("attr", "word"))

# Of a class: `User.select()`.
OF_MODEL = {
    "select": NODES,
    "alias": Takes(("word",), optional=1),
    "update": Takes(named=(("*", "value"),)),
    "insert": Takes(named=(("*", "value"),)),
    "delete": Takes(),
    "get": Takes(last="node", named=(("*", "value"),)),
    "get_or_none": Takes(last="node", named=(("*", "value"),)),
    "get_by_id": Takes(("value",)),
}
FINDS_ONE = ("get", "get_or_none", "get_by_id")  # of a class
# Of a query: `.where(…)`.
OF_QUERY = {
    "select": NODES,
    "select_extend": NODES,
    "where": NODES,
    "orwhere": NODES,
    "group_by": NODES,
    "group_by_extend": NODES,
    "having": NODES,
    "order_by": NODES,
    "order_by_extend": NODES,
    "distinct": NODES,
    "limit": Takes(("number",)),
    "offset": Takes(("number",)),
    "paginate": Takes(("number", "number"), optional=1),
    "join": Takes(("source", "join"), named=(("join_type", "join"), *JOINED), optional=1),
    "left_outer_join": Takes(("source",), named=JOINED),
    "join_from": Takes(("source", "source", "join"), named=(("on", "node"), ("attr", "word")), optional=1),
    "switch": Takes(("source",), optional=1),
    "from_": Takes(last="source"),
    "union": Takes(("query",)),
    "union_all": Takes(("query",)),
    "intersect": Takes(("query",)),
    "except_": Takes(("query",)),
    "alias": Takes(("word",)),
    "dicts": Takes(),
    "tuples": Takes(),
    "namedtuples": Takes(),
    "objects": Takes(),
}
# What asks at once, and so ends an expression.
ASKS_AT_ONCE = {
    "count": Takes(),
    "exists": Takes(),
    "first": Takes(),
    "get": Takes(),
    "get_or_none": Takes(),
    "scalar": Takes(),
    "execute": Takes(),
}
# Of a column, and of what is made of columns.
OF_COLUMN = {
    "is_null": Takes(("truth",), optional=1),
    "in_": Takes(("several",)),
    "not_in": Takes(("several",)),
    "between": Takes(("value", "value")),
    "contains": Takes(("text",)),
    "startswith": Takes(("text",)),
    "endswith": Takes(("text",)),
    "like": Takes(("text",)),
    "ilike": Takes(("text",)),
    "concat": Takes(("text",)),
    "bin_and": Takes(("value",)),
    "bin_or": Takes(("value",)),
    "asc": Takes(named=(("nulls", "end"),)),
    "desc": Takes(named=(("nulls", "end"),)),
    "alias": Takes(("word",)),
    "distinct": Takes(),
    "cast": Takes(("type",)),
    "collate": Takes(("collation",)),
}
# Of `fn.COUNT(…)`, too.
OF_FUNCTION = {
    "over": Takes(named=(("partition_by", "nodes"), ("order_by", "nodes"))),
    "filter": Takes(("node",)),
    "order_by": NODES,
}

FUNCTIONS = {
    *("COUNT", "SUM", "TOTAL", "AVG", "MIN", "MAX", "GROUP_CONCAT", "STRING_AGG", "DISTINCT", "EXISTS"),
    *("LOWER", "UPPER", "LENGTH", "SUBSTR", "SUBSTRING", "INSTR", "TRIM", "LTRIM", "RTRIM", "CONCAT"),
    *("ABS", "ROUND", "SIGN", "MOD", "RANDOM", "COALESCE", "IFNULL", "NULLIF", "IIF", "TYPEOF"),
    *("DATE", "TIME", "DATETIME", "JULIANDAY", "STRFTIME", "DATE_TRUNC", "DATE_PART", "TO_CHAR", "NOW", "AGE"),
    *("ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "NTILE", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE"),
}
KINDS_OF_JOIN = ("INNER", "LEFT_OUTER", "RIGHT_OUTER", "FULL", "FULL_OUTER", "CROSS")
COLLATIONS = ("NOCASE", "BINARY", "RTRIM")
TYPES_OF_SQL = ("INTEGER", "REAL", "TEXT", "NUMERIC", "FLOAT", "DATE", "TIMESTAMP", "BOOLEAN")
