"""What became of a deployment."""

from __future__ import annotations

from msgspec import Struct, structs

from digest.problems import DigestError, Problem


class Outcome(Struct, frozen=True, kw_only=True):
    """What changed at the place, in files."""

    where: str
    written: int
    unchanged: int
    removed: int
    commit: str = ""
    """Of a branch: where it stands now."""

    def at(self, commit: str) -> Outcome:
        """The same, with the branch at another commit."""
        return structs.replace(self, commit=commit)


def check_deletions(count: int, most: int, where: str) -> None:
    """Raises DigestError where more files would go than may."""
    if count > most:
        raise DigestError(
            Problem(
                where,
                None,
                "error",
                f"{count:,} files that are there are not in the site, and would be deleted",
                f"Is the site whole? If it is, say so: --max-deletes {count}",
            )
        )
