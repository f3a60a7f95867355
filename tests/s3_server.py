"""A real S3-compatible server, as a process of its own: `python s3_server.py LOG FAULTS`.

Prints its port. Notes every request in LOG, a line of JSON each, and fails those that FAULTS asks
for: a list of `{"method", "within", "status", "times"}`, read anew for every request.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

_CODES = {403: "AccessDenied", 500: "InternalError", 503: "SlowDown"}


class Faulty:
    """The server behind a door that can be told to fail."""

    def __init__(self, app: Any, log: Path, faults: Path) -> None:
        self._app, self._log, self._faults = app, log, faults
        self._lock = threading.Lock()
        self._used: dict[str, int] = {}

    def __call__(self, environ: dict[str, Any], respond: Callable[..., Any]) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        status = self._fault(method, path)
        note = {
            "method": method,
            "path": path,
            "query": environ.get("QUERY_STRING", ""),
            "type": environ.get("CONTENT_TYPE", ""),
            "cache": environ.get("HTTP_CACHE_CONTROL", ""),
            "status": status,
        }
        with self._lock, self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(note) + "\n")
        if status is None:
            found: Iterable[bytes] = self._app(environ, respond)
            return found
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        respond(f"{status} Fault", [("Content-Type", "application/xml")])
        code = _CODES[status]
        # An answer to HEAD has no body.
        return (
            []
            if method == "HEAD"
            else [f"<Error><Code>{code}</Code><Message>as told</Message></Error>".encode()]
        )

    def _fault(self, method: str, path: str) -> int | None:
        with self._lock:
            for fault in json.loads(self._faults.read_text("utf-8")):
                name = json.dumps(fault)
                if fault["method"] == method and fault["within"] in path:
                    self._used[name] = self._used.get(name, 0) + 1
                    if self._used[name] <= fault["times"]:
                        status: int = fault["status"]
                        return status
        return None


if __name__ == "__main__":
    app = Faulty(
        DomainDispatcherApplication(create_backend_app), Path(sys.argv[1]), Path(sys.argv[2])
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(server.server_port, flush=True)
    server.serve_forever()
