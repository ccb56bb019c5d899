"""Errors and tasks as JSON, which packages for other languages read and write too."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any, Union

# errspec:copy


_MAX_EXCERPT = 1 << 10
_ENVELOPE = "x-errspec"


@dataclass(frozen=True)
class _Received:
    """The part of a response that is stored."""

    status: int
    headers: dict[str, list[str]]  # that the table lists, and the date of delays
    body: str  # only the start if it is not JSON
    is_object: bool  # whether the body is a JSON object
    is_stored: bool  # whether the body contains an envelope
    damaged: bool  # whether reading the body failed

    def to_json(self) -> str:
        """Returns the body with an envelope added. If members have the same key,
        common decoders use the last one.
        """
        if self.is_stored:
            return self.body
        envelope: dict[str, Any] = {}
        if self.status:
            envelope["status"] = self.status
        if self.headers:
            envelope["headers"] = self.headers
        if not self.is_object and self.body:
            envelope["body"] = self.body
        if self.damaged:
            envelope["cut"] = True
        return _with_envelope(self.body if self.is_object else "{}", envelope)


def _with_envelope(body: str, envelope: dict[str, Any]) -> str:
    added = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    start = body.strip(" \t\r\n")[:-1].rstrip(" \t\r\n")
    comma = "" if start == "{" else ","
    return f'{start}{comma}"{_ENVELOPE}":{added}}}'


def _received(reading: _Reading, is_stored: bool, damaged: bool) -> _Received:
    headers: dict[str, list[str]] = {}
    for field in _FIELDS:
        values = _header(reading.headers, field.header) if field.header else []
        if values:
            headers[field.header] = values
    if reading.retry_after > 0:
        headers["Date"] = _header(reading.headers, "Date") or [_http_date(time.time())]
    text = reading.body.decode(errors="surrogateescape")
    if not reading.valid:
        text = _excerpt(reading.body)
    is_object = reading.valid and isinstance(reading.root, dict)
    return _Received(
        reading.status, headers, _text_of(text), is_object, is_stored, damaged
    )


def _http_date(at: float) -> str:
    """Returns a time as an HTTP date, which time.strftime writes for the locale."""
    utc = time.gmtime(at)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[utc.tm_wday]
    month = _MONTHS[utc.tm_mon - 1].capitalize()
    clock = f"{utc.tm_hour:02}:{utc.tm_min:02}:{utc.tm_sec:02}"
    return f"{day}, {utc.tm_mday:02} {month} {utc.tm_year:04} {clock} GMT"


def _excerpt(body: bytes) -> str:
    """Returns the start of a body that is not JSON. The start is not JSON either, so
    it is read as the body would be.
    """
    body = body.strip(b" \t\n\v\f\r\x85\xa0" if body.isascii() else b" \t\n\v\f\r")
    more = "…" if len(body) > _MAX_EXCERPT + 3 else ""
    if more:
        body = body[:_MAX_EXCERPT]
    return body.decode(errors="replace").replace("\ufffd", "?") + more


_Restored = Union["tuple[_Reading, _Received]", "StandinError"]


def _restore(data: Union[str, bytes]) -> _Restored:
    """Reads a stored response or error. JSON without an envelope is the body of a
    response with HTTP status 200, such as that of a webhook request.
    """
    body = _octets(data) if isinstance(data, str) else bytes(data)
    root = _load(body)
    if not isinstance(root, dict):
        raise ValueError("the JSON is not an object")
    value: _Json = root.get(_ENVELOPE)
    is_stored = value is not None
    envelope = {"status": _Number(200)} if value is None else value
    if not isinstance(envelope, dict):
        raise ValueError(f"the value of {_ENVELOPE} is not an object")
    if envelope.get("error") is not None:
        return _restore_error(envelope["error"])
    number: _Json = envelope.get("status") or _Number(0)
    status = _integer(number) if isinstance(number, _Number) else None
    headers: _Json = envelope.get("headers") or {}
    text: _Json = envelope.get("body") or ""
    damaged = envelope.get("cut") is True
    if status is None or not isinstance(headers, dict) or not isinstance(text, str):
        raise ValueError(f"a value of {_ENVELOPE} has another type")
    if text:
        body, is_stored = _octets(text), False
    is_task = False
    # errspec:if task
    is_task = True
    # errspec:end
    reading = _Reading(status, headers, body, is_task=is_task, damaged=damaged)
    return reading, _received(reading, is_stored, damaged)


def _restore_error(stored: _Json) -> StandinError:
    """Reads an error that no response reported. It is never automatic."""
    if not isinstance(stored, dict):
        raise ValueError(f"the error of {_ENVELOPE} is not an object")

    members: dict[str, Any] = stored

    def text(key: str) -> str:
        value: _Json = members.get(key)
        return "" if value is None else _text_of(value)

    # errspec:if text
    code = text("code")
    # errspec:end
    # errspec:if integer
    code = _integer(text("code") or "0")
    if code is None:
        code = parse_code(text("code"))
    if code is None:
        raise ValueError("the code is neither a number nor the name of a listed code")
    # errspec:end
    error = StandinError(code, text("message"), wire=text("wire"))
    # errspec:if id
    error.task_id = text("task")
    # errspec:end
    error._manual = True
    return error


def _error_json(error: StandinError) -> str:
    if error._source is not None:
        return error._source.to_json()
    stored: dict[str, Any] = {"code": error.code}
    for key, value in (
        ("wire", error.wire),
        ("message", error.message),
        ("task", error.task_id),  # errspec:if id
    ):
        if value:
            stored[key] = value
    envelope = {"status": error.http_status} if error.http_status else {}
    return _with_envelope("{}", {**envelope, "error": stored})


def _error_from_json(data: Union[str, bytes]) -> StandinError:
    restored = _restore(data)
    if isinstance(restored, StandinError):
        return restored
    reading, source = restored
    if reading.outcome not in ("error", "failed"):
        raise ValueError("the JSON reports no error")
    return _failure(reading, source)


# errspec:if task
def _task_json(task: Task) -> str:
    if task._source is not None:
        return task._source.to_json()
    return json.dumps(_task_members(task), ensure_ascii=False, separators=(",", ":"))


def _task_from_json(data: Union[str, bytes]) -> Task:
    restored = _restore(data)
    if isinstance(restored, StandinError):
        raise ValueError("the JSON is not a task")
    reading, source = restored
    if reading.outcome in ("unreadable", "error"):
        raise ValueError("the JSON is not a task")
    return _task(reading, source)


# errspec:end
