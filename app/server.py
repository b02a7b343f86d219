"""The HTTP side: `/` tells who is there, `/healthz` whether to send work here."""

import json
import logging
import socket
import sys
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.clock import now_kst
from app.drain import Drain
from app.settings import Settings
from app.version import VERSION

# A client that connects and stays silent must not hold up a stop for longer than this.
SILENT_CLIENT_SECONDS = 5

log = logging.getLogger("mervis")


class MervisServer(ThreadingHTTPServer):
    """One thread per connection; knows which connections came before the stop."""

    # Threads are waited for by `Drain`, which has a limit; joining them would have none.
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, settings: Settings) -> None:
        super().__init__((settings.bind_address, settings.port), MervisRequest)
        self.settings = settings
        self.drain = Drain()
        self._late: set[socket.socket] = set()

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:
        """Counts the connection in the accepting thread: none can slip past a stop uncounted."""
        if not self.drain.enter():
            self._late.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        """The one place that every connection passes at its end."""
        super().shutdown_request(request)
        if request in self._late:
            self._late.discard(request)
        else:
            self.drain.leave()

    def is_late(self, request: socket.socket) -> bool:
        """True for a connection that arrived after the stop began."""
        return request in self._late

    def handle_error(self, request: socket.socket, client_address: tuple[str, int]) -> None:
        """A client that goes away is everyday; the rest is logged with its stack."""
        fields = {"client": client_address[0]}
        if isinstance(sys.exc_info()[1], ConnectionError):
            log.debug("the client went away", extra={"fields": fields})
        else:
            log.error("request failed", exc_info=True, extra={"fields": fields})


class MervisRequest(BaseHTTPRequestHandler):
    """Answers GET and HEAD, one request per connection: no idle connection outlives its answer."""

    server: MervisServer
    timeout = SILENT_CLIENT_SECONDS

    def do_GET(self) -> None:
        started_at = time.monotonic()
        status, body = self._route()
        self._answer(status, body)
        level = logging.DEBUG if self.path == "/healthz" else logging.INFO
        duration_ms = round((time.monotonic() - started_at) * 1000, 1)
        fields = {"path": self.path, "status": int(status), "duration_ms": duration_ms}
        log.log(level, f"{self.command} {self.path} {int(status)}", extra={"fields": fields})

    do_HEAD = do_GET

    def _route(self) -> tuple[HTTPStatus, dict[str, object]]:
        path = self.path.partition("?")[0]
        if path == "/healthz":
            stopping = self.server.drain.stopping
            status = HTTPStatus.SERVICE_UNAVAILABLE if stopping else HTTPStatus.OK
            return status, {"status": "stopping" if stopping else "ok"}
        if self.server.is_late(self.connection):
            return HTTPStatus.SERVICE_UNAVAILABLE, {"error": "stopping"}
        if path == "/":
            return HTTPStatus.OK, self._describe()
        return HTTPStatus.NOT_FOUND, {"error": f"nothing at {path}"}

    def _describe(self) -> dict[str, object]:
        settings = self.server.settings
        return {
            "service": "mervis",
            "greeting": settings.greeting,
            "version": VERSION,
            "release": settings.release,
            "time": now_kst(),
            "hostname": socket.gethostname(),
        }

    def _answer(self, status: HTTPStatus, body: dict[str, object]) -> None:
        content = json.dumps(body, ensure_ascii=False).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def version_string(self) -> str:
        """For the Server header: ours, not the interpreter's."""
        return f"mervis/{VERSION}"

    def log_message(self, format: str, *args: object) -> None:
        """The base class's own lines (bad requests, time-outs), in our format."""
        log.debug(format % args)
