"""Ctrl-C, of which none is lost.

Python raises KeyboardInterrupt wherever it happens to be; where that is a weak reference's
callback, a finalizer or a library that clears what it does not expect, nobody hears of it and the
work goes on. So the signal is also noted, and long work asks at its next step.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import NoReturn

_pressed = False


def listen() -> None:
    """Note SIGINT from now on, and raise KeyboardInterrupt as ever."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # signals are heard in the main thread alone
            signal.signal(signal.SIGINT, _note)


def heed() -> None:
    """Raise KeyboardInterrupt if one was noted."""
    if _pressed:
        raise KeyboardInterrupt


def _note(_signal: int, _frame: object) -> NoReturn:
    global _pressed  # noqa: PLW0603 - a process has one keyboard
    _pressed = True
    raise KeyboardInterrupt
