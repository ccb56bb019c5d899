"""Exceptions for people."""

from __future__ import annotations

# errspec:copy


def explain(error: BaseException) -> str:
    """Returns a description of an exception for people, in several lines: the code and
    its meaning, the message, advice, and ways to avoid and to fix the error. It mentions
    an automatic retry only if `next_pause` allows one.
    """
    # errspec:if poll
    stopped = next((e for e in _tree(error) if isinstance(e, StandinPollError)), None)
    if stopped is not None:
        text = f"{_printable(str(error))}\n{_POLL_AGAIN}\n"
        refusal = stopped.refusal
        if refusal is not None and refusal.decision.known:
            text += "The service refused the poll:\n" + _explained(refusal, "")
        return text
    # errspec:end
    found = error_in(error)
    if found is not None:
        return _explained(found, _retry_sentence(found, error))
    # errspec:if response
    if any(isinstance(e, StandinResponseError) for e in _tree(error)):
        return f"{_printable(str(error))}\n{_UNKNOWN_OUTCOME}\n"
    # errspec:end
    return f"{_printable(str(error))}\n"


def _explained(e: StandinError, sentence: str) -> str:
    """Returns the description of an error, with a sentence about retries."""
    decision = e.decision
    known = decision.known_code
    info = _unlisted_info(e.code) if known is None else INFOS[known]
    advice = info.advice
    # errspec:if response
    if known is None and e._stand_in >= 0:
        advice = INFOS[CODES[e._stand_in]].advice
    # errspec:end
    title = _code_text(e)
    if known is not None:
        title += f": {info.title}"
    elif _has_code(e) or e.wire:
        title += f": not listed in the table {_TABLE}"
    lines = [title]
    if info.description:
        lines.append(info.description)
    # errspec:if subtypes
    if decision.subtype is not None:
        subtype = SUBTYPE_INFOS[decision.subtype]
        text = subtype.title + (": " if subtype.description else "")
        lines.append(f"Subtype: {text}{subtype.description}")
        advice = subtype.advice
    # errspec:end
    for label, text in (
        ("Task", _one_line(e.task_id)),  # errspec:if id
        ("Message", _one_line(e.message)),
        ("Parameter", _one_line(e.param)),  # errspec:if param
        ("Request ID", _one_line(e.request_id)),  # errspec:if request
        ("Advice", advice),
    ):
        if text:
            lines.append(f"{label}: {text}")
    if sentence:
        lines.append(sentence)
    # errspec:if charged
    if decision.charged != "unknown":
        lines.append(f"Charged: {decision.charged}")
    # errspec:end
    for label, items in (("How to avoid:", info.avoid), ("How to fix:", info.fixes)):
        if items:
            lines.append(label)
            lines += [f"  - {' '.join(item.split())}" for item in items]
    if info.url:
        lines.append(f"See {info.url}")
    return "\n".join(lines) + "\n"


def _retry_sentence(e: StandinError, error: BaseException) -> str:
    """Returns the sentence about retries after an exception that contains an error."""
    decision = e.decision
    decided = _decide_retry(error, 1, _BACKOFF_ATTEMPTS, _BACKOFF_CAP, None)
    if decided is not None:
        low = max(decided.low, decided.retry_after)
        high = max(min(decided.high, _BACKOFF_CAP), decided.retry_after)
        return _retry_text(decision.action, True, low, high)
    if not _is_settled(e):
        return _UNKNOWN_OUTCOME
    if decision.automatic or not _each_error(error, lambda other: other is e):
        return _MUST_NOT_RETRY
    low = high = e.retry_after
    if decision.wait is not None:
        low, high = max(decision.wait.min, low), max(decision.wait.max, high)
    return _retry_text(decision.action, False, low, high)
