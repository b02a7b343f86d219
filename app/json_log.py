"""One JSON object per line on standard output, with the field names that Cloud Logging reads."""

import json
import logging
import sys

from app.clock import now_kst


class JsonFormatter(logging.Formatter):
    """Renders a record; `extra={"fields": {...}}` becomes fields beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": now_kst(),
            "severity": record.levelname,
            "message": record.getMessage(),
        }
        entry.update(getattr(record, "fields", {}))
        if record.exc_info:
            entry["stack"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def start_logging(level: str) -> logging.Logger:
    """Sends everything from `level` upward to standard output and returns the service's logger."""
    output = logging.StreamHandler(sys.stdout)
    output.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[output], force=True)
    return logging.getLogger("mervis")
