"""Settings come from environment variables only; no file is ever read."""

from collections.abc import Mapping
from dataclasses import dataclass

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MAX_GREETING_LENGTH = 200
# The VM gives a container 25 s to stop; a drain must end well before that.
MAX_DRAIN_SECONDS = 20


class SettingsError(Exception):
    """Every problem of the environment at once, so that one restart mends them all."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """What a deployment may choose."""

    bind_address: str
    port: int
    greeting: str
    log_level: str
    drain_seconds: int
    release: str


def parse_settings(environment: Mapping[str, str]) -> Settings:
    """Reads and checks all settings; an empty variable counts as absent.

    Raises SettingsError that names each wrong variable, its value and the limit.
    """
    problems: list[str] = []

    def text(name: str, default: str) -> str:
        return environment.get(name, "").strip() or default

    def number(name: str, default: int, lowest: int, highest: int) -> int:
        value = text(name, str(default))
        if value.isascii() and value.isdigit() and lowest <= int(value[:9]) <= highest:
            return int(value)
        problems.append(f"{name} is {value!r}, expected a whole number from {lowest} to {highest}")
        return default

    port = number("PORT", default=8080, lowest=1, highest=65535)
    drain_seconds = number("DRAIN_SECONDS", default=10, lowest=0, highest=MAX_DRAIN_SECONDS)
    log_level = text("LOG_LEVEL", "INFO").upper()
    if log_level not in LOG_LEVELS:
        problems.append(f"LOG_LEVEL is {log_level!r}, expected one of {', '.join(LOG_LEVELS)}")
    greeting = text("GREETING", "At your service.")
    if len(greeting) > MAX_GREETING_LENGTH:
        length = len(greeting)
        problems.append(f"GREETING has {length} characters, at most {MAX_GREETING_LENGTH} fit")
    if problems:
        raise SettingsError(problems)
    return Settings(
        bind_address=text("BIND_ADDRESS", "0.0.0.0"),
        port=port,
        greeting=greeting,
        log_level=log_level,
        drain_seconds=drain_seconds,
        release=text("APP_RELEASE", ""),
    )
