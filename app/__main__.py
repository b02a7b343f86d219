"""`python3 -m app`: reads the settings, serves, and stops cleanly on SIGTERM or SIGINT."""

import logging
import os
import signal
import sys
import threading

from app.json_log import start_logging
from app.server import MervisServer
from app.settings import Settings, SettingsError, parse_settings
from app.version import VERSION

EXIT_BAD_SETTINGS = 2
# How soon the accepting thread notices that it is over.
POLL_SECONDS = 0.1


def main() -> int:
    """The whole life of the process; returns its exit code."""
    try:
        settings = parse_settings(os.environ)
    except SettingsError as error:
        fields = {"problems": error.problems}
        start_logging("INFO").critical(f"cannot start: {error}", extra={"fields": fields})
        return EXIT_BAD_SETTINGS
    return serve(settings, start_logging(settings.log_level))


def serve(settings: Settings, log: logging.Logger) -> int:
    """Serves until a signal asks for a stop; then waits `drain_seconds` at most for what is in hand."""
    stop_asked = threading.Event()
    # Installed before the port is open: whoever can reach the service can also stop it.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop_asked.set())
    try:
        server = MervisServer(settings)
    except OSError as error:
        log.critical(f"cannot listen on {settings.bind_address}:{settings.port}: {error.strerror}")
        return 1
    fields = {"version": VERSION, "release": settings.release, "port": settings.port}
    with server:
        threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        log.info(f"mervis {VERSION} listens on port {settings.port}", extra={"fields": fields})
        stop_asked.wait()
        server.drain.begin()
        log.info("stopping: no new work, finishing what is in hand")
        # The port stays open meanwhile and answers 503, which a load balancer reads better than a
        # refusal.
        left = server.drain.wait(settings.drain_seconds)
        server.shutdown()
    if left:
        log.warning(f"stopped with {left} unfinished after {settings.drain_seconds} s")
    else:
        log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
