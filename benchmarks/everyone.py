"""All that are compared, in the order in which they are shown."""

from benchmarks import names
from benchmarks.ours import Ours
from benchmarks.peer import Peer
from benchmarks.pocketbase import PocketBase
from config import Settings

WAITRESS = "-m waitress --threads={threads} --listen=127.0.0.1:{port} benchmarks.peers."
GUNICORN = "-m gunicorn --workers=1 --threads={threads} --bind=127.0.0.1:{port} benchmarks.peers."
UVICORN = "-m uvicorn --no-access-log --port={port} benchmarks.peers."


def everyone() -> dict[str, Peer]:
    """Each by the word that chooses it."""
    peers = {
        "visitor": Ours(names.VISITOR),
        "member": Ours(names.MEMBER, member=True),
        "bare": Peer(names.BARE, f"{WAITRESS}bare:app", written="nothing"),
        "hand": Peer(names.BY_HAND, f"{WAITRESS}by_hand:app"),
        "bottle": Peer(names.PLAIN, f"{WAITRESS}bottle_and_peewee:app"),
        "flask": Peer(names.FLASK, f"{GUNICORN}flask_and_sqlalchemy:app"),
        "fastapi": Peer(names.FASTAPI, f"{UVICORN}fastapi_and_sqlmodel:app"),
        "django": Peer(names.DJANGO, f"{GUNICORN}django_and_drf:app"),
        "pocketbase": PocketBase(names.POCKETBASE),
    }
    if "processes" in Settings.__annotations__:
        peers["two"] = Ours(names.TWO_PROCESSES, member=True, PROCESSES="2")
    return peers
