"""The command `digest serve`, from its first word to its last; what it says is printed by `cli`."""

from __future__ import annotations

import signal
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from digest.config import load_config
from digest.executors import default_jobs
from digest.problems import DigestError, Problem
from digest.progress import Bar
from digest.serve.builder import Builder, Built, Order
from digest.serve.live import Failure, Hub
from digest.serve.preview import Preview, Round
from digest.serve.server import PreviewServer, open_server
from digest.serve.sources import Places
from digest.serve.status import make_status

OUTPUT = ".digest/preview"
"""Folder of the preview's site. Not the one of builds: drafts must not be published by accident."""

_INTERRUPTED = 130


class Voice(Struct, frozen=True):
    """How the command says what it does."""

    say: Callable[..., None]
    """A line, with its style as keywords."""
    problems: Callable[[Sequence[Problem]], None]
    report: Callable[[dict[str, Any]], None]
    """Hears what came of the first build, and the address."""
    quiet: bool = False


def serve(
    settings: Path,
    voice: Voice,
    *,
    host: str,
    port: int,
    open_browser: bool,
    jobs: int | None = None,
    scheduler: str | None = None,
    clean: bool = False,
    strict: bool = False,
    **given: str | None,
) -> int:
    """Build, serve, and build again whatever changes, until SIGINT or SIGTERM; returns the status
    to exit with. `given`: settings that win over those of the file `settings`; the first build
    alone is `clean`, and with `strict` nothing is served where it has errors.

    Raises DigestError where the first build cannot be made, or nothing can be served.
    """
    settings = settings.absolute()
    root = settings.parent
    config = load_config(settings, dict(given))
    if "://" in (given.get("output") or ""):
        hint = "Leave --output out: the preview has a folder of its own."
        raise DigestError(Problem("--output", None, "error", "a preview is made on disk", hint))
    output = root / (given.get("output") or OUTPUT)
    places = Places(settings, root / config.content, root / config.templates, output)
    order = Order(
        settings=str(settings),
        given=given,
        output=str(output),
        jobs=jobs or default_jobs(),
        scheduler=scheduler,
        clean=clean,
    )
    hub, builder = Hub(), Builder()
    preview = Preview(order, hub, builder, places, lambda *heard: _report(voice, *heard))

    def status_page() -> bytes:
        return make_status(
            tuple(preview.rounds), listening=hub.listening, has_events=preview.has_events
        )

    def fault(error: BaseException) -> None:
        voice.say(f"The preview failed to answer: {type(error).__name__}: {error}", fg="red")

    server = open_server(host, port, output, hub, status_page, fault)
    stopped = threading.Event()

    def stop(_number: int, _frame: Any) -> None:
        stopped.set()
        # In a thread of its own: what is interrupted may hold a lock that stopping needs.
        threading.Thread(target=preview.stop).start()

    try:
        with _signals(stop):
            with Bar(visible=not voice.quiet) as bar:
                first = preview.build_first(bar.show)
            if stopped.is_set():
                return _INTERRUPTED
            if not first.done:
                raise DigestError(*first.problems)
            voice.report({**_fields(first), "url": server.url})
            if strict and any(problem.severity == "error" for problem in first.problems):
                return 1
            _greet(voice, server, port)
            thread = threading.Thread(target=server.serve_forever, args=(0.25,), name="server")
            thread.start()
            try:
                if open_browser:
                    webbrowser.open(server.url)
                preview.run()
            finally:
                server.shutdown()
                thread.join()
    finally:
        preview.stop()
        server.server_close()
    return _INTERRUPTED if stopped.is_set() else 0


def _fields(built: Built) -> dict[str, Any]:
    """What `digest build --json` says of a build."""
    names = ("records", "papers", "duplicates", "pages", "written", "unchanged", "removed")
    said = {name: getattr(built, name) for name in (*names, "problems")}
    return {**said, "seconds": round(built.seconds, 3)}


@contextmanager
def _signals(stop: Callable[[int, Any], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop) for number in wanted]
    try:
        yield
    finally:
        for number, handler in zip(wanted, before, strict=True):
            signal.signal(number, handler)


def _greet(voice: Voice, server: PreviewServer, asked: int) -> None:
    if server.port != asked and asked:
        voice.say(f"Port {asked} is in use: this is on port {server.port}.", fg="yellow")
    voice.say(
        f"Serving at {server.url} (Ctrl-C to stop; builds at {server.url}_preview)", bold=True
    )
    if server.is_open:
        voice.say(
            "Whoever can reach this machine can read this preview, drafts included, by its address "
            "or name: there is no password and no encryption. Leave out --host to keep it to "
            "yourself.",
            fg="yellow",
        )


def _report(voice: Voice, entry: Round, before: tuple[Failure, ...]) -> None:
    built = entry.built
    errors = tuple(p for p in built.problems if p.severity == "error")
    known = {(f.path, f.line, f.message) for f in before}
    fresh = [p for p in errors if (p.path, p.line, p.message) not in known]
    if entry.number == 1 and built.done:
        voice.problems(errors if voice.quiet else built.problems)
    elif entry.number > 1:
        voice.problems(fresh)
    if not voice.quiet and entry.number > 1:
        first = entry.causes[0][0] if entry.causes else "tried again"
        others = len(entry.causes) + entry.more_causes - 1
        more = f" and {others:,} more" if others > 0 else ""
        what = f"{len(built.changed):,} files changed" if built.done else "no new site"
        voice.say(
            f"{first}{more}: {what} in {built.seconds:.2f} s.", fg=None if built.done else "red"
        )
    now = {(p.path, p.line, p.message) for p in errors}
    if built.done and before and not now:
        voice.say("Mended: nothing is broken any more.", fg="green")
