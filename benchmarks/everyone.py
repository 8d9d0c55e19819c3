"""All that are compared, in the order in which they are shown."""

from benchmarks.ours import Ours
from benchmarks.peer import Peer
from benchmarks.pocketbase import PocketBase
from config import Settings

WAITRESS = "-m waitress --threads={threads} --listen=127.0.0.1:{port} benchmarks.peers."
GUNICORN = "-m gunicorn --workers=1 --threads={threads} --bind=127.0.0.1:{port} benchmarks.peers."
UVICORN = "-m uvicorn --no-access-log --port={port} benchmarks.peers."

BARE = "bare waitress"
PLAIN = "Bottle + Peewee, plain"
VISITOR = "ours, a visitor"
MEMBER = "ours, a member"
FLASK = "Flask + SQLAlchemy"
POCKETBASE = "PocketBase"
TWO_PROCESSES = "ours, a member, 2 processes"


def everyone() -> dict[str, Peer]:
    """Each by the word that chooses it."""
    peers = {
        "ours": Ours(VISITOR),
        "member": Ours(MEMBER, member=True),
        "bare": Peer(BARE, f"{WAITRESS}bare:app", written="nothing"),
        "hand": Peer("sqlite3 and json by hand", f"{WAITRESS}by_hand:app"),
        "bottle": Peer(PLAIN, f"{WAITRESS}bottle_and_peewee:app"),
        "flask": Peer(FLASK, f"{GUNICORN}flask_and_sqlalchemy:app"),
        "fastapi": Peer("FastAPI + SQLModel", f"{UVICORN}fastapi_and_sqlmodel:app"),
        "pocketbase": PocketBase(POCKETBASE),
        "django": Peer("Django + REST framework", f"{GUNICORN}django_and_drf:app"),
    }
    if "processes" in Settings.__annotations__:
        peers["two"] = Ours(TWO_PROCESSES, member=True, PROCESSES="2")
    return peers
