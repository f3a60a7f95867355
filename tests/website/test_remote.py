"""A site in a bucket: the same bytes as on disk, in an order that breaks no link, come what may."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from digest.ledger import Written
from digest.problems import DigestError
from digest.website.output import Body, Local, open_output
from digest.website.remote import Remote
from tests.s3 import BUCKET, S3, missing, serving_s3

pytestmark = [missing, pytest.mark.filterwarnings("ignore")]

SITE = {
    "assets/style.css": b"p {}",
    "papers/a.html": b"a",
    "papers/b.html": b"b",
    "data/index.json": b"{}",
    "tags/x.html": b"a b",
    "tags/x.xml": b"<feed/>",
    "index.html": b"home",
    "sitemap.xml": b"<urlset/>",
}
"""In the order of a plan."""


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with serving_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.website.remote._PAUSES", (0, 0, 0))


def url(prefix: str) -> str:
    return f"s3://{BUCKET}/{prefix}"


def build(
    where: str, memory: Path, site: Mapping[str, bytes], known: Mapping[str, Written]
) -> tuple[dict[str, Written], list[str], list[str]]:
    """What a build does: its rows, what it uploaded, and what it deleted."""
    output = open_output(memory, where, memory)
    output.prepare(memory)
    touched = output.changed(known)
    gone = output.gone(known.keys(), site.keys())
    stale = [
        Body(path, body, body)
        for path, body in site.items()
        if path not in known or path in touched or known[path].fingerprint != body
    ]
    with output.open(staged=True, ours=site) as target:
        done = target.write_all(stale)
        target.remove(gone)
    rows = {body.path: row for body, (row, _) in zip(stale, done, strict=True)}
    new = [body.path for body, (_, new) in zip(stale, done, strict=True) if new]
    output.seal(changed=bool(new or gone))
    return {p: row for p, row in {**known, **rows}.items() if p in site}, new, gone


def test_a_build_uploads_what_changed(s3: S3, tmp_path: Path) -> None:
    """All at first, nothing when nothing changed, and then what is new, changed or gone."""
    known, new, gone = build(url("one"), tmp_path, SITE, {})
    assert (new, gone) == ([*SITE], [])
    assert s3.tree("one") == SITE
    s3.asked()
    known, new, gone = build(url("one"), tmp_path, SITE, known)
    assert (new, gone) == ([], [])
    # One look, whether there is a site, and one, whether it is as it was left.
    assert len(s3.asked()) <= 4
    later = {**SITE, "papers/c.html": b"c", "index.html": b"later"}
    del later["papers/b.html"]
    known, new, gone = build(url("one"), tmp_path, later, known)
    assert (sorted(new), gone) == (["index.html", "papers/c.html"], ["papers/b.html"])
    assert s3.tree("one") == later


def test_what_is_linked_to_comes_first_and_deletions_last(s3: S3, tmp_path: Path) -> None:
    """At no moment does a list link to a page that is not there."""
    known, *_ = build(url("order"), tmp_path, SITE, {})
    s3.asked()
    later = {path: body + b"2" for path, body in SITE.items() if path != "papers/b.html"}
    build(url("order"), tmp_path, later, known)
    asked = [
        (note["method"], note["path"].removeprefix(f"/{BUCKET}/order/"))
        for note in s3.asked("PUT", "DELETE")
    ]
    folders = [path.partition("/")[0] for _, path in asked[: len(later)]]
    assert folders[:4] == ["assets", "papers", "data", "tags"]
    assert asked[len(later) :] == [("DELETE", "papers/b.html"), ("PUT", "index.html")]


def test_files_have_their_type_and_are_asked_for_again(s3: S3, tmp_path: Path) -> None:
    """A browser shows them as what they are, and never an old list beside a new page."""
    s3.asked()
    build(url("types"), tmp_path, SITE, {})
    said = {
        note["path"].removeprefix(f"/{BUCKET}/types/"): (note["type"], note["cache"])
        for note in s3.asked("PUT")
    }
    fresh = "public, max-age=0, must-revalidate"
    assert said == {
        "assets/style.css": ("text/css; charset=utf-8", "public, max-age=86400"),
        "papers/a.html": ("text/html; charset=utf-8", fresh),
        "papers/b.html": ("text/html; charset=utf-8", fresh),
        "data/index.json": ("application/json; charset=utf-8", fresh),
        "tags/x.html": ("text/html; charset=utf-8", fresh),
        "tags/x.xml": ("application/atom+xml; charset=utf-8", fresh),
        "index.html": ("text/html; charset=utf-8", fresh),
        "sitemap.xml": ("application/xml; charset=utf-8", fresh),
    }


def test_a_lost_ledger_costs_a_listing(s3: S3, tmp_path: Path) -> None:
    """What is there is known by its MD5; what nobody plans is deleted, in our folders alone."""
    build(url("lost"), tmp_path, SITE, {})
    for path in ("papers/stray.html", "CNAME"):
        s3.files().pipe_file(f"{BUCKET}/lost/{path}", b"x")
    later = {**SITE, "index.html": b"other"}
    _, new, gone = build(url("lost"), tmp_path / "elsewhere", later, {})
    assert (new, gone) == (["index.html"], ["papers/stray.html"])
    assert s3.tree("lost") == {**later, "CNAME": b"x"}


def test_another_machines_build_is_noticed(s3: S3, tmp_path: Path) -> None:
    """What this one's ledger says is then no longer believed."""
    known, *_ = build(url("two"), tmp_path / "here", SITE, {})
    other = {**SITE, "papers/a.html": b"by another"}
    build(url("two"), tmp_path / "there", other, {})
    # As if in another second: the server's clock knows no less.
    s3.files().pipe_file(f"{BUCKET}/two/index.html", b"another home")
    _, new, _ = build(url("two"), tmp_path / "here", SITE, known)
    assert new == ["papers/a.html", "index.html"]
    assert s3.tree("two") == SITE


def test_clean_uploads_everything(s3: S3, tmp_path: Path) -> None:
    """Even what is equal, as far as the server says."""
    build(url("clean"), tmp_path, SITE, {})
    output = open_output(tmp_path, url("clean"), tmp_path)
    output.clear()
    assert output.changed({}) == set()
    with output.open(staged=True, ours=SITE) as target:
        done = target.write_all([Body(path, body, b"") for path, body in SITE.items()])
    assert all(new for _, new in done)


def test_what_fails_by_chance_is_tried_again(s3: S3, tmp_path: Path) -> None:
    """A server that is busy for a moment costs a moment."""
    s3.fail({"method": "PUT", "within": "papers/", "status": 503, "times": 4})
    build(url("busy"), tmp_path, SITE, {})
    s3.fail()
    assert s3.tree("busy") == SITE


@pytest.mark.parametrize(
    ("status", "said"), [(403, "you may not do that"), (500, "failed"), (503, "failed")]
)
def test_a_build_that_fails_breaks_no_link(s3: S3, tmp_path: Path, status: int, said: str) -> None:
    """What was there is still there, the next build mends it, and the ledger is not believed."""
    prefix = f"broken-{status}"
    known, *_ = build(url(prefix), tmp_path, SITE, {})
    later = {path: body + b"2" for path, body in SITE.items() if path != "papers/b.html"}
    s3.asked()
    s3.fail({"method": "PUT", "within": "tags/x.html", "status": status, "times": 1000})
    with pytest.raises(DigestError, match=said):
        build(url(prefix), tmp_path, later, known)
    s3.fail()
    there = s3.tree(prefix)
    assert there.keys() == SITE.keys()
    assert there["index.html"] == SITE["index.html"]
    assert there["papers/a.html"] == later["papers/a.html"]
    assert not s3.asked("DELETE")
    # Back to the first state: the ledger calls it unchanged, but it is not.
    _, new, gone = build(url(prefix), tmp_path, SITE, known)
    assert "papers/a.html" in new
    assert gone == []
    assert s3.tree(prefix) == SITE


def test_what_is_not_ours_is_refused(s3: S3, tmp_path: Path) -> None:
    """A bucket with other things in it is left alone; an empty prefix beside them is fine."""
    s3.files().pipe_file(f"{BUCKET}/photos/me.png", b"x")
    for where in ("photos", ""):
        with pytest.raises(DigestError, match="not a site that digest made"):
            open_output(tmp_path, url(where), tmp_path).prepare(tmp_path)
    open_output(tmp_path, url("photos/digest"), tmp_path).prepare(tmp_path)


@pytest.mark.parametrize(
    ("where", "said", "hint"),
    [
        ("s3://no-such-bucket/site", "no such bucket", "Make it"),
        ("quux://x/site", "no file system is known as quux", "s3://bucket"),
    ],
)
def test_where_nothing_can_be_written_is_said(
    s3: S3, tmp_path: Path, where: str, said: str, hint: str
) -> None:
    """With what to do about it."""
    with pytest.raises(DigestError, match=said) as raised:
        open_output(tmp_path, where, tmp_path).prepare(tmp_path)
    assert hint in raised.value.problems[0].hint


def test_missing_rights_are_said(s3: S3, tmp_path: Path) -> None:
    """Reading, too, may be forbidden."""
    s3.fail({"method": "HEAD", "within": BUCKET, "status": 403, "times": 99})
    with pytest.raises(DigestError, match="may not") as raised:
        open_output(tmp_path, url("x"), tmp_path).prepare(tmp_path)
    s3.fail()
    assert "right" in raised.value.problems[0].hint


def test_missing_credentials_are_said(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the names under which they can be given."""
    import s3fs

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(DigestError, match="no credentials") as raised:
        open_output(tmp_path, url("x"), tmp_path).prepare(tmp_path)
    assert "AWS_ACCESS_KEY_ID" in raised.value.problems[0].hint
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_server_that_is_not_there_is_said(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there is whole."""
    import s3fs

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(DigestError, match="failed"):
        open_output(tmp_path, url("x"), tmp_path).prepare(tmp_path)
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_missing_package_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what installs it."""
    from fsspec.registry import _registry

    monkeypatch.delitem(_registry, "s3", raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(DigestError, match="needs a package") as raised:
        open_output(tmp_path, url("x"), tmp_path).prepare(tmp_path)
    assert "litdigest[s3]" in raised.value.problems[0].hint


def test_other_file_systems_are_written_too(tmp_path: Path) -> None:
    """Where no MD5 is known, all is uploaded anew when the seal is broken, and nothing if not."""
    import fsspec

    where = f"memory://{tmp_path.name}/site"
    files = fsspec.filesystem("memory")
    known, new, _ = build(where, tmp_path, SITE, {})
    assert new == [*SITE]
    assert {n: files.cat_file(f"/{tmp_path.name}/site/{n}") for n in SITE} == SITE
    assert build(where, tmp_path, SITE, known)[1] == []
    assert build(where, tmp_path / "elsewhere", SITE, {})[1] == [*SITE]
    assert build(where, tmp_path, SITE, known)[1] == [*SITE]
    smaller = {path: body for path, body in SITE.items() if path != "papers/b.html"}
    assert build(where, tmp_path, smaller, known)[2] == ["papers/b.html"]
    assert not files.exists(f"/{tmp_path.name}/site/papers/b.html")


def test_no_path_leaves_the_site(s3: S3, tmp_path: Path) -> None:
    """Whatever a page is called."""
    output = open_output(tmp_path, url("inside"), tmp_path)
    with (
        output.open(staged=True, ours=[]) as target,
        pytest.raises(ValueError, match="not a path of the site"),
    ):
        target.write_all([Body("../x.html", b"x", b"")])
    assert s3.tree("inside") == {}


def test_addresses_of_folders_are_folders(tmp_path: Path) -> None:
    """Neither a folder nor `file://` needs a package."""
    assert isinstance(open_output(tmp_path, "site", tmp_path), Local)
    there = open_output(tmp_path, (tmp_path / "a b").as_uri(), tmp_path)
    assert there.name == str(tmp_path / "a b")
    assert isinstance(open_output(tmp_path, "s3://x/y", tmp_path), Remote)
