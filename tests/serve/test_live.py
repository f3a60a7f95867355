"""Each page hears what it must do, and no page hears of another's."""

from __future__ import annotations

from typing import Any

from digest.serve.live import EVERYTHING, NOT_FOUND, Failure, Hub, Listener, Message

BROKEN = Failure("a.md", 3, "error", "not valid", "mend it", ((3, "x"),))


def hear(listener: Listener) -> Message:
    message = listener.next(0)
    assert message is not None
    return message


def told(hub: Hub, *paths: str, since: int | None = None) -> Listener:
    """A listener that has heard its first word."""
    listener = hub.listen(set(paths), hub.number if since is None else since)
    hear(listener)
    return listener


def test_only_pages_that_changed_are_loaded_again() -> None:
    """And the page of builds, at every build."""
    hub = Hub()
    one, two, builds = told(hub, "a.html"), told(hub, "b.html"), told(hub, EVERYTHING)
    hub.publish(["a.html", "feed.xml"], ())
    assert [hear(page).reload for page in (one, two, builds)] == [True, False, True]
    hub.publish(["data/search-1.js"], ())
    assert hear(two).files == ("data/search-1.js",)


def test_what_happened_before_listening_is_not_missed() -> None:
    """A page says after which build it was loaded."""
    hub = Hub()
    hub.publish(["a.html"], ())
    hub.publish(["b.html"], ())
    assert hear(hub.listen({"a.html"}, 0)).reload
    assert not hear(hub.listen({"a.html"}, 1)).reload
    assert hear(hub.listen({"b.html"}, 1)).reload
    assert not hear(hub.listen({"b.html"}, 2)).reload


def test_who_was_away_too_long_loads_again() -> None:
    """What is not remembered may have changed."""
    hub = Hub()
    for _ in range(100):
        hub.publish(["other.html"], ())
    assert hear(hub.listen({"a.html"}, 3)).reload
    assert not hear(hub.listen({"a.html"}, 99)).reload


def test_a_build_of_many_pages_is_not_remembered_page_by_page() -> None:
    """Who listens already is told exactly; who comes later loads once too often, never too
    seldom."""
    hub = Hub()
    early = told(hub, "kept.html")
    hub.publish([f"{n}.html" for n in range(6_000)], ())
    assert not hear(early).reload
    assert hear(hub.listen({"kept.html"}, 0)).reload


def test_style_sheets_are_swapped_alone() -> None:
    """Pages stay, also those that come later; another change brings the load back."""
    hub = Hub()
    page = told(hub, "a.html")
    hub.publish(["assets/style.css", "a.html"], (), only_styles=True)
    said = hear(page)
    assert (said.reload, said.styles, said.files) == (False, ("assets/style.css",), ())
    late = hear(hub.listen({"a.html"}, 0))
    assert (late.reload, late.styles) == (False, ("assets/style.css",))
    hub.publish(["a.html"], ())
    assert hear(hub.listen({"a.html"}, 0)).reload


def test_what_is_broken_is_told_to_all_now_and_later() -> None:
    """Until it is mended."""
    hub = Hub()
    page = told(hub, "a.html")
    hub.publish((), [BROKEN])
    said = hear(page)
    assert (said.reload, said.failures) == (False, (BROKEN,)) and said.mark
    assert hear(hub.listen({"b.html"}, hub.number)).mark == said.mark
    hub.publish((), ())
    assert hear(page).mark == "" and not hub.failures


def test_a_page_that_is_missing_waits_for_both() -> None:
    """For the page itself, and for the one shown in its place."""
    hub = Hub()
    page = told(hub, "new.html", NOT_FOUND)
    hub.publish([NOT_FOUND], ())
    assert hear(page).reload
    hub.publish(["new.html"], ())
    assert hear(page).reload


def test_who_does_not_read_is_sent_away() -> None:
    """Messages do not pile up."""
    hub = Hub()
    page = hub.listen({"a.html"}, 0)
    for _ in range(500):
        hub.publish(["a.html"], ())
    assert page.is_sent_away and hub.listening == 0


def test_closing_sends_everybody_away(monkeypatch: Any) -> None:
    """Also who comes afterwards."""
    hub = Hub()
    early = hub.listen({"a.html"}, 0)
    hub.close()
    late = hub.listen({"a.html"}, 0)
    assert early.is_sent_away and late.is_sent_away
