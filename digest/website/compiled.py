"""The code of templates: compiling them takes longer than to render a small site with them.

That of the default theme is kept beside the compiled modules of this package, in `__pycache__`,
where those who may write are trusted with code anyway, and as Python keeps theirs: by all that it
was made of, and not at all where Python is told to keep none. Nothing depends on its being there.
"""

from __future__ import annotations

import marshal
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
import msgspec
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from digest.language import Words
from digest.ledger import Keepsake
from digest.text import mark_of
from digest.version import version_mark
from digest.website.theme import Theme

_MARK = 16
"""Bytes of a mark."""


class Compiled(BytecodeCache):
    """The code of templates, for all engines of one theme and language."""

    def __init__(
        self,
        keepsake: Keepsake | None = None,
        mark: bytes = b"",
        files: frozenset[str] = frozenset(),
    ) -> None:
        """`keepsake`: where code of the templates called `files` is kept, if anywhere; `mark`
        changes with all that it is made of."""
        self._keepsake, self._mark, self._files = keepsake, mark, files
        self._codes = _read(keepsake.read(), mark) if keepsake else {}
        self._new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` the code kept for it, if there is any."""
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of `bucket`."""
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.code
            self._new = self._new or bucket.code.co_filename in self._files

    def keep(self) -> None:
        """Keep for later processes what is new."""
        if self._keepsake is not None and self._new:
            kept = {k: code for k, code in self._codes.items() if code.co_filename in self._files}
            body = marshal.dumps(kept)
            self._keepsake.write(self._mark, mark_of(body), body)
        self._new = False


def _read(kept: bytes, mark: bytes) -> dict[str, CodeType]:
    body = memoryview(kept)[2 * _MARK :]
    if kept[:_MARK] != mark or kept[_MARK : 2 * _MARK] != mark_of(bytes(body)):
        return {}
    codes: dict[str, CodeType] = marshal.loads(body)  # noqa: S302 - our own, as modules are
    return codes


def compiled(theme: Theme, words: Words) -> Compiled:
    """That of `theme` in the language of `words`, as far as it was kept."""
    if sys.dont_write_bytecode or not sys.implementation.cache_tag or words.own:
        return Compiled()
    beside = Path(cache_from_source(__file__))
    place = beside.with_name(f"templates-{words.language}.{sys.implementation.cache_tag}.bin")
    default = [(name, template.file, template.source) for name, template in theme.default]
    about = msgspec.msgpack.encode((default, words.language, jinja2.__version__))
    mark = mark_of(version_mark(), MAGIC_NUMBER, about)
    return Compiled(Keepsake(place), mark, frozenset(file for _, file, _ in default))
