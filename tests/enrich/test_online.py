"""Services are asked politely, whatever they answer, and what they say is judged like any other."""

from __future__ import annotations

import email.utils
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest import __version__
from digest.config import Config
from digest.enrich.command import Report, enrich
from digest.enrich.online import Online
from tests.enrich.services import FEED, Answer, Services, serving

ABSTRACT = (
    "we follow {0} over forty years, and find that they tell how valley number {1} changes where "
    "they end, which no map of the last century shows, and which the people of {0} always knew."
)


def paper(number: int, subject: str) -> dict[str, Any]:
    return {
        "id": f"1905.{number:05d}",
        "doi": f"10.5555/valley.{number}",
        "title": f"what {subject} tell of valley number {number}",
        "abstract": ABSTRACT.format(subject, number),
    }


PAPERS = [paper(n, s) for n, s in enumerate("rivers lakes dunes reefs moors caves".split(), 1)]


class Clock:
    """A clock that goes only where somebody waits."""

    def __init__(self) -> None:
        self.time, self.waits = 1_000_000.0, list[float]()

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """The three services on this machine."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(Services(PAPERS)) as server:
        for name in ("arxiv", "crossref", "openalex"):
            monkeypatch.setenv(f"DIGEST_{name.upper()}_API", f"{server.address}/{name}")
        yield server


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest with a paper known by identifier, by DOI, by title and by abstract, and one that
    nobody knows."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.bib").write_text(
        "@misc{a, eprint = {1905.00001}, archivePrefix = {arXiv}, note = {read}}\n"
        "@article{b, doi = {10.5555/valley.2}, journal = {Valleys}}\n"
        f"@misc{{c, title = {{{PAPERS[2]['title'].capitalize()}}}, author = {{Brook, Ann}}}}\n"
    )
    (content / "b.txt").write_text(
        f"Abstract: {PAPERS[3]['abstract']}\n\nAbstract: nobody has ever heard of this one, which "
        "is about how clouds at night look from the inside of an old railway station.\n"
    )
    return tmp_path


def run(root: Path, clock: Clock, contact: str = "group@example.org", timeout: float = 5) -> Report:
    online = Online(contact, root / ".digest/replies", lambda *_: None, clock, timeout)
    return enrich(root, Config(), [], lambda *_: None, online)


def test_services_fill_gaps(root: Path, services: Services) -> None:
    """By identifier, DOI, title and abstract; of a paper that they do not know nothing is taken."""
    report = run(root, Clock())
    assert report.by == {"abstract": 1, "arxiv": 1, "doi": 1, "title": 1}
    assert not report.problems
    text = "".join(p.read_text() for p in sorted((root / "content/enriched").glob("*")))
    for number in (0, 1, 3):
        assert f'title: "{PAPERS[number]["title"]}"' in text
    assert 'from: "arXiv"' in text and 'from: "Crossref"' in text
    assert text.count('authors: ["Ann Brook", "Bo Hill"]') == 3


def test_services_are_asked_politely(root: Path, services: Services) -> None:
    """Every request says who asks; arXiv has three seconds between two."""
    clock = Clock()
    run(root, clock)
    agents = {headers["User-Agent"] for _, headers in services.requests}
    assert agents == {
        f"digest/{__version__} (https://pypi.org/project/litdigest/; mailto:group@example.org)"
    }
    for path, _ in services.requests:
        assert path.startswith("/arxiv") or "mailto=group%40example.org" in path
    arxiv = [path for path, _ in services.requests if path.startswith("/arxiv")]
    assert sum(clock.waits) >= 3 * (len(arxiv) - 1) > 0


def test_nothing_is_asked_twice(root: Path, services: Services) -> None:
    """What was answered is on disk: another run asks nobody, and finds the same."""
    first = run(root, Clock())
    services.requests.clear()
    clock = Clock()
    second = run(root, clock)
    assert (second.by, services.requests, clock.waits) == (first.by, [], [])


def test_old_replies_are_asked_for_again(root: Path, services: Services) -> None:
    """What a service did not know a month ago it may know today."""
    run(root, Clock())
    asked = len(services.requests)
    services.requests.clear()
    clock = Clock()
    for reply in (root / ".digest/replies").iterdir():
        os.utime(reply, (clock.time - 40 * 86_400,) * 2)
    run(root, clock)
    assert len(services.requests) == asked


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x"])
def test_redirects_lead_to_web_addresses_alone(root: Path, services: Services, target: str) -> None:
    """A service cannot make this machine open anything but a web address."""
    services.bad = [Answer(302, b"", (("Location", target),))] * 5
    report = run(root, Clock())
    assert any("arXiv" in p.message for p in report.problems)


def test_many_identifiers_make_one_request(tmp_path: Path, services: Services) -> None:
    """A hundred papers with identifiers are two questions."""
    (tmp_path / "content").mkdir()
    entry = "@misc{{k{0}, eprint = {{1905.{0:05d}}}, archivePrefix = {{arXiv}}}}\n"
    text = "".join(entry.format(n) for n in range(1, 101))
    (tmp_path / "content/a.bib").write_text(text)
    assert run(tmp_path, Clock()).matched == len(PAPERS)
    assert len(services.requests) == 2


BROKEN = [
    Answer(503, b"busy"),
    Answer(500, b""),
    Answer(200, b"<html><body>Sign in to this network</body></html>"),
    Answer(200, FEED.format(entries="<entry>").encode()[:-20]),
    Answer(200, b"x" * 10, (("Content-Length", "500"),)),
    Answer(200, b"{}"),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_what_fails_is_tried_again(root: Path, services: Services, number: int) -> None:
    """After an error, a page of a proxy, or an answer that was cut, all is found all the same, and
    the waits double."""
    services.bad = [BROKEN[number]] * 3
    clock = Clock()
    assert len(run(root, clock).by) == 4
    assert [wait for wait in clock.waits if wait in (3, 6, 12)][:3] == [3, 6, 12]


def test_a_slow_service_is_asked_again(root: Path, services: Services) -> None:
    """Where no answer comes in time, another request is made."""
    done = threading.Event()
    services.bad = [Answer(200, b"late", before=lambda: (done.wait(5), None)[1])]
    assert len(run(root, Clock(), timeout=0.2).by) == 4
    done.set()


@pytest.mark.parametrize("date", [False, True])
def test_retry_after_is_heeded(root: Path, services: Services, date: bool) -> None:
    """A service that says how long to wait, in seconds or by date, is not asked before."""
    clock = Clock()
    said = email.utils.formatdate(clock.time + 40, usegmt=True) if date else "40"
    services.bad = [Answer(429, b"slow down", (("Retry-After", said),))]
    assert len(run(root, clock).by) == 4
    assert 40 in [round(wait) for wait in clock.waits]


def test_a_service_that_asks_for_hours_is_left_alone(root: Path, services: Services) -> None:
    """Who wants to be left alone is; others are asked, the run says so, the next one goes on."""
    services.bad = [Answer(429, b"", (("Retry-After", "7200"),))]
    clock = Clock()
    report = run(root, clock)
    assert "arxiv" not in report.by and "doi" in report.by
    assert ["arXiv asks to wait" in p.message for p in report.problems] == [True]
    assert max(clock.waits) < 60
    assert "arxiv" in run(root, Clock()).by


def test_a_service_that_is_down_is_given_up(root: Path, services: Services) -> None:
    """After some failures in a row nothing more is asked of it, however many papers there are."""
    services.bad = [Answer(503, b"")] * 1000
    clock = Clock()
    report = run(root, clock)
    assert report.matched == 0
    assert {p.message.split()[0].strip(":") for p in report.problems} == {
        "arXiv",
        "Crossref",
        "OpenAlex",
    }
    assert len(services.requests) <= 3 * 2 * 5
    services.bad = []
    assert len(run(root, Clock()).by) == 4


def test_without_network_each_service_is_tried_once(
    root: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody answers at all, a run ends after one question to each service."""
    for name in ("ARXIV", "CROSSREF", "OPENALEX"):
        # Port 9 of this machine, on which nobody listens.
        monkeypatch.setenv(f"DIGEST_{name}_API", "http://127.0.0.1:9/x")
    clock = Clock()
    report = run(root, clock)
    assert (report.matched, len(report.problems), services.requests) == (0, 3, [])
    assert [wait for wait in clock.waits if wait == 24] == [24] * 3


def test_a_refusal_is_final(root: Path, services: Services) -> None:
    """Who answers 403 is not asked again in this run."""
    services.bad = [Answer(403, b"no")]
    report = run(root, Clock())
    arxiv = [path for path, _ in services.requests if path.startswith("/arxiv")]
    assert len(arxiv) == 1
    assert any("refused" in p.message for p in report.problems)


def test_an_interrupted_run_goes_on(root: Path, services: Services) -> None:
    """What was answered before Ctrl-C is not asked again."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    class Impatient(Clock):
        def sleep(self, seconds: float) -> None:
            interrupt()

    with pytest.raises(KeyboardInterrupt):
        run(root, Impatient())
    asked = [path for path, _ in services.requests]
    assert asked
    services.requests.clear()
    assert len(run(root, Clock()).by) == 4
    assert not {path for path, _ in services.requests} & set(asked)


def test_wrong_answers_give_nothing(root: Path, services: Services) -> None:
    """A service that answers with other papers is not believed."""
    services.papers = [paper(n, "volcanoes") | {"id": f"1801.{n:05d}"} for n in range(70, 75)]
    report = run(root, Clock())
    assert (report.matched, report.enriched) == (0, 0)


def test_an_endpoint_must_be_a_web_address(
    root: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is read in place of a service."""
    monkeypatch.setenv("DIGEST_ARXIV_API", "file:///etc/passwd")
    with pytest.raises(Exception, match="must begin with http"):
        run(root, Clock())
