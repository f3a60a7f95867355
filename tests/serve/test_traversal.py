"""No path leads to a file that is not the site's, however it is written."""

from __future__ import annotations

from pathlib import Path

from digest.serve.server import PreviewServer
from tests.serve.conftest import SECRET
from tests.serve.talk import ask
from tests.serve.traversal import targets


def test_no_path_leads_out_of_the_site(server: PreviewServer, site: Path) -> None:
    """A sample of the matrix: what is answered 200 is a file of the site, and nothing is dropped
    or fails."""
    own = {p.read_bytes() for p in site.rglob("*") if p.is_file() and not p.is_symlink()} - {SECRET}
    statuses = set()
    for target in targets(600):
        line = (
            f"GET {target} HTTP/1.1\r\nHost: localhost:{server.port}\r\nConnection: close\r\n\r\n"
        )
        answer = ask(server.port, line.encode("utf-8"))
        assert SECRET not in answer.body and b"root:" not in answer.body, target
        assert answer.status < 500, target
        assert answer.status != 200 or answer.body in own or target.startswith("//_preview"), target
        statuses.add(answer.status)
    assert {400, 404} <= statuses
