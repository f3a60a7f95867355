"""A site copied to a folder or to an address, as builds write one.

Files that are new come first, for nothing leads to them yet; then those that changed, all of whose
links lead somewhere now; and what is gone is deleted last. So who walks through the site meets no
broken link, wherever a deployment breaks off. A folder is swapped in as a whole, where it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from digest.deploy.outcome import Outcome, check_deletions
from digest.problems import DigestError, Problem
from digest.website.output import Body, Output

_BATCH = 200


def deploy_to_output(
    site: Path,
    paths: Sequence[str],
    output: Output,
    content: Path,
    *,
    most_deletions: int,
    advance: Callable[[int, int], None],
) -> Outcome:
    """Make `output` hold the files `paths` of the folder `site`.

    Both the new ones and the others go in the order of `paths`. `content`: a folder that must not
    be written over. Raises DigestError where `output` cannot be written, or holds something else.
    """
    output.prepare(content)
    output.changed({})
    paths = sorted(paths, key=output.holds)
    gone = output.gone((), paths)
    check_deletions(len(gone), most_deletions, output.name)
    written = 0
    try:
        with output.open(staged=True, ours=paths) as target:
            for at in range(0, len(paths), _BATCH):
                batch = paths[at : at + _BATCH]
                bodies = [Body(path, (site / path).read_bytes(), b"") for path in batch]
                written += sum(new for _, new in target.write_all(bodies))
                advance(at + len(batch), len(paths))
            target.remove(gone)
    except OSError as error:
        raise DigestError(
            Problem(
                str(error.filename or output.name),
                None,
                "error",
                f"cannot be read or written: {error.strerror}",
                "Make room or get the right to write there, then deploy again.",
            )
        ) from error
    output.seal(changed=bool(written or gone))
    unchanged = len(paths) - written
    return Outcome(where=output.name, written=written, unchanged=unchanged, removed=len(gone))
