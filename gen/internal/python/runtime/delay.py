"""The texts of delays. They are read in nanoseconds, so that rounding is the same in
every language.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Optional

# errspec:copy


_LONGEST = (1 << 63) - 1
_DAYS = "(?i:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_DAYS = "(?i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_MONTHS: Sequence[str] = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = f"(?P<month>(?i:{'|'.join(_MONTHS)}))"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:[.,][0-9]+)?"
_HTTP_DATES = (
    f"{_DAYS}, +(?P<day>[0-9]{{2}}) +{_MONTH} +(?P<year>[0-9]{{4}}) +{_TIME} +GMT",
    f"{_LONG_DAYS}, +(?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) +{_TIME} +GMT",
    f"{_DAYS} +{_MONTH} +(?P<day>[0-9]{{1,2}}) +{_TIME} +(?P<year>[0-9]{{4}})",
)
_UNITS = {
    "ns": 1,
    "us": 1000,
    "µs": 1000,
    "μs": 1000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}


def parse_retry_after(value: str, now: Optional[float] = None) -> Optional[float]:
    """Reads the value of a Retry-After header, in seconds: a number of seconds, or one
    of the three forms of an HTTP date (RFC 9110, section 10.2.3).

    It also accepts fractions, and durations such as "1.5s", which some services send.
    Returns None if it is neither, and 0 for a date that has passed. now is a time of
    time.time().
    """
    at = time.time_ns() if now is None else round(now * 1e9)
    delay = _parse_delay(value, _UNITS["s"], at)
    return None if delay is None else delay / 1e9


def _parse_delay(text: str, unit: int, now: int) -> Optional[int]:
    """Reads a number of units, a duration, or the delay from now to a date. A number
    that is too large gives the longest delay.
    """
    text = text.strip(" \t")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?", text):
        number = float(text) * unit
        if number >= _LONGEST:
            return _LONGEST
        whole = int(number)
        return whole + 1 if number - whole >= 0.5 else whole
    if "0" <= text[:1] <= "9":
        duration = _parse_duration(text)
        if duration is not None:
            return duration
    date = _parse_date(text)
    return None if date is None else min(max(date - now, 0), _LONGEST)


def _parse_duration(text: str) -> Optional[int]:
    """Reads a sequence of numbers with units, such as 1h30m or 1.5s."""
    part = "([0-9]*)(?:[.]([0-9]*))?(ns|us|µs|μs|ms|s|m|h)"
    if len(text) > 1000 or not re.fullmatch(f"(?:(?=[.]?[0-9]){part})+", text):
        return None
    total = 0
    for whole, decimals, unit in re.findall(part, text):
        size = _UNITS[unit]
        total += int(whole or "0") * size
        digits = decimals[:18]
        total += int(int(digits or "0") * (size / 10 ** len(digits)))
    return total if total <= _LONGEST else None


def _parse_date(text: str) -> Optional[int]:
    """Reads an HTTP date, in nanoseconds since 1970. The locale does not matter."""
    if len(text) > 1000:
        return None
    for form in _HTTP_DATES:
        found = re.fullmatch(form, text, re.ASCII)
        if found is not None:
            break
    else:
        return None
    name: str = found["month"].lower()
    year, month = int(found["year"]), _MONTHS.index(name) + 1
    if len(found["year"]) == 2:
        year += 1900 if year >= 69 else 2000
    day, hour = int(found["day"]), int(found["hour"])
    minute, second = int(found["minute"]), int(found["second"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 30 + (month + month // 8) % 2 - (2 - leap if month == 2 else 0)
    if not 1 <= day <= days or hour > 23 or minute > 59 or second > 59:
        return None
    year -= month <= 2  # the year starts in March, so that leap days end it
    days = 365 * year + year // 4 - year // 100 + year // 400
    days += (153 * ((month + 9) % 12) + 2) // 5 + day - 719469
    return ((days * 24 + hour) * 60 + minute) * 60_000_000_000 + second * 1_000_000_000


# errspec:if parseint
def _integer(text: str) -> Optional[int]:
    """Returns the integer of 64 bits that a text is, or None."""
    if len(text) > 100 or not re.fullmatch("[+-]?[0-9]+", text):
        return None
    number = int(text)
    return number if -(1 << 63) <= number < 1 << 63 else None


# errspec:end
