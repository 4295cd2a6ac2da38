"""Originals, renders and everything else that is a file: a local folder or an object store.

Keys are paths parted by `/`, always made by us. One API over both kinds by `obstore`; the local
kind also gives real paths, so that nothing is copied where a rename does.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, S3Store, from_url

from ultra.kit.errors import NotFound
from ultra.kit.ids import new_id
from ultra.settings import settings

CHUNK = 1_048_576
PART = 8 * 1_048_576
SIGNED_FOR = timedelta(hours=1)


class Storage:
    """A store, by its URL: file:///…, s3://bucket/prefix, gs://…, az://…"""

    def __init__(self, url: str, options: dict[str, str] | None = None) -> None:
        self._root: Path | None = None
        if urlsplit(url).scheme == "file":
            self._root = Path(unquote(urlsplit(url).path))
            self._root.mkdir(parents=True, exist_ok=True)
            self._store: Any = LocalStore(self._root)
        else:
            given = options or {}
            endpoint = given.get("aws_endpoint") or given.get("endpoint", "")
            # A store of one's own in the same network often speaks plain HTTP; its address says so.
            client: Any = {"allow_http": endpoint.startswith("http://")}
            self._store = from_url(url, config=given, client_options=client)  # type: ignore[call-overload]

    def local_path(self, key: str) -> Path | None:
        """Where the file lies, when it lies on this machine."""
        return self._root / key if self._root else None

    def put(self, key: str, data: bytes | Iterable[bytes]) -> None:
        """Store bytes; an iterable piece by piece, so memory stays flat. All of it or nothing."""
        if isinstance(data, bytes):
            obstore.put(self._store, key, data)
        elif target := self.local_path(key):
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{new_id().hex}")
            try:
                with beside.open("wb") as file:
                    file.writelines(data)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)
        else:
            # Not by obstore.put with an iterator: that may not read from a store while it writes.
            writer = obstore.open_writer(self._store, key, buffer_size=PART, max_concurrency=2)
            for piece in data:
                writer.write(piece)
            # Only closing publishes the object; after an exception above it never appears.
            writer.close()

    def adopt(self, path: Path, key: str) -> None:
        """Move a finished local file into the store; all of it appears at once or nothing."""
        if target := self.local_path(key):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                path.replace(target)
            except OSError:  # another file system
                beside = target.with_name(f".{new_id().hex}")
                shutil.copyfile(path, beside)
                beside.replace(target)
                path.unlink()
            return
        with path.open("rb") as file:
            obstore.put(self._store, key, file, chunk_size=PART, max_concurrency=2)
        path.unlink()

    def put_file(self, path: Path, key: str) -> None:
        """Store a finished local file and leave it where it is; in a local store by a hard link."""
        if target := self.local_path(key):
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{new_id().hex}")
            try:
                beside.hardlink_to(path)
            except OSError:  # another file system, or one without links
                shutil.copyfile(path, beside)
            beside.replace(target)
            return
        with path.open("rb") as file:
            obstore.put(self._store, key, file, chunk_size=PART, max_concurrency=2)

    def size(self, key: str) -> int:
        """Bytes. Raises NotFound."""
        try:
            return int(obstore.head(self._store, key)["size"])
        except (NotFoundError, FileNotFoundError) as error:
            raise NotFound from error

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except NotFound:
            return False
        return True

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from start (inclusive) to end (exclusive), piece by piece. Raises NotFound."""
        size = self.size(key)
        end = size if end is None else min(end, size)
        while start < end:
            stop = min(start + CHUNK, end)
            yield bytes(obstore.get_range(self._store, key, start=start, end=stop))
            start = stop

    @contextmanager
    def as_file(self, key: str, folder: Path) -> Iterator[Path]:
        """The object as a local file: itself, or a copy in `folder` that is removed afterwards."""
        if path := self.local_path(key):
            if not path.exists():
                raise NotFound
            yield path
            return
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"{new_id().hex}{Path(key).suffix}"
        try:
            with copy.open("wb") as file:
                for piece in self.read(key):
                    file.write(piece)
            yield copy
        finally:
            copy.unlink(missing_ok=True)

    def list(self, prefix: str) -> list[str]:
        """Every key below a prefix (a whole path segment, without the last slash)."""
        pages = obstore.list(self._store, prefix)
        return [str(entry["path"]) for page in pages for entry in page]

    def remove(self, key: str) -> None:
        """Delete one object; none is no error."""
        with suppress(NotFoundError, FileNotFoundError):
            obstore.delete(self._store, key)

    def delete(self, prefix: str) -> int:
        """Delete everything below a prefix; how many files there were. Safe to repeat."""
        keys = self.list(prefix)
        for key in keys:
            self.remove(key)
        if self._root:
            shutil.rmtree(self._root / prefix, ignore_errors=True)
        return len(keys)

    def sign(self, key: str) -> str | None:
        """A URL that reads this one object for an hour; None where the store cannot sign."""
        if isinstance(self._store, S3Store):
            return str(obstore.sign(self._store, "GET", key, SIGNED_FOR))
        return None

    def check(self) -> None:
        """Write, read and delete a small file. Raises whatever goes wrong."""
        key = f"checks/{new_id().hex}"
        self.put(key, b"ultra")
        if b"".join(self.read(key)) != b"ultra":
            raise OSError("the store gave back something else than was written")
        self.remove(key)


@cache
def storage() -> Storage:
    """The configured store, opened at first use."""
    options = {name: value.get_secret_value() for name, value in settings.storage_options.items()}
    return Storage(settings.storage_address, options)
