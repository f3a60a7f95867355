"""How many papers the readers find in real files of every format, beside what the files hold.

    python bench/formats.py [--files] [FORMAT...]

Expected is counted without the readers (`tests/readers/counts.py`): `@type{`, `ER  -`, elements,
rows. `--files` prints a row for each file; below the table stand the exceptions and their reasons.
"""

from __future__ import annotations

import argparse
import sys
import time

from common import ROOT

sys.path.insert(0, str(ROOT))
from digest.readers import read_file
from tests.readers import counts


def main() -> int:
    """Print the table. Returns 1 where a file does not give what is expected, 2 without files."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("formats", nargs="*", help="folders of ../shared/formats; all if none")
    arguments.add_argument("--files", action="store_true", help="a row for each file")
    chosen = arguments.parse_args()
    rows: dict[str, list[int]] = {}
    reasons: list[str] = []
    failed = False
    started = time.process_time()
    print(f"{'':34}{'files':>7}{'expected':>10}{'found':>8}{'exceptions':>12}{'differ':>8}")
    for path in counts.files():
        place = path.relative_to(counts.FORMATS)
        if chosen.formats and place.parts[0] not in chosen.formats:
            continue
        reading = read_file(path, place.as_posix())
        _, expected, why = counts.count(path)
        found = len(reading.sightings)
        differs = expected not in (None, found)
        failed |= differs
        if chosen.files or differs:
            sign = "  <--" if differs else ""
            named = f"{place.parts[0]}/{'/'.join(place.parts[-2:])}"
            print(f"  {expected!s:>6}{found:>7}  {reading.format or '-':14}{named}{sign}")
        if why:
            reasons.append(f"{place.name}: {expected}: {why}")
        row = rows.setdefault(place.parts[0], [0, 0, 0, 0, 0])
        for n, value in enumerate((1, expected or 0, found, bool(why), differs)):
            row[n] += value
    if not rows:
        print("no real files beside the project (../shared/formats)", file=sys.stderr)
        return 2
    rows["all"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    for name, (files, expected, found, exceptions, differ) in rows.items():
        print(f"{name:34}{files:7}{expected:10,}{found:8,}{exceptions:12}{differ:8}")
    print(f"\n{time.process_time() - started:.1f} s of one core, counting included")
    for reason in reasons:
        print(f"- {reason}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
