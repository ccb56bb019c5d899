"""Values of JSON and of headers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Optional, Union

# errspec:copy


Headers = Union[Mapping[str, str], Mapping[str, "list[str]"], Mapping[str, Any]]
"""The headers of a response as requests, httpx, aiohttp and urllib have them."""

# A value of JSON. Numbers are texts of the class _Number.
_Json = Union["dict[str, Any]", "list[Any]", str, bool, None]


class _Number(str):
    """A number of a JSON text, as written there."""


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(
    parse_int=_Number, parse_float=_Number, parse_constant=_refuse
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def _load(data: bytes) -> _Json:
    """Reads JSON. Raises ValueError for other text. Invalid bytes and lone surrogates
    become U+FFFD, which can be printed.
    """
    text = data.decode(errors="surrogateescape")
    try:
        loaded: _Json = _DECODER.decode(text)
        return loaded
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def _text_of(value: _Json) -> str:
    """Returns the text of a value: numbers, true and false as written."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "{" if isinstance(value, dict) else "["


def _is_empty(value: _Json) -> bool:
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return isinstance(value, (dict, list)) and len(value) == 0


def _header_lists(headers: Optional[Headers]) -> dict[str, list[str]]:
    """Returns the values of headers, by name as sent."""
    lists: dict[str, list[str]] = {}
    for name, value in (headers or {}).items():
        values = [value] if isinstance(value, (str, bytes)) else value or ()
        lists.setdefault(name, []).extend(
            v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in values
        )
    return lists


def _header(headers: dict[str, list[str]], name: str) -> list[str]:
    """Returns the values of a header. The case of its name is ignored."""
    name = name.lower()
    names = [key for key in headers if key.isascii() and key.lower() == name]
    return headers[min(names)] if names else []


# errspec:if typed
def _plain(value: _Json) -> Any:
    """Returns a value with Python's numbers. What is too deep or too large is None."""
    try:
        return _plain_of(value)
    except (RecursionError, ValueError):
        return None


def _plain_of(value: _Json) -> Any:
    if isinstance(value, dict):
        return {_text_of(key): _plain_of(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain_of(element) for element in value]
    if isinstance(value, _Number):
        return float(value) if any(c in value for c in ".eE") else int(value)
    return _text_of(value) if isinstance(value, str) else value


# errspec:end
