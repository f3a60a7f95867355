"""A site in a bucket, or on any other file system that fsspec knows.

Nothing can be swapped there as a whole. So files go up in the order in which pages come, many at
once within a batch and one batch after the other (what is linked to is there before what links to
it), and what is no longer needed goes last: whenever a build ends early, every link that was good
still is.

What is there is known from the ledger as long as nobody else has written since. That shows in the
*seal*: a build that changed anything uploads the home page once more at its end, and remembers what
the server says of that file (its time, above all). Where the seal is not as remembered, by another
machine's build or one that was killed, or the ledger is lost, all files are listed, and compared by
size and MD5. S3 gives the MD5 of what was uploaded in one piece as its ETag
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from digest.ledger import Written
from digest.problems import DigestError, Problem
from digest.website.folder import OWN_FOLDERS, Body, create, in_turn, inside, is_ours
from digest.website.media import cache_control, media_type
from digest.website.refusals import explain, may_pass

A = TypeVar("A")
R = TypeVar("R")
_SEALED = "index.html"
_AT_ONCE = 32
"""Requests under way at a time, for each process."""
_PAUSES = (0.25, 1.0, 4.0)
"""Seconds before each new attempt at what may have failed by chance."""
_BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az", "oci", "memory"})
"""Protocols of stores that know no folders."""
_SAYS = ("LastModified", "last_modified", "updated", "mtime", "created", "ETag", "etag", "md5Hash")
"""What servers say of a file that changes when it is written."""
_MD5 = re.compile(r'"?([0-9a-f]{32})"?')

_State = tuple[int, int | None]
"""Size of a file, and its MD5 as `_number` gives it, or None where the server does not say it."""


class Remote:
    """The output of builds at one address. Copies of it in other processes may write, too."""

    far = True

    def __init__(self, url: str, memory: Path) -> None:
        """`memory`: the file in which the seal is remembered."""
        self.name = url.rstrip("/")
        self._memory = memory
        self._sealed = False
        self._seen: list[str] = []
        self._there: dict[str, _State] | None = None
        self._anew = False
        self._opened: tuple[int, Any, str] | None = None

    def __getstate__(self) -> dict[str, Any]:
        # A connection is of one process.
        return {**self.__dict__, "_opened": None}

    def prepare(self, content: Path) -> None:  # noqa: ARG002 - as for a folder
        """Make sure that it can be reached, and refuse to write where that would harm.

        Raises DigestError where there is no bucket, no right or something that is not ours.
        """
        files, root = self._open()
        with self._saying():
            if is_ours(lambda name: bool(files.exists(f"{root}/{name}"))):
                return
            with contextlib.suppress(FileNotFoundError):
                if files.ls(root, detail=False):
                    raise self._refused(
                        "is not empty, and not a site that digest made",
                        "Name another prefix, such as “…/digest”, or empty this one.",
                    )
            bucket = root.partition("/")[0]
            if bucket and _protocols(files) & {"s3", "gs"} and not files.exists(bucket):
                raise FileNotFoundError(bucket)

    def changed(self, rows: Mapping[str, Written], jobs: int = 1) -> set[str]:  # noqa: ARG002
        """Those of `rows` that are no longer as the ledger says, or gone."""
        self._seen = self._seal()
        self._sealed = bool(rows) and not self._anew and self._seen == self._remembered()
        if self._sealed:
            self._there = {path: (row.size, row.mtime_ns) for path, row in rows.items()}
            return set()
        self._there = self._list()
        # Where no MD5 is said, nothing is known of the bytes.
        return {
            path for path, row in rows.items() if self._there.get(path) != (row.size, row.mtime_ns)
        }

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in (self._there or {})

    def mark(self) -> bytes:
        """What changes when another build writes there; empty where that cannot be known."""
        seal = self._seal()
        return json.dumps(seal).encode() if seal and seal == self._remembered() else b""

    def gone(self, known: Collection[str], planned: Collection[str]) -> list[str]:
        """What is there, of this build's making, and not planned any more."""
        there = self._there or {}
        ours = {path for path in there if path.partition("/")[0] in OWN_FOLDERS}
        return sorted((ours | (set(known) & there.keys())).difference(planned))

    def clear(self) -> None:
        """Upload all anew, whatever is there."""
        self._anew = True

    def is_new(self) -> bool:
        """Whether there is no site yet."""
        return not self._seen

    def open(self, *, staged: bool, ours: Iterable[str]) -> Remote:  # noqa: ARG002
        """Begin to write."""
        return self

    def __enter__(self) -> Remote:
        # A build that is killed leaves no seal behind.
        with contextlib.suppress(FileNotFoundError):
            self._memory.unlink()
        return self

    def __exit__(self, *_error: object) -> None: ...

    def write_all(self, bodies: Sequence[Body]) -> list[tuple[Written, bool]]:
        """Make sure that each path holds its body; the flags say whether that changed it."""
        return [done for alike in in_turn(bodies) for done in self._all(self._write, alike)]

    def keep_all(self, paths: Iterable[str]) -> None:
        """Leave `paths` as the last build left them."""

    def keep_old(self, path: str) -> None:
        """Leave `path` as it is: it could not be made anew."""

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files of earlier builds."""
        self._all(self._remove, list(paths))

    def seal(self, *, changed: bool) -> None:
        """Note that the ledger now knows what is there. To be called when it does."""
        if changed:
            files, root = self._open()
            with self._saying():
                try:
                    body = files.cat_file(f"{root}/{_SEALED}")
                except FileNotFoundError:
                    return
            self._put(_SEALED, body)
            self._seen = self._seal()
        with contextlib.suppress(OSError):
            create(str(self._memory), json.dumps(self._seen).encode())

    def _write(self, body: Body) -> tuple[Written, bool]:
        mark = hashlib.md5(body.content, usedforsecurity=False).hexdigest()
        state = len(body.content), _number(mark)
        row = Written(body.fingerprint, *state)
        if not self._anew and (self._there or {}).get(body.path) == state:
            return row, False
        self._put(inside(body.path), body.content)
        return row, True

    def _put(self, path: str, content: bytes) -> None:
        files, root = self._open()
        headers = _headers(files, path)
        target = f"{root}/{path}"
        if not _protocols(files) & _BUCKETS:
            files.makedirs(target.rpartition("/")[0], exist_ok=True)
        _trying(lambda: files.pipe_file(target, content, **headers))

    def _remove(self, path: str) -> None:
        files, root = self._open()
        with contextlib.suppress(FileNotFoundError):
            _trying(lambda: files.rm_file(f"{root}/{inside(path)}"))

    def _list(self) -> dict[str, _State]:
        files, root = self._open()
        skip = len(root) + 1
        with self._saying():
            try:
                found = files.find(root, detail=True)
            except FileNotFoundError:
                return {}
        return {path[skip:]: (info["size"], _md5_of(info)) for path, info in found.items()}

    def _seal(self) -> list[str]:
        files, root = self._open()
        with self._saying():
            try:
                info = files.info(f"{root}/{_SEALED}")
            except FileNotFoundError:
                return []
        return [f"{name} {info[name]}" for name in _SAYS if name in info]

    def _remembered(self) -> list[str] | None:
        try:
            kept = json.loads(self._memory.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        # A server that says nothing of its files cannot be trusted to be left alone.
        return kept or None

    def _all(self, do: Callable[[A], R], items: Sequence[A]) -> list[R]:
        with self._saying():
            self._open()
            with ThreadPoolExecutor(min(_AT_ONCE, max(1, len(items)))) as threads:
                return list(threads.map(do, items))

    @contextlib.contextmanager
    def _saying(self) -> Iterator[None]:
        """Errors of the other side, in words."""
        try:
            yield
        except Exception as error:
            said = explain(error, self.name)
            if said is None:
                raise
            raise self._refused(*said) from error

    def _refused(self, message: str, hint: str) -> DigestError:
        return DigestError(Problem(self.name, None, "error", message, hint))

    def _open(self) -> tuple[Any, str]:
        """The file system as this process sees it, and the site's place on it."""
        if self._opened is None or self._opened[0] != os.getpid():
            with self._saying():
                from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

                options: dict[str, Any] = {"use_listings_cache": False}
                if self.name.startswith(("s3://", "s3a://")):
                    # Unless told, botocore opens no more than ten connections.
                    options["config_kwargs"] = {"max_pool_connections": _AT_ONCE}
                files, root = url_to_fs(self.name, **options)
            self._opened = os.getpid(), files, root.rstrip("/")
        return self._opened[1:]


def _trying(request: Callable[[], object]) -> None:
    for pause in _PAUSES:
        try:
            request()
        except Exception as error:
            if not may_pass(error):
                raise
            time.sleep(pause)
        else:
            return
    request()


def _headers(files: Any, path: str) -> dict[str, Any]:
    """What to tell the server of a file, in the words of its package."""
    protocols = _protocols(files)
    if "s3" in protocols:
        return {"ContentType": media_type(path), "CacheControl": cache_control(path)}
    if "gs" in protocols:
        return {
            "content_type": media_type(path),
            "fixed_key_metadata": {"cache_control": cache_control(path)},
        }
    return {}


def _protocols(files: Any) -> set[str]:
    return {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)


def _md5_of(info: Mapping[str, Any]) -> int | None:
    for name in ("ETag", "etag"):
        if isinstance(mark := info.get(name), str) and (found := _MD5.fullmatch(mark)):
            return _number(found[1])
    mark = info.get("md5Hash")
    return _number(base64.b64decode(mark).hex()) if isinstance(mark, str) else None


def _number(md5: str) -> int:
    # As much as a cell of the ledger holds; for files on disk it has the time there.
    return int(md5[:15], 16)
