"""Files by the thousand on an ext4 disk: where new ones come to lie, and how old ones go.

Where blocks that become free are discarded at once (`mount -o discard`, as virtual machines do), a
file takes some 3 ms to delete in which the processor does nothing. So many are deleted at a time.

An ext4 file system without a journal (virtual machines, containers, cards) does not give out the
inodes of files that were deleted in the last five minutes. It looks for a free one by passing over
all of those in the folder's group of blocks, from the first, for every file that is made: up to 20
times the cost of making it where a site of 10,000 files was deleted before, more where it was
larger. And it puts new folders into the group of their parent, where the old site was. Told that a
folder is the top of a hierarchy (as `chattr +T` does), it lays the folders in it far apart instead,
in groups that are little used.

Source: `find_inode_bit` and `find_group_orlov` in fs/ext4/ialloc.c of Linux.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import struct
import sys
from collections.abc import Iterable, Sequence
from typing import Literal

_GET_FLAGS = 0x8008_6601 if struct.calcsize("l") == 8 else 0x8004_6601
_SET_FLAGS = 0x4008_6602 if struct.calcsize("l") == 8 else 0x4004_6602
_TOP = 0x0002_0000
"""FS_IOC_GETFLAGS, FS_IOC_SETFLAGS and FS_TOPDIR_FL of <linux/fs.h>."""
AT_ONCE = 32
"""Threads that wait for the disk at a time."""
_CHUNK = 64


def make_top(folder: str) -> None:
    """Make `folder`, whose folders `make_apart` makes.

    Raises OSError where it is there or cannot be made.
    """
    os.mkdir(folder)
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    # A file system that knows no such flag refuses it, and needs none.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            flags = bytearray(struct.calcsize("l"))
            fcntl.ioctl(handle, _GET_FLAGS, flags)
            now = int.from_bytes(flags[:4], _order())
            flags[:4] = (now | _TOP).to_bytes(4, _order())
            fcntl.ioctl(handle, _SET_FLAGS, bytes(flags))
        finally:
            os.close(handle)


def make_apart(folder: str) -> None:
    """Make `folder`, far from others of its parent.

    Raises OSError where it is there or cannot be made.
    """
    # The place is chosen by the name: under its own, it would be that of the site just deleted.
    parent, _, _ = folder.rpartition("/")
    passing = f"{parent}/.{secrets.token_hex(8)}"
    os.mkdir(passing)
    os.rename(passing, folder)


def delete_tree(folder: str) -> None:
    """Delete `folder` and all below, as far as that can be done; links are not followed."""
    delete_files(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)
    # What is left: folders, links to folders, and what could not be deleted.
    shutil.rmtree(folder, ignore_errors=True)


def delete_files(files: Iterable[str]) -> None:
    """Delete `files`, as far as they are there and that can be done."""
    files = list(files)
    chunk = max(1, min(_CHUNK, -(-len(files) // AT_ONCE)))
    chunks = [files[at : at + chunk] for at in range(0, len(files), chunk)]
    if len(chunks) == 1:
        _delete(chunks[0])
    elif chunks:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not for every build

        with ThreadPoolExecutor(min(AT_ONCE, len(chunks))) as threads:
            list(threads.map(_delete, chunks))


def _delete(files: Sequence[str]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            os.unlink(file)


def _order() -> Literal["little", "big"]:
    return sys.byteorder
