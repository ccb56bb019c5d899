"""Listed codes, subtypes by their retry settings, and values of facts."""

from __future__ import annotations

from typing import Optional

# errspec:copy


def _listed(value: str) -> tuple[int, bool]:
    """Returns the code that a value is, or that starts like it, and whether it only
    starts like it.
    """
    code: Optional[AnyCode] = parse_code(value)
    if code is None:
        return -1, False
    prefix = False
    # errspec:if prefixes
    prefix = _is_prefixed(value)
    # errspec:end
    return _index(code), prefix


# errspec:if cut
def _cut_code(wire: str, field: int) -> str:
    """Returns the part of a code that counts."""
    before, after = _FIELDS[field].before, _FIELDS[field].after
    if before:
        wire = wire.partition(before)[0]
    if after and after in wire:
        wire = wire.partition(after)[2]
    return wire


# errspec:end
# errspec:if param
def _joined(fact: Optional[_Fact]) -> str:
    """Returns the value of a fact, the elements of an array joined by dots."""
    if fact is None:
        return ""
    if not isinstance(fact.value, list):
        return _text_of(fact.value)
    parts = ("null" if part is None else part for part in fact.value)
    return ".".join(_text_of(p) for p in parts if not isinstance(p, (dict, list)))


# errspec:end
# errspec:if arrays
def _repeatable(code: int) -> bool:
    """Returns whether a code and all its subtypes are automatic."""
    own = _SUBTYPE_DECISIONS[_FIRST_SUBTYPES[code] : _FIRST_SUBTYPES[code + 1]]
    return _DECISIONS[code].automatic and all(subtype.automatic for subtype in own)


# errspec:end
# errspec:if refined
def _wait_of(decision: Decision) -> tuple[float, float]:
    wait = decision.wait
    return (0, 0) if wait is None else (wait.min, wait.max)


def _stricter(a: int, b: int) -> int:
    """Returns the subtype with the stricter retry settings, a if they are equal."""
    x, y = _SUBTYPE_DECISIONS[a], _SUBTYPE_DECISIONS[b]
    if x.automatic != y.automatic:
        return b if x.automatic else a
    return b if _wait_of(x)[0] < _wait_of(y)[0] else a


def _uniform(code: int) -> bool:
    """Returns whether no subtype has stricter retry settings than its code."""
    decision = _DECISIONS[code]
    low, high = _wait_of(decision)
    own = _SUBTYPE_DECISIONS[_FIRST_SUBTYPES[code] : _FIRST_SUBTYPES[code + 1]]
    for subtype in own:
        least, most = _wait_of(subtype)
        if subtype.automatic != decision.automatic or least > low or most > high:
            return False
    return True


# errspec:end
