"""What answers a request: a file of the site, or one of the preview's own addresses."""

from __future__ import annotations

import hmac
import io
import select
import socket
import time
from urllib.parse import parse_qs, quote

import msgspec

from digest.serve import guard, ranges
from digest.serve.files import Found, IsFolder, find
from digest.serve.guard import Refusal
from digest.serve.live import EVERYTHING, NOT_FOUND, Listener
from digest.serve.pages import OWN, read_asset, with_client
from digest.serve.requests import HTML, STRICT, Requests
from digest.website.media import media_type

_PAGE = "frame-ancestors 'none'"
"""Policy of pages, which bring their own for all else: this can be said by a header alone."""
_POLICIES = {HTML: _PAGE, "application/pdf": _PAGE}
_STATUS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_EVENTS = "text/event-stream; charset=utf-8"
_HEARTBEAT = 15.0
_LOOK = 1.0
"""Seconds after which a page that was left is noticed."""
_CONDITIONS = (
    "If-Match",
    "If-None-Match",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "If-Range",
    "Range",
)


class Handler(Requests):
    """Answers GET and HEAD."""

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer."""
        target = guard.read_target(self.path)
        if isinstance(target, Refusal):
            self.refuse(target)
        elif target.parts[:1] == (OWN,):
            self._own(target)
        else:
            self._page(target)

    do_HEAD = do_GET  # noqa: N815 - likewise

    def _page(self, target: guard.Target) -> None:
        # Before the file is opened: a build that ends in between is heard of twice, not never.
        build = self.server.hub.number
        parts = (*target.parts, "index.html") if target.folder else target.parts
        found = find(self.server.site, parts) if guard.is_servable(parts) else None
        if isinstance(found, IsFolder) and not target.folder:
            query = f"?{target.query}" if target.query else ""
            place = "".join(f"/{quote(part)}" for part in target.parts) + f"/{query}"
            self.send(301, HTML, b"", [("Location", place)])
        elif isinstance(found, Found):
            with found.file:
                self._file(found, build)
        else:
            self._not_found(build)

    def _file(self, found: Found, build: int) -> None:
        source, size, mark, headers = found.file, found.size, "", []
        if found.type == HTML:
            headers.append(("Vary", "Accept, Sec-Fetch-Dest"))
            if self._is_shown():
                page = with_client(source.read(), self.server.hub.token, build)
                source, size = io.BytesIO(page), len(page)
                mark = f"-{self.server.hub.token[:6]}{build}"
        version = ranges.version_of(found.mtime_ns, size, mark)
        headers += [("ETag", version.etag), ("Last-Modified", version.date)]
        asked = {
            name: ", ".join(map(str, self.headers.get_all(name, [])))
            for name in _CONDITIONS
            if name in self.headers
        }
        status = ranges.judge(asked, version)
        if status == 412:
            self.refuse(Refusal(412, "The file is another than you think."))
            return
        policy = _POLICIES.get(found.type, STRICT)
        if status == 304:
            # Its heads take the place of those that the browser keeps with the page.
            self.open_answer(304, "", None, headers, policy)
            return
        spans = ranges.wanted(asked, version, size)
        if spans == ():
            nothing = [("Content-Range", f"bytes */{size}")]
            self.refuse(Refusal(416, "There is no such part."), extra=nothing)
            return
        if spans is None:
            headers.append(("Accept-Ranges", "bytes"))
            self.send_parts(200, found.type, source, [ranges.Span(0, size)], headers, policy)
        elif len(spans) == 1:
            span = spans[0]
            headers.append(("Content-Range", f"bytes {span.start}-{span.end - 1}/{size}"))
            self.send_parts(206, found.type, source, spans, headers, policy)
        else:
            heads, end = ranges.wrap(spans, found.type, size)
            kind = f"multipart/byteranges; boundary={ranges.BOUNDARY}"
            self.send_parts(206, kind, source, spans, headers, policy, heads=heads, end=end)

    def _is_shown(self) -> bool:
        """Whether a browser asks for a page to show; other programs get the bare file."""
        dest = self.headers.get("Sec-Fetch-Dest")
        return dest == "document" if dest else "text/html" in self.headers.get("Accept", "")

    def _not_found(self, build: int) -> None:
        page = find(self.server.site, (NOT_FOUND,))
        if not isinstance(page, Found):
            self.refuse(Refusal(404, "There is no such page."))
            return
        with page.file:
            body = page.file.read()
        if self._is_shown():
            body = with_client(body, self.server.hub.token, build, missing=True)
        self.send(404, HTML, body, policy=_PAGE)

    def _own(self, target: guard.Target) -> None:
        name = "/".join(target.parts[1:])
        if not name and target.folder:
            self.send(301, HTML, b"", [("Location", f"/{OWN}")])
        elif target.folder:
            self._not_found(self.server.hub.number)
        elif not name:
            hub = self.server.hub
            page = with_client(self.server.status_page(), hub.token, hub.number)
            self.send(200, HTML, page, policy=_STATUS)
        elif name in ("client.js", "client.css", "mark.css", "status.css"):
            self.send(200, media_type(name), read_asset(name))
        elif name == "events":
            self._live(target.query)
        else:
            self._not_found(self.server.hub.number)

    def _live(self, query: str) -> None:
        try:
            asked = parse_qs(query, max_num_fields=8)
            token, since = asked["token"][0], int(asked["since"][0][:12])
            since = max(since, int(str(self.headers.get("Last-Event-ID", "0"))[:12]))
            # The path as the browser shows it: still encoded.
            target = guard.read_target(asked["path"][0])
        except (KeyError, ValueError):
            self.refuse(Refusal(400, "A page must say who it is."))
            return
        if isinstance(target, Refusal):
            self.refuse(target)
        elif not hmac.compare_digest(token.encode(), self.server.hub.token.encode()):
            self.refuse(Refusal(403, "The page is of an earlier run: load it again."))
        elif self.command == "HEAD":
            self.send(200, _EVENTS, b"")
        else:
            parts = (*target.parts, "index.html") if target.folder else target.parts
            paths = {EVERYTHING} if parts == (OWN,) else {"/".join(parts)}
            self._listen(paths | ({NOT_FOUND} if "missing" in asked else set()), since)

    def _listen(self, paths: set[str], since: int) -> None:
        self.close_connection = True
        self.open_answer(200, _EVENTS, None)
        self.wfile.flush()
        self.server.connections.hold(self.connection)
        listener = self.server.hub.listen(paths, since)
        try:
            self._tell(listener)
        finally:
            self.server.hub.leave(listener)

    def _tell(self, listener: Listener) -> None:
        said = time.monotonic()
        while not listener.is_sent_away:
            message = listener.next(_LOOK)
            if message is not None:
                data = msgspec.json.encode(message)
                self.wfile.write(b"id: %d\ndata: %b\n\n" % (message.build, data))
            elif self._has_left():
                return
            elif time.monotonic() - said > _HEARTBEAT:
                self.wfile.write(b":\n\n")
            else:
                continue
            said = time.monotonic()
            self.wfile.flush()

    def _has_left(self) -> bool:
        """Whether the browser closed the connection: all that there can be to read is its end."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
