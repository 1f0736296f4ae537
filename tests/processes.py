"""What tests that start processes share."""

from __future__ import annotations

import signal


def interruptible() -> None:
    """For `preexec_fn`: a process started from a background job ignores SIGINT, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
