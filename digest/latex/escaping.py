"""Escaping for HTML and XML, to plain strings: for text that is joined before it is markup."""

from __future__ import annotations

from collections.abc import Callable

import markupsafe

# Since markupsafe 3 its `escape` marks what this makes, which takes several times as long.
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""`text` with `& < > ' "` as entities."""
