"""Texts for people: lines, durations, and sentences about retries."""

from __future__ import annotations

import unicodedata

# errspec:copy


_MAX_MESSAGE = 64 << 10
_MAX_TEXT = 300  # bytes of a text in a line

# White space as Go and Unicode define it. str.strip also removes U+001C to U+001F.
_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def _octets(text: str) -> bytes:
    """Returns a text in UTF-8, each lone surrogate as U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return b"".join(
            b"\xef\xbf\xbd" if "\ud800" <= c <= "\udfff" else c.encode() for c in text
        )


# errspec:if matcher
def _head(message: str) -> bytes:
    """Returns the part of a message that is matched: its first 64 KiB, without a
    character that would be split.
    """
    data = _octets(message[:_MAX_MESSAGE])
    if len(data) <= _MAX_MESSAGE:
        return data
    return data[:_MAX_MESSAGE].decode(errors="ignore").encode()


# errspec:end
# errspec:if subtypes
def _is_blank(message: str) -> bool:
    """Returns whether the part of a message that is matched is blank."""
    if len(message) > _MAX_MESSAGE // 4:  # a character has up to 4 bytes
        message = _head(message).decode()
    return message.strip(_SPACE) == ""


# errspec:end
def _is_graphic(c: str) -> bool:
    category = unicodedata.category(c)
    return category[0] in "LMNPS" or category == "Zs"


def _one_line(text: str) -> str:
    """Returns a text on one line. Runs of white space and of characters that are not
    graphic become a space, and a long text is truncated.
    """
    start = text[:_MAX_MESSAGE]
    if not start.isprintable():
        start = "".join(c if _is_graphic(c) else " " for c in start)
    return _cut(" ".join(start.split()))


def _cut(text: str) -> str:
    """Truncates a text to 300 bytes of UTF-8."""
    data = _octets(text)
    if len(data) <= _MAX_TEXT:
        return text
    return data[:_MAX_TEXT].decode(errors="ignore") + "…"


def _printable(text: str) -> str:
    """Replaces characters that could control a terminal. Line breaks are kept."""
    return "".join(c if c == "\n" or _is_graphic(c) else " " for c in text.rstrip("\n"))


_ESCAPES = dict(zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\'))


def _quoted(text: str) -> str:
    """Returns a text in quotes, its characters that are not graphic escaped."""
    out: list[str] = []
    for c in text:
        n = ord(c)
        if c in _ESCAPES:
            out.append("\\" + _ESCAPES[c])
        elif _is_graphic(c):
            out.append(c)
        elif n < 0x80:
            out.append(f"\\x{n:02x}")
        else:
            out.append(f"\\u{n:04x}" if n < 0x10000 else f"\\U{n:08x}")
    return '"' + "".join(out) + '"'


def _duration(seconds: float) -> str:
    """Returns a duration such as 30s, 5m, 1h30m or 1.5s."""
    nanoseconds = round(seconds * 1e9)
    if nanoseconds < 1_000_000_000:
        for unit, size in (("ms", 1_000_000), ("µs", 1000), ("ns", 1)):
            if nanoseconds >= size:
                return _decimal(nanoseconds, size) + unit
        return "0s"
    minutes, nanoseconds = divmod(nanoseconds, 60_000_000_000)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}h" if hours else ""
    if minutes or hours and nanoseconds:
        text += f"{minutes}m"
    if nanoseconds:
        text += _decimal(nanoseconds, 1_000_000_000) + "s"
    return text


def _decimal(value: int, size: int) -> str:
    whole, rest = divmod(value, size)
    if rest == 0:
        return str(whole)
    digits = len(str(size)) - 1
    return f"{whole}.{rest:0{digits}d}".rstrip("0")


_MAY_RETRY = "Clients may retry the same request automatically"
_MUST_NOT_RETRY = "Clients must not retry the same request automatically."
_MAY_BE_CHARGED = "may still be running, may have finished, and may have been charged."
_UNKNOWN_OUTCOME = (
    f"The outcome of the request is unknown: it {_MAY_BE_CHARGED} {_MUST_NOT_RETRY}"
)
# errspec:if poll
_POLL_AGAIN = f"The task {_MAY_BE_CHARGED} Poll it again; do not submit it again."
# errspec:end

_ADVICE = {
    "fix": "Change the request before submitting it again.",
    "resubmit": "The task was canceled. Only a person may decide to submit it again.",
    "check": "Correct the ID or other reference in the request.",
    "support": (
        "Contact the service's support;"
        " clients must not retry the same request automatically."
    ),
    "never": "The same request will never succeed.",
}


def _retry_text(action: str, automatic: bool, low: float, high: float) -> str:
    """Returns a sentence about a retry after a wait. No wait is 0."""
    if high > 0:
        wait = _duration(low) + " to " + _duration(high) if low != high else ""
        after = later = f" after {wait or _duration(high)}"
    elif action == "wait":
        after, later = " after a delay", " later"
    else:
        after = later = ""
    if automatic:
        return f"{_MAY_RETRY}{after}."
    if action in ("retry", "wait"):
        return (
            f"The same request may succeed{later},"
            " but clients must not retry it automatically."
        )
    return _ADVICE.get(action) or (
        "The table does not specify whether the same request may succeed;"
        " clients must not retry it automatically."
    )
