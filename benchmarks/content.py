"""What each peer holds: twenty users and their posts, and what it must answer when it is asked for them."""

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

USERS = (
    ("Thomas Edison", "toby", date(1847, 2, 11)),
    ("Nikola Tesla", "niko", date(1856, 7, 10)),
    ("Alexander Graham Bell", "lex", date(1847, 3, 3)),
    ("Eli Whitney", "whit", date(1765, 12, 8)),
    ("Grace Hopper", "hop", date(1906, 12, 9)),
    ("Hedy Lamarr", "hedy", date(1914, 11, 9)),
    ("Marie Curie", "marie", date(1867, 11, 7)),
    ("Ada Lovelace", "ada", date(1815, 12, 10)),
    ("Charles Babbage", "charles", date(1791, 12, 26)),
    ("Alan Turing", "alan", date(1912, 6, 23)),
    ("Emmy Noether", "emmy", date(1882, 3, 23)),
    ("Lise Meitner", "lise", date(1878, 11, 7)),
    ("Michael Faraday", "michael", date(1791, 9, 22)),
    ("Rosalind Franklin", "rosalind", date(1920, 7, 25)),
    ("Sofia Kovalevskaya", "sofia", date(1850, 1, 15)),
    ("Srinivasa Ramanujan", "srinivasa", date(1887, 12, 22)),
    ("James Clerk Maxwell", "james", date(1831, 6, 13)),
    ("Dorothy Hodgkin", "dorothy", date(1910, 5, 12)),
    ("Max Planck", "max", date(1858, 4, 23)),
    ("Katherine Johnson", "katherine", date(1918, 8, 26)),
)
MANY_POSTS, FEW_POSTS = 12, 2  # of the first user, more than a list shows; of each other one
SHOWN = 10
FIRST_POST_AT = datetime(2026, 1, 5, 9, 30)
WRITER = 2  # the id of the user whose posts the writes are
NEW_POST = {"note": "Written while the clock runs: as long as what people write on such a site."}
TABLES = """
pragma journal_mode = wal;
create table users (id integer primary key, name text not null, uid text not null unique, role text not null, dob text);
create table posts (
    id integer primary key,
    user_id integer not null references users(id) on delete cascade,
    note text not null, alt text, image text, created text not null
);
create index posts_user on posts(user_id);
"""


def user_rows() -> list[dict]:
    return [
        {"id": number, "name": name, "uid": uid, "role": "user", "dob": dob}
        for number, (name, uid, dob) in enumerate(USERS, start=1)
    ]


def post_rows() -> list[dict]:
    rows: list[dict] = []
    for user in user_rows():
        for number in range(MANY_POSTS if user["id"] == 1 else FEW_POSTS):
            note = f"Note {number + 1} of {user['name']}: about as long as what people write in one go."
            created = FIRST_POST_AT + len(rows) * timedelta(hours=7, minutes=11)
            rows.append({"id": len(rows) + 1, "user": user["id"], "note": note, "created": created})
    return rows


def make_database(path: Path) -> None:
    """The file that each peer in Python opens."""
    database = sqlite3.connect(path)
    database.executescript(TABLES)
    database.executemany(
        "insert into users values (:id, :name, :uid, :role, :dob)",
        [row | {"dob": row["dob"].isoformat()} for row in user_rows()],
    )
    database.executemany(
        "insert into posts values (:id, :user, :note, null, null, :created)",
        [row | {"created": str(row["created"])} for row in post_rows()],
    )
    database.commit()
    database.close()


def expected_users() -> list[dict]:
    """As JSON has them: the newest posts of each, and how many there are."""
    posts = [
        row | {"alt": None, "image": None, "created": row["created"].isoformat() + "Z"} for row in reversed(post_rows())
    ]
    users = []
    for row in user_rows():
        theirs = [post for post in posts if post["user"] == row["id"]]
        told = {"dob": row["dob"].isoformat(), "age": age(row["dob"]), "posts": theirs[:SHOWN]}
        users.append(row | told | {"posts_total": len(theirs)})
    return users


def age(dob: date) -> int:
    today = date.today()
    return today.year - dob.year - ((today.month, today.day) < (dob.month, dob.day))
