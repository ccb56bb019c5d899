"""Trees of exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Callable, Optional, Union

# errspec:copy


def error_in(error: Optional[BaseException]) -> Optional[StandinError]:
    """Returns the first StandinError in an exception: itself, its cause (raise …
    from), or a member of its group. The context of an exception does not count.
    """
    return next((e for e in _tree(error) if isinstance(e, StandinError)), None)


def decision_of(error: Optional[BaseException]) -> Optional[Decision]:
    """Returns the decision for the first StandinError in an exception, None if there
    is none. It is automatic only if `next_pause` may allow a retry.
    """
    found = error_in(error)
    if found is None:
        return None
    decision = found.decision
    automatic = _each_error(error, lambda e: e.decision.automatic)
    if decision.automatic and not automatic:
        return replace(decision, automatic=False)
    return decision


_MAX_ERRORS = 1000  # that are examined in a tree


def _wrapped(error: BaseException) -> list[BaseException]:
    """Returns the exceptions that an exception contains."""
    group: Union[tuple[Any, ...], None, str] = getattr(error, "exceptions", None)
    members = group if isinstance(group, tuple) else ()  # of an ExceptionGroup
    inner = [e for e in members if isinstance(e, BaseException)]
    if error.__cause__ is not None:
        inner.append(error.__cause__)
    return inner


def _tree(error: Optional[BaseException]) -> Iterator[BaseException]:
    """Yields an exception and all that it contains."""
    todo = [] if error is None else [error]
    for _ in range(_MAX_ERRORS):
        if not todo:
            return
        error = todo.pop()
        yield error
        # errspec:if poll
        if isinstance(error, StandinPollError):
            continue
        # errspec:end
        todo.extend(reversed(_wrapped(error)))


def _each_error(
    error: Optional[BaseException], allows: Callable[[StandinError], bool]
) -> bool:
    """Returns whether all errors allow something, and nothing else in the tree leaves
    the outcome open: every branch ends in an error, and no exception is a timeout or a
    cancellation.
    """
    todo, all_allow = [error], True
    for _ in range(_MAX_ERRORS):
        if not todo:
            return all_allow
        error = todo.pop()
        if isinstance(error, StandinError):
            all_allow = allows(error) and all_allow
            continue
        inner = [] if error is None or _leaves_open(error) else _wrapped(error)
        all_allow = all_allow and bool(inner)
        todo.extend(inner)
    return False


def _leaves_open(error: BaseException) -> bool:
    """Returns whether an exception is a timeout or a cancellation, by the names that
    requests, httpx, aiohttp and asyncio give them.
    """
    # errspec:if poll
    if isinstance(error, StandinPollError):
        return True
    # errspec:end
    if not isinstance(error, Exception):
        return not isinstance(getattr(error, "exceptions", None), tuple)
    names = (base.__name__.lower() for base in type(error).__mro__)
    return any("timeout" in name or "cancel" in name for name in names)
