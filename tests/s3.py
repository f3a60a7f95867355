"""A real S3-compatible server for tests, which notes what it is asked and fails when told to."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BUCKET = "digests"
missing = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("s3fs", "moto", "flask")),
    reason="the extra litdigest[s3], or the server of its tests, is not installed",
)


class S3:
    """The server, in a process of its own, and a bucket."""

    def __init__(self, folder: Path) -> None:
        self._log, self._faults = folder / "log", folder / "faults"
        self._log.touch()
        self.fail()
        server = Path(__file__).with_name("s3_server.py")
        self.process = subprocess.Popen(
            [sys.executable, server, self._log, self._faults],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.process.stdout is not None
        address = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        self.environment = {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }
        self._seen = 0

    def files(self) -> Any:
        """A look of one's own at the server."""
        import s3fs

        return s3fs.S3FileSystem(use_listings_cache=False)

    def tree(self, prefix: str) -> dict[str, bytes]:
        """Every file below `prefix` of the bucket."""
        files, root = self.files(), f"{BUCKET}/{prefix}"
        names = files.find(root)
        bodies = files.cat(names) if names else {}
        return {name[len(root) + 1 :]: bodies[name] for name in names}

    def fail(self, *faults: dict[str, Any]) -> None:
        """Fail requests from now on: `method`, `within` its path, `status`, so many `times`."""
        self._faults.write_text(json.dumps(faults))

    def asked(self, *methods: str) -> list[dict[str, Any]]:
        """Requests since the last call."""
        notes = [json.loads(line) for line in self._log.read_text().splitlines()]
        notes, self._seen = notes[self._seen :], len(notes)
        return [note for note in notes if not methods or note["method"] in methods]


@contextlib.contextmanager
def serving_s3(folder: Path) -> Iterator[S3]:
    """The server with an empty bucket, as the one that this process and its children know."""
    import s3fs

    server = S3(folder)
    with contextlib.ExitStack() as stack:
        stack.enter_context(server.process)
        stack.callback(server.process.kill)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in server.environment.items():
            patch.setenv(name, value)
        patch.setattr(s3fs.S3FileSystem, "retries", 1)
        s3fs.S3FileSystem.clear_instance_cache()
        server.files().mkdir(BUCKET)
        yield server
    s3fs.S3FileSystem.clear_instance_cache()
