"""A Ctrl-C that Python swallows is heard at the next step of the work."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SWALLOWED = """
import os, signal
from digest.interrupt import listen
from digest.progress import Bar

class Finalized:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):  # the signal is heard in here, where nobody listens
            pass

listen()
bar = Bar(visible=False)
bar.show("read", 1, 3)
Finalized()
print("went on")
try:
    bar.show("read", 2, 3)
except KeyboardInterrupt:
    print("heard")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_in_a_finalizer_is_heard_at_the_next_step() -> None:
    """Python prints it and goes on; the bar of progress does not."""
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED], capture_output=True, text=True, check=True
    )
    assert "KeyboardInterrupt" in done.stderr
    assert done.stdout.split("\n")[:2] == ["went on", "heard"]
