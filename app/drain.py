"""Keeps count of the connections in hand, so that a stop can wait for exactly those."""

import threading


class Drain:
    """Open until `begin`; then it waits for what came before and turns away what comes after."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._in_hand = 0
        self._stopping = False

    @property
    def stopping(self) -> bool:
        with self._changed:
            return self._stopping

    def enter(self) -> bool:
        """Counts a new connection; False, and not counted, once the stop has begun."""
        with self._changed:
            if not self._stopping:
                self._in_hand += 1
            return not self._stopping

    def leave(self) -> None:
        """A counted connection is done."""
        with self._changed:
            self._in_hand -= 1
            self._changed.notify_all()

    def begin(self) -> None:
        """From here on nothing new is counted."""
        with self._changed:
            self._stopping = True

    def wait(self, seconds: float) -> int:
        """Waits until all that was counted is done; returns how many are not after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._in_hand == 0, timeout=seconds)
            return self._in_hand
