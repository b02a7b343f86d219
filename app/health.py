"""`python3 -m app.health`: exit code 0 when the service on this machine says that it is well.

A bare socket instead of http.client: this runs every three seconds for as long as the container
lives, and the import of http.client takes longer than all the rest.
"""

import os
import socket
import sys

TIMEOUT_SECONDS = 1.5


def is_healthy(port: int) -> bool:
    """Asks `/healthz` and looks at the status line only."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            # Small enough to come in one piece; a cut-off status line counts as unhealthy and is
            # asked again.
            status_line = connection.recv(64).partition(b"\r\n")[0]
    except OSError:
        return False
    return b" 200 " in status_line


if __name__ == "__main__":
    sys.exit(0 if is_healthy(int(os.environ.get("PORT") or 8080)) else 1)
