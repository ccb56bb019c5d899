"""Reading responses."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Union

# errspec:copy


def decode_error(
    status: int, headers: Optional[Headers], body: Union[bytes, str]
) -> Union[StandinError, StandinResponseError, None]:
    """Returns the error that a response reports, None if it reports none, and a
    StandinResponseError if the response cannot be read. body is the complete body.
    """
    reading = _Reading(status, headers, _body_of(body))
    if reading.outcome == "unreadable":
        return _unreadable(reading)
    if reading.outcome in ("error", "failed"):
        return _failure(reading, _received(reading, False, False))
    return None


# errspec:if task
def decode_task(
    status: int, headers: Optional[Headers], body: Union[bytes, str]
) -> Task:
    """Reads the response to a submission or a poll. Returns a task, which may have
    failed (see `Task.error`).

    Raises StandinError if the service refused the request. If its HTTP status is 408,
    or is not from 400 to 499, the outcome of the request is unknown. It is also
    unknown after a StandinResponseError: the response is not about a task or cannot
    be read.
    """
    reading = _Reading(status, headers, _body_of(body), is_task=True)
    if reading.outcome == "unreadable":
        raise _unreadable(reading)
    source = _received(reading, False, False)
    if reading.outcome == "error":
        raise _failure(reading, source)
    return _task(reading, source)


def _task(reading: _Reading, source: _Received) -> Task:
    """Returns the task that a response describes."""
    task = replace(_new_task(reading), _source=source)
    if reading.outcome == "failed":
        task = replace(task, _error=_failure(reading, source))
    return task


# errspec:end
def _body_of(body: Union[bytes, str]) -> bytes:
    return _octets(body) if isinstance(body, str) else bytes(body)


def _failure(reading: _Reading, source: _Received) -> StandinError:
    """Returns the error that a response reports."""
    choice = reading.choice
    code: Optional[AnyCode] = None
    if choice.code >= 0 and not choice.prefix:
        code = CODES[choice.code]
    # errspec:if text
    elif choice.wire:
        code = choice.wire
    # errspec:end
    # errspec:if integer
    elif choice.wire:
        code = _integer(choice.wire)
    # errspec:end
    error = StandinError(_NO_CODE if code is None else code, reading.message)
    error.wire = choice.wire
    error.http_status = reading.status
    error.retry_after = reading.retry_after / 1e9
    error._manual = reading.manual
    error._source = source
    if choice.code < 0 and choice.wire:
        error._stand_in = choice.stand_in
    # errspec:if refined
    if reading.subtype >= 0:
        found = classify(error.code, error.message).subtype
        own = _SUBTYPE_DECISIONS[reading.subtype].subtype
        if reading.subtype != reading.strictest or own != found:
            error._subtype, error._strictest = reading.subtype, reading.strictest
    # errspec:end
    _complete_error(error, reading)
    # errspec:if task
    error._unsettled = reading.status == 0
    if reading.outcome == "failed":
        error.http_status = 0  # no request was refused
        # errspec:if id
        error._unsettled = not error.task_id  # may be about any task
        # errspec:end
    # errspec:end
    return error


def _unreadable(reading: _Reading) -> StandinResponseError:
    reason = "body is not JSON"
    if len(reading.body) > _MAX_BODY:
        reason = "body is larger than 16 MiB"
    elif reading.valid:
        reason = "body is not a task"
    return StandinResponseError(
        reason,
        reading.status,
        reading.text("request_id"),
        reading.body[:_MAX_EXCERPT].decode(errors="replace"),
    )
