"""Tasks."""

from __future__ import annotations

from copy import copy
from typing import Optional

# errspec:copy


def _is_done(task: Task) -> bool:
    status = _status_of(task)
    return _has_failed(task) or any(status in field.completed for field in _FIELDS)


def _has_failed(task: Task) -> bool:
    status = _status_of(task)
    failed = any(status in field.failed for field in _FIELDS)
    return task._error is not None or failed


def _error_of(task: Task) -> Optional[StandinError]:
    if not _has_failed(task):
        return None
    error = StandinError() if task._error is None else copy(task._error)
    # errspec:if id
    error.task_id = _id_of(task)
    if not error.task_id and _status_of(task):
        error._unsettled = True  # may be about any task
    # errspec:end
    return error
