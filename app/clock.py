"""Korean time: what Mervis tells its owner, whatever the zone of the machine."""

from datetime import datetime, timedelta, timezone

# Korea keeps no summer time, so a fixed offset is right and needs no time zone database.
KST = timezone(timedelta(hours=9), "KST")


def now_kst() -> str:
    """The present time as ISO 8601 with the offset, to the millisecond."""
    return datetime.now(KST).isoformat(timespec="milliseconds")
