"""The loop: whatever happens to the sources, the last build saw them as they are."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from digest.problems import Problem
from digest.serve.builder import Built, Look, Order
from digest.serve.live import Failure, Hub
from digest.serve.preview import Preview, Round
from digest.serve.sources import Places, look
from tests.serve.editors import WAYS

Seen = dict[str, str]


class Reader:
    """In place of the process that builds: it remembers what it read."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.seen: Seen = {}
        self.builds = 0
        self.orders: list[Order] = []
        self.looks: list[Look] = []
        self.answer: Callable[[], Built] = self._done
        self.glimpse: Callable[[tuple[str, ...]], None] = lambda _changed: None

    def look(self, look: Look) -> None:
        self.looks.append(look)
        self.glimpse(("papers/a.html",))

    def build(self, order: Order, progress: object) -> Built:
        self.builds += 1
        self.orders.append(order)
        self.seen = read(self.places)
        return self.answer()

    def stop(self) -> None:
        """Nothing goes on."""

    def _done(self) -> Built:
        return Built(
            done=True,
            problems=(),
            content=str(self.places.content),
            templates=str(self.places.templates),
            changed=("index.html",),
        )


def read(places: Places) -> Seen:
    found = {}
    for path in look(places):
        try:
            found[path] = Path(path).read_text("utf-8")
        except OSError:
            continue
    return found


class Running:
    """A preview that runs, with a reader for a builder."""

    def __init__(self, root: Path) -> None:
        self.places = Places(root / "digest.yaml", root / "content", root / "templates", root / "s")
        self.places.content.mkdir()
        self.file = self.places.content / "in" / "a.md"
        self.file.parent.mkdir()
        self.file.write_text("first", "utf-8")
        self.reader = Reader(self.places)
        self.hub = Hub()
        self.heard: list[tuple[Round, tuple[Failure, ...]]] = []
        order = Order(settings=str(self.places.settings), given={}, output="s", jobs=1)
        self.preview = Preview(
            order,
            self.hub,
            self.reader,
            self.places,
            lambda *said: self.heard.append(said),  # type: ignore[arg-type]
        )
        self.preview.build_first(lambda *_: None)
        self.thread = threading.Thread(target=self.preview.run)
        self.thread.start()

    def settles(self, within: float = 20.0) -> bool:
        """Whether the last build comes to have seen what is there."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            if self.reader.seen == read(self.places):
                return True
            time.sleep(0.01)
        return False


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A preview that is stopped at the end, and then leaves no thread."""
    before = threading.active_count()
    one = Running(tmp_path)
    yield one
    one.preview.stop()
    one.thread.join(10)
    assert threading.active_count() == before


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_to_save_is_understood(way: Callable[..., None], running: Running) -> None:
    """The last build saw the new text, and no file of the editor's own, within few builds."""
    for number in range(3):
        builds = running.reader.builds
        way(running.file, f"text {number}\n" * 3)
        assert running.settles()
        assert 1 <= running.reader.builds - builds <= 4


def test_a_checkout_is_one_build(running: Running) -> None:
    """A thousand files at once."""
    time.sleep(0.3)
    builds = running.reader.builds
    for number in range(1_000):
        (running.places.content / f"{number}.md").write_text("x", "utf-8")
    assert running.settles()
    time.sleep(0.6)
    assert running.reader.builds - builds == 1


def test_nothing_is_built_in_vain(running: Running) -> None:
    """Where nothing changed: a swap file, a touched folder, a file written and taken back."""
    builds = running.reader.builds
    (running.file.parent / ".a.md.swp").write_text("x")
    (running.places.content / "empty").mkdir()
    (running.places.output).mkdir()
    (running.places.output / "index.html").write_text("x")
    time.sleep(0.5)
    assert running.reader.builds == builds


def test_renamed_folders_and_settings_are_seen(running: Running) -> None:
    """A folder that moves, one that is new, settings that appear and change."""
    running.file.parent.rename(running.places.content / "other")
    assert running.settles()
    running.places.templates.mkdir()
    (running.places.templates / "card.html").write_text("x")
    assert running.settles()
    (running.places.templates / "card.html").write_text("later")
    assert running.settles()
    running.places.settings.write_text("title: x")
    assert running.settles()
    causes = [dict(entry.causes) for entry, _ in running.heard]
    assert causes[-1] == {"digest.yaml": "added"}


def test_a_content_folder_that_goes_and_comes_is_found_again(running: Running) -> None:
    """And is watched as before."""
    away = running.places.content.with_name("away")
    running.places.content.rename(away)
    assert running.settles()
    away.rename(running.places.content)
    assert running.settles()
    time.sleep(0.1)
    running.file.write_text("after")
    assert running.settles()


def test_a_change_during_a_build_is_built_too(running: Running) -> None:
    """It was perhaps read before it changed."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Built:
        begun.set()
        go_on.wait(10)
        return running.reader._done()

    running.reader.answer = slow
    running.file.write_text("one")
    assert begun.wait(10)
    running.file.write_text("three")
    running.reader.answer = running.reader._done
    go_on.set()
    assert running.settles()


def test_what_fails_is_told_once_and_tried_again(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build may have been in the way: that mends itself without a change."""
    problem = Problem("digest.yaml", 1, "error", "no", "mend it")
    running.reader.answer = lambda: Built(done=False, problems=(problem,))
    monkeypatch.setattr("digest.serve.preview._LOOK_EVERY", 0.05)
    monkeypatch.setattr("digest.serve.preview._RETRY", 0.05)
    running.file.write_text("broken")
    assert running.settles()
    builds = running.reader.builds
    until = time.monotonic() + 20
    while running.reader.builds < builds + 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert running.reader.builds >= builds + 2
    assert [entry.built.done for entry, _ in running.heard] == [True, False]
    assert [failure.message for failure in running.hub.failures] == ["no"]
    running.reader.answer = running.reader._done
    while running.hub.failures and time.monotonic() < until:
        time.sleep(0.02)
    assert not running.hub.failures
    assert running.heard[-1][1][0].message == "no"


def test_a_style_sheet_alone_is_told_as_such(running: Running) -> None:
    """Pages change with it in nothing but its address; with a template beside it they load anew."""
    sheet = running.places.templates / "assets" / "own.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("a {}")
    assert running.settles()
    page = running.hub.listen({"index.html"}, running.hub.number)
    page.next(0)
    built = Built(
        done=True, problems=(), changed=("assets/own.css", "index.html"),
        content=str(running.places.content), templates=str(running.places.templates),
    )  # fmt: skip
    running.reader.answer = lambda: built
    sheet.write_text("b {}")
    assert running.settles()
    said = page.next(10)
    assert said is not None and said.styles == ("assets/own.css",) and not said.reload
    (running.places.templates / "card.html").write_text("x")
    sheet.write_text("c {}")
    said = page.next(10)
    assert said is not None and said.reload


def test_settings_that_name_other_folders_are_followed(running: Running) -> None:
    """From then on, the new ones are watched."""
    other = running.places.content.with_name("other")
    other.mkdir()
    (other / "b.md").write_text("b")
    running.reader.places = running.places = running.places._replace(content=other)
    running.places.settings.write_text("content: other")
    assert running.settles()
    time.sleep(0.1)
    (other / "b.md").write_text("later")
    assert running.settles()


def test_an_edited_paper_is_shown_before_all_is_built(running: Running) -> None:
    """Its page is loaded again at once; other pages when they are built."""
    page = running.hub.listen({"papers/a.html"}, running.hub.number)
    home = running.hub.listen({"index.html"}, running.hub.number)
    page.next(0)
    home.next(0)
    go_on = threading.Event()

    def slow() -> Built:
        go_on.wait(10)
        return running.reader._done()

    running.reader.answer = slow
    running.file.write_text("edited")
    said = page.next(10)
    assert said is not None and said.reload
    said = home.next(10)
    assert said is not None and not said.reload
    go_on.set()
    said = home.next(10)
    assert said is not None and said.reload
    assert running.reader.looks[-1].edited == ("in/a.md",)


def test_an_edit_during_a_build_is_shown_before_its_end(running: Running) -> None:
    """However long it takes; then it is built, too."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Built:
        begun.set()
        go_on.wait(30)
        return running.reader._done()

    running.reader.answer = slow
    running.file.write_text("one")
    assert begun.wait(10)
    page = running.hub.listen({"papers/a.html"}, running.hub.number)
    page.next(0)
    looks = len(running.reader.looks)
    running.file.write_text("another")
    said = page.next(10)
    assert said is not None and said.reload and not go_on.is_set()
    assert len(running.reader.looks) > looks
    running.reader.answer = running.reader._done
    go_on.set()
    assert running.settles()


def test_pages_with_scripts_of_their_own_are_loaded_whole(running: Running) -> None:
    """Those of the default theme bear that a page changes under them; of others nobody knows."""
    assert running.hub.patches
    script = running.places.templates / "assets" / "own.js"
    script.parent.mkdir(parents=True)
    script.write_text("x")
    assert running.settles()
    until = time.monotonic() + 10
    while running.hub.patches and time.monotonic() < until:
        time.sleep(0.01)
    assert not running.hub.patches


def test_what_concerns_more_than_a_paper_is_built_as_a_whole(running: Running) -> None:
    """Files that come or go, and settings."""
    for act in (
        lambda: running.places.settings.write_text("title: x"),
        lambda: (running.places.content / "new.md").write_text("x"),
        running.file.unlink,
    ):
        act()
        assert running.settles()
    assert not running.reader.looks


def test_little_is_kept_of_earlier_builds(running: Running) -> None:
    """Of one that changed very many pages, some names and their number."""
    pages = tuple(f"{number}.html" for number in range(5_000))
    problem = Problem("a.md", 1, "warning", "x", "y")
    built = running.reader._done()
    running.reader.answer = lambda: msgspec.structs.replace(
        built, changed=pages, problems=(problem,)
    )
    running.file.write_text("one")
    assert running.settles()
    running.file.write_text("other")
    assert running.settles()
    until = time.monotonic() + 10
    while len(running.preview.rounds) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    _, earlier, last = running.preview.rounds
    assert (len(last.built.changed), last.built.problems) == (5_000, (problem,))
    assert len(earlier.built.changed) + earlier.more_changed == 5_000
    assert len(earlier.built.changed) <= 100 and earlier.built.problems == ()
