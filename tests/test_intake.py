"""Files that did not change are remembered, and what is remembered is what reading would give."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from digest import content as content_module
from digest import intake as intake_module
from digest.catalogue.keys import keyed
from digest.content import state_of
from digest.intake import Intake, Taken
from digest.ledger import Ledger
from digest.paper import Record, Sighting, Source
from digest.readers import FileReading, parts, read_files, windows
from digest.readers.reading import NOTHING

RIS = "TY  - JOUR\nTI  - A paper on {0}\nAB  - We study {0} and say what came of it.\nER  -\n\n"


class Desk:
    """A content folder, and how often a file of it was opened."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.opened: list[str] = []
        # Time passes between an edit and a build.
        monkeypatch.setattr(content_module, "_SETTLED", -1)
        own = intake_module.read_parts

        def opening(path: Path, name: str, **rest: object) -> object:
            self.opened.append(name)
            return own(path, name, **rest)  # type: ignore[arg-type]

        monkeypatch.setattr(intake_module, "read_parts", opening)

    def write(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            (self.root / name).write_text(text, "utf-8")

    def files(self) -> list[tuple[Path, str]]:
        return [(p, p.name) for p in sorted(self.root.iterdir())]

    def read(self, intake: Intake, fields: dict[str, str] | None = None) -> list[Taken]:
        files = self.files()
        states = {name: state_of(path) for path, name in files}
        self.opened.clear()
        return intake.take_in(files, states, fields or {}, b"v", 1, lambda _done, _total: None)

    def plain(self) -> list[Taken]:
        """Without any memory."""
        readings = [r for path, name in self.files() for r in read_files(path, name)]
        return [
            Taken(structs.replace(r, sightings=()), [*map(keyed, r.sightings)]) for r in readings
        ]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "content").mkdir()
    return Desk(tmp_path / "content", monkeypatch)


def test_only_what_changed_is_opened(desk: Desk, tmp_path: Path) -> None:
    """By this process and by the next; a file that is renamed is read again."""
    ledger = Ledger(tmp_path / "l.sqlite")
    desk.write({"a.ris": RIS.format("salt"), "b.ris": RIS.format("tea"), "c.txt": ""})
    with zipfile.ZipFile(desk.root / "d.zip", "w") as archive:
        archive.writestr("x.ris", RIS.format("ink"))
        archive.writestr("y.ris", RIS.format("rope"))
    intake = Intake(ledger, lasting=True)
    first = desk.read(intake)
    assert first == desk.plain()
    assert desk.opened == ["a.ris", "b.ris", "c.txt", "d.zip"]
    assert desk.read(intake) == first
    assert desk.opened == []
    assert desk.read(Intake(ledger, lasting=False)) == first
    assert desk.opened == []
    desk.write({"b.ris": RIS.format("tin")})
    (desk.root / "a.ris").rename(desk.root / "e.ris")
    assert desk.read(Intake(ledger, lasting=False)) == desk.plain()
    assert desk.opened == ["b.ris", "e.ris"]


def test_other_fields_are_read_anew(desk: Desk, tmp_path: Path) -> None:
    """What the user calls a field is part of what a reading rests on."""
    desk.write({"a.json": '[{"banner": "Salt in tea", "abstract": "We study salt in tea."}]'})
    intake = Intake(Ledger(tmp_path / "l.sqlite"), lasting=True)
    assert not desk.read(intake)[0].records
    (taken,) = desk.read(intake, {"title": "banner"})
    assert taken.records[0].sighting.record.title == "Salt in tea"


def test_a_file_written_just_now_proves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be written again within one tick of the clock, so it is read again."""
    monkeypatch.setattr(content_module, "_SETTLED", 10**18)
    desk.write({"a.ris": RIS.format("salt")})
    intake = Intake(Ledger(tmp_path / "l.sqlite"), lasting=True)
    desk.read(intake)
    desk.read(intake)
    assert desk.opened == ["a.ris"]


def test_halves_of_surrogate_pairs_are_dropped(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a reader let one pass, it costs itself alone."""
    record = Record(span=(0, 1), title="Salt \ud800 in tea")
    sighting = Sighting(record, Source("a.ris", "ris", 0, 1, 1, 1))
    reading = FileReading("a.ris", "ris", "utf-8", 1, (sighting,))
    part = parts.Part(reading, "x", NOTHING)
    monkeypatch.setattr(intake_module, "read_parts", lambda *_, **__: [part])
    desk.write({"a.ris": "x"})
    (found,) = desk.read(Intake(Ledger(tmp_path / "l.sqlite"), lasting=True))
    assert found.records[0].sighting.record.title == "Salt in tea"


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(0, 239), st.sampled_from(["change", "insert", "drop", "tail"])),
        max_size=5,
    )
)
def test_of_a_large_file_only_parts_are_read_again(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]]
) -> None:
    """Whatever is edited in it: what is remembered and what is read make up the whole reading."""
    root = tmp_path_factory.mktemp("large")
    (root / "content").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        desk = Desk(root / "content", patch)
        patch.setattr(parts, "WINDOW", 4_000)
        patch.setattr(windows, "_MARGIN", 400)
        rows = [RIS.format(f"valley {n}") for n in range(240)]
        desk.write({"large.ris": "".join(rows)})
        ledger = Ledger(root / "l.sqlite")
        intake = Intake(ledger, lasting=True)
        assert desk.read(intake) == desk.plain()
        for number, (place, kind) in enumerate(edits):
            if kind == "change":
                rows[place] = RIS.format(f"the sea, for the {number}th time")
            elif kind == "insert":
                rows.insert(place, RIS.format(f"rain {number}"))
            elif kind == "drop":
                rows[place] = ""
            else:
                rows.append("what nobody understands\n")
            desk.write({"large.ris": "".join(rows)})
            assert desk.read(intake) == desk.plain()
            assert desk.read(Intake(ledger, lasting=False)) == desk.plain()
