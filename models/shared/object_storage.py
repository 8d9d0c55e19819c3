"""The files of pictures in a bucket of a server that speaks S3: as many machines as there are see the same ones."""

import io
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from models.shared.object_server import ObjectServer
from models.shared.picture import MIME_TYPES
from models.shared.start_errors import Unusable
from models.shared.storage import StorageFailed, StorageUnreachable, storage, url_prefix

FILE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")  # what else is in the bucket is none of ours
FILES_AT_ONCE = 8  # files that are fetched for a backup
NO_CLIENT = "PICTURES needs a client that is not here: pip install botocore"


class ObjectStorage:
    """Objects below a prefix, each under the name it was given; what `Folder` says of its methods is true here too.

    An object is there whole or not at all. StorageUnreachable when the server does not answer, or not to us.
    """

    def __init__(self, place: str, region: str, endpoint_url: str, disk: Path) -> None:
        self.bucket, _, prefix = place.removeprefix("s3://").partition("/")
        self.prefix, self.disk = f"{prefix}/", disk
        self.server = ObjectServer(region, endpoint_url)
        self.health = ObjectServer(region, endpoint_url, seconds=1.0, tries=1)

    def put(self, name: str, content: bytes) -> None:
        """Keep `content`. StorageFailed when something else has that name."""
        try:
            self.send(name, content, IfNoneMatch="*")
        except FileExistsError:  # our own, when only the answer to it was lost
            if self.read(name) != content:
                raise StorageFailed(f"{name} is there already") from None

    def replace(self, name: str, content: bytes) -> None:
        """The same in place of what has that name."""
        self.send(name, content)

    def send(self, name: str, content: bytes, **conditions: str) -> None:
        """Keep it under the `conditions` of HTTP."""
        kind = MIME_TYPES.get(Path(name).suffix, "application/octet-stream")
        values = self.key(name) | {"Body": content, "ContentType": kind} | conditions
        self.server.ask(lambda client: client.put_object(**values))

    def open(self, name: str) -> BinaryIO:
        """The file, to be read and closed. It has come whole, so nobody gets half of it."""
        return io.BytesIO(self.read(name))

    def read(self, name: str) -> bytes:
        """All of the file. FileNotFoundError when there is none."""
        return self.server.ask(lambda client: bytes(client.get_object(**self.key(name))["Body"].read()))

    def delete(self, name: str) -> None:
        """Remove the file, if it is there."""
        self.server.ask(lambda client: client.delete_object(**self.key(name)))

    def key(self, name: str) -> dict[str, Any]:
        """Which object it is."""
        return {"Bucket": self.bucket, "Key": f"{self.prefix}{name}"}

    def url(self, name: str) -> str:
        """Where a browser finds the file: at the site, which asks who it is, and says how long it may be kept."""
        return f"{url_prefix.get()}/uploads/{name}"

    def names(self, older_than: float = 0) -> Iterator[str]:
        """All files that have been there for so many seconds."""
        newest = time.time() - older_than
        for each in self.server.ask(self.all_objects):
            name = str(each["Key"]).removeprefix(self.prefix)
            if FILE_NAME.fullmatch(name) and each["LastModified"].timestamp() <= newest:
                yield name

    def all_objects(self, client: Any) -> list[dict[str, Any]]:
        """What the bucket says of them, in the order of their names."""
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix, Delimiter="/")
        return [each for page in pages for each in page.get("Contents", ())]

    def hold(self, names: Iterable[str], place: Path) -> None:
        """Fetch these files into the folder `place`; one that is not there is left out."""
        from concurrent.futures import ThreadPoolExecutor  # only for a backup

        def fetch(name: str) -> None:
            with suppress(FileNotFoundError):
                (place / name).write_bytes(self.read(name))

        with ThreadPoolExecutor(FILES_AT_ONCE) as pool:
            list(pool.map(fetch, names))

    def last_change(self) -> int:
        """Always the same, as nobody tells: what is new is fetched when it is known which rows name it."""
        return 0

    def beside(self, name: str) -> Path:
        """Where else something is kept on this machine."""
        return self.disk / name

    @property
    def on_disk(self) -> list[Path]:
        """The folder for all else."""
        return [self.disk]

    @property
    def lent(self) -> str:
        """No folder."""
        return ""

    def state(self) -> dict[str, str]:
        """Whether the bucket can be read, found out in a second."""
        look = {"Bucket": self.bucket, "Prefix": self.prefix, "MaxKeys": 1}
        try:
            self.health.ask(lambda client: client.list_objects_v2(**look))
        except (StorageUnreachable, FileNotFoundError) as error:
            return {"pictures": str(error)}
        return {"pictures": "ok"}

    def require_writable(self) -> None:
        """When the server is away, rows can be written all the same."""

    def has_room(self) -> bool:
        """A bucket has no end."""
        return True


def keep_in_bucket(place: str, region: str, endpoint_url: str, disk: Path) -> None:
    """From here on, pictures are in the bucket that `place` names; what else is kept is in the folder `disk`."""
    if not find_spec("botocore"):
        raise Unusable(NO_CLIENT)
    storage.initialize(ObjectStorage(place, region, endpoint_url, disk))
