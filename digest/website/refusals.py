"""What it means when a server, or the way to it, refuses."""

from __future__ import annotations

_THEIRS = frozenset({"aiobotocore", "aiohttp", "azure", "botocore", "fsspec", "gcsfs", "google"})
"""Packages whose errors are of the other side, and not faults of ours."""
_NO_RIGHT = "Give those credentials the right to list, read, write and delete there."


def may_pass(error: Exception) -> bool:
    """Whether the same may go well when it is tried again."""
    if isinstance(error, (FileNotFoundError, PermissionError)) or _is_of_credentials(error):
        return False
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _THEIRS


def explain(error: Exception, name: str) -> tuple[str, str] | None:
    """What is wrong, and what to do; None where that is a fault of ours, or said already."""
    kind, protocol = type(error).__name__, name.partition(":")[0]
    if isinstance(error, ImportError):
        install = "litdigest[s3]" if protocol.startswith("s3") else "fsspec"
        return (
            f"needs a package: {error}",
            f"Install it with: pip install '{install}'"
            + ("" if protocol.startswith("s3") else f", and what fsspec needs for {protocol}://"),
        )
    if isinstance(error, ValueError) and "rotocol" in str(error):
        return f"no file system is known as {protocol}://", "Name a folder, or s3://bucket/prefix."
    if _is_of_credentials(error):
        return (
            f"no credentials: {error}",
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
        )
    if isinstance(error, PermissionError):
        return f"you may not do that: {error}", _NO_RIGHT
    if isinstance(error, FileNotFoundError):
        return f"there is no such bucket: {error}", "Make it, or correct its name."
    if may_pass(error):
        return (
            f"failed: {kind}: {error}",
            "Build again when it can be reached: what is there is whole, and no link is broken.",
        )
    return None


def _is_of_credentials(error: Exception) -> bool:
    # By name, as in botocore: importing that takes longer than many a build.
    kind = type(error).__name__
    return "Credential" in kind or "Token" in kind
