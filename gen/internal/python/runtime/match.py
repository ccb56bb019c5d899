"""Phrases in messages. They are compared as bytes: lower() and the classes of regular
expressions are then those of ASCII, as in every implementation of the matcher.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Optional

# errspec:copy


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    """Compiles a pattern when it is first used; all of them would delay imports."""
    return re.compile(pattern)


# errspec:if find
@cache
def _phrases_of(low: int, high: int) -> tuple[_Phrase, ...]:
    """Returns the phrases with an owner from low to below high, best one first."""
    return tuple(phrase for phrase in _PHRASES if low <= phrase.owner < high)


def _find(message: str, low: int, high: int) -> Optional[_Phrase]:
    """Returns the best phrase in a message with an owner from low to below high."""
    phrases = _phrases_of(low, high)
    if not phrases:
        return None
    data = _head(message).lower()
    for phrase in phrases:
        if phrase.hint in data and _occurs(phrase, data):
            return phrase
    return None


def _occurs(phrase: _Phrase, data: bytes) -> bool:
    # errspec:if ambiguous
    if phrase.paths:
        return _follow_paths(phrase.paths, data, -1) is not None
    # errspec:end
    return _follows(phrase.parts, 0, data, 0)


# errspec:end
def _follows(parts: tuple[bytes, ...], first: int, data: bytes, at: int) -> bool:
    """Returns whether the parts from an index on occur from data[at:] on in sequence.
    The first occurrence of each leaves the most text for the others.
    """
    for part in parts[first:]:
        found = _compiled(part).search(data[at:] if at else data)
        if found is None:
            return False
        at += found.end()
    return True


# errspec:if valuein
def _value_in(phrase: _Phrase, message: str, name: str) -> Optional[str]:
    """Returns the text of a placeholder in a message that contains the phrase."""
    if name not in phrase.names:
        return None
    data = _head(message)
    span = _span(phrase, data.lower(), phrase.names.index(name))
    return None if span is None else data[span[0] : span[1]].decode(errors="replace")


def _span(phrase: _Phrase, data: bytes, placeholder: int) -> Optional[tuple[int, int]]:
    """Returns the bounds of a placeholder, of which each is the longest number or
    the shortest text that allows the phrase to occur.
    """
    # errspec:if ambiguous
    if phrase.paths:
        want = [i for i, c in enumerate(phrase.paths) if c in _NUM + _ANY][placeholder]
        return _follow_paths(phrase.paths, data, want)
    # errspec:end
    parts, at = phrase.parts, 0
    spans: list[tuple[int, int]] = []
    if not _follows(parts, 0, data, 0):
        return None
    for i, part in enumerate(parts):
        found = _compiled(part).search(data[at:])
        if found is None:
            return None
        if i > 0:
            spans.append((at, at + found.start()))
        spans += [(at + low, at + high) for low, high in found.regs[1:]]
        at += found.end()
        if i + 1 < len(parts) and part.endswith(rb"\s"):
            at = _space_end(parts, i + 1, data, at)
    return spans[placeholder]


def _space_end(parts: tuple[bytes, ...], first: int, data: bytes, at: int) -> int:
    """Returns the end of white space before any text: the last one after which the
    other parts still follow. Each part needs at most one byte of the white space.
    """
    end = len(data) - len(data[at:].lstrip(b" \t\n\v\f\r"))
    while end > at and not _follows(parts, first, data, end):
        end -= 1
    return end


# errspec:end
# errspec:if ambiguous
_NUM, _ANY = b"\x01", b"\x02"  # the placeholders <num> and <any>
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")


def _follow_paths(text: bytes, data: bytes, want: int) -> Optional[tuple[int, int]]:
    """Searches for a pattern in which the end of a number is ambiguous, such as
    "<num>.<num>". Returns the bounds of the placeholder text[want].

    All paths through the pattern are followed at once, in order of preference: early
    starts, long numbers, long white space and short texts. Of two paths that reach
    the same state, only the preferred one continues. This takes linear time.
    """
    # A state is an index of the pattern and 0, or 1 and 2 before and in decimals.
    paths: dict[tuple[int, int], tuple[int, int]] = {}
    best: Optional[tuple[int, int]] = None
    for at in range(len(data) + 1):
        inside = at > 0 and text[0] in _WORD and data[at - 1] in _WORD
        if best is None and not inside:
            _enter(paths, text, data, want, 0, at, (-1, -1))
        following: dict[tuple[int, int], tuple[int, int]] = {}
        for state, bounds in paths.items():
            if state[0] == len(text):
                best = bounds
                break
            if at < len(data):
                _step(following, text, data, want, state, at, bounds)
        if best is not None and (want < 0 or not following):
            return best
        paths = following
    return best


def _enter(
    paths: dict[tuple[int, int], tuple[int, int]],
    text: bytes,
    data: bytes,
    want: int,
    i: int,
    at: int,
    bounds: tuple[int, int],
) -> None:
    """Adds the path that reaches text[i] before data[at:]."""
    if i == want:
        bounds = (at, bounds[1])
    elif i == want + 1:
        bounds = (bounds[0], at)
    if i == len(text):
        if at < len(data) and text[-1] in _WORD and data[at] in _WORD:
            return
    elif text[i] == _ANY[0]:
        _enter(paths, text, data, want, i + 1, at, bounds)
    paths.setdefault((i, 0), bounds)


def _step(
    paths: dict[tuple[int, int], tuple[int, int]],
    text: bytes,
    data: bytes,
    want: int,
    state: tuple[int, int],
    at: int,
    bounds: tuple[int, int],
) -> None:
    """Adds the paths that continue one after data[at]."""
    (i, within), c = state, data[at]
    if text[i] == _ANY[0]:
        _enter(paths, text, data, want, i + 1, at + 1, bounds)
        paths.setdefault(state, bounds)
    elif text[i] == _NUM[0]:
        if within == 1:
            if c == 0x2E:
                paths.setdefault((i, 2), bounds)
        elif 0x30 <= c <= 0x39:
            paths.setdefault(state, bounds)
            if within == 0:
                paths.setdefault((i, 1), bounds)
            _enter(paths, text, data, want, i + 1, at + 1, bounds)
    elif text[i] == 0x20:
        if c == 0x20 or 0x09 <= c <= 0x0D:
            paths.setdefault(state, bounds)
            _enter(paths, text, data, want, i + 1, at + 1, bounds)
    elif text[i] == c:
        _enter(paths, text, data, want, i + 1, at + 1, bounds)


# errspec:end
