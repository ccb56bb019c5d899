"""Attempts as JSON."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any, Union

# errspec:copy


def _attempts_json(work: Attempts) -> str:
    """Returns attempts as JSON."""
    stored: dict[str, Any] = {"version": 1, "table": _TABLE}
    if work._seed:
        stored["seed"] = work._seed
    # errspec:if keys
    work._shared = work._shared or work.key != ""
    stored["key"] = work._key
    if work._key > 0:
        stored["since"] = _rfc3339(work._since)
    stored["keyed"] = work._keyed
    # errspec:end
    stored["submissions"] = work._submissions
    # errspec:if id
    if work._task:
        stored["task"] = work._task
    # errspec:end
    return json.dumps(stored, separators=(",", ":"))


def _resume(work: Attempts, stored: Union[str, bytes]) -> None:
    """Restores attempts. After a ValueError, they have ended."""
    submitted = work._submissions > 0
    work._why, work._unknown, work._resumed = "outcome_unknown", True, True
    work._ended = True
    members = _stored_attempts(stored)
    seed: str = members.get("seed") or ""
    if work._named and seed != work._seed:
        raise ValueError("the stored attempts are at other work")
    if submitted:
        raise ValueError("resume after a submission")
    work._barred = True
    # errspec:if keys
    if members.get("key") and members.get("since"):
        work._since = _from_rfc3339(members["since"])
        work._key, work._keyed = members["key"], members.get("keyed") is True
    # errspec:end
    # errspec:if id
    work._task = members.get("task") or ""
    # errspec:end
    work._seed, work._submissions = seed, max(members.get("submissions") or 0, 1)
    # errspec:if keys
    work._shared, work._barred = True, not work._keyed or work.key == ""
    # errspec:end
    work._why, work._ended = "", False


def _stored_attempts(stored: Union[str, bytes]) -> dict[str, Any]:
    """Returns the members of stored attempts. Raises ValueError if they are invalid."""
    try:
        loaded: Union[dict[str, Any], str, None] = json.loads(stored)
    except RecursionError:
        loaded = None
    members = loaded if isinstance(loaded, dict) else {}
    types = {"seed": str, "task": str, "since": str, "key": int, "submissions": int}
    if members.get("version") != 1 or any(
        members.get(key) is not None and type(members[key]) is not kind
        for key, kind in types.items()
    ):
        raise ValueError("the JSON contains no attempts that this package supports")
    if members.get("table") != _TABLE:
        raise ValueError("the stored attempts are of another table")
    return members


def _hash(kind: str, text: str) -> str:
    """Returns the start of the SHA-256 hash of a text of the table, in hexadecimal."""
    from hashlib import sha256

    return sha256(_octets(f"{kind}\n{_TABLE}\n{text}")).hexdigest()[:32]


# errspec:if keys
def _rfc3339(at: int) -> str:
    """Returns a time in nanoseconds since 1970 as text."""
    seconds, nanoseconds = divmod(at, 1_000_000_000)
    text = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{nanoseconds:09}Z" if nanoseconds else f"{text}Z"


def _from_rfc3339(text: str) -> int:
    """Returns a time in nanoseconds since 1970. Raises ValueError if it is invalid."""
    form = r"([0-9-]{10}T[0-9:]{8})(?:\.([0-9]{1,9})[0-9]*)?(Z|[+-][0-9]{2}:[0-9]{2})"
    found = re.fullmatch(form, text)
    if found is None:
        raise ValueError("the stored time is invalid")
    zone = "+00:00" if found[3] == "Z" else found[3]
    at = datetime.fromisoformat(found[1] + zone)
    return int(at.timestamp()) * 1_000_000_000 + int(f"{found[2] or '':0<9}")


# errspec:end
