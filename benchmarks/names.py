"""What each that is compared is called, and of which two the parts are told."""

VISITOR = "ours, a visitor"
MEMBER = "ours, a member"
TWO_PROCESSES = "ours, a member, 2 processes"
BARE = "bare waitress"
BY_HAND = "sqlite3 and json by hand"
PLAIN = "Bottle + Peewee, plain"
FLASK = "Flask + SQLAlchemy"
FASTAPI = "FastAPI + SQLModel"
POCKETBASE = "PocketBase"
DJANGO = "Django + REST framework"
OURS = (VISITOR, MEMBER, TWO_PROCESSES)
RATIOS = (
    (VISITOR, BARE),
    (VISITOR, POCKETBASE),
    (VISITOR, PLAIN),
    (VISITOR, FLASK),
    (MEMBER, PLAIN),
    (MEMBER, POCKETBASE),
    (MEMBER, FLASK),
    (TWO_PROCESSES, MEMBER),
)
