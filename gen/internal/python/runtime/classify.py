"""Codes, and decisions for codes and messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, cast

# errspec:copy


def classify(code: AnyCode, message: str = "") -> Decision:
    """Returns the decision for a code and its message.

    The code determines the decision; the message can only select one of the code's
    subtypes, which is never looser than the code. Aliases and former names are
    treated as the current code. An unlisted code is never automatic. Only the first
    64 KiB of a message are read.

    Phrases are matched literally: "no nudity detected" contains "nudity detected".
    """
    # errspec:if hidden
    decision = _classified(code, message)
    if _index(code) in _HIDDEN:  # only a response selects a stricter subtype
        decision = replace(decision, automatic=False)
    return decision


def _classified(code: AnyCode, message: str) -> Decision:
    """Returns the decision for the code and the message of a response."""
    # errspec:end
    index = _index(code)
    if index < 0:
        return _unlisted(code)
    decision = _DECISIONS[index]
    # errspec:if subtypes
    subtype = _subtype_in(index, message)
    if subtype < 0 and not _is_blank(message):
        subtype = _FALLBACKS.get(index, -1)
    if subtype >= 0:
        decision = _SUBTYPE_DECISIONS[subtype]
    # errspec:end
    # errspec:if stricter
    if _may_be_stricter(index, message):
        decision = replace(decision, automatic=False)
    # errspec:end
    return decision


# errspec:if stricter
def _may_be_stricter(index: int, message: str) -> bool:
    """Returns whether the rest of a long message, which is not read, may select a
    subtype that is stricter than its code.
    """
    long = len(message) > _MAX_MESSAGE // 4  # a character has up to 4 bytes
    return long and index in _STRICTER and len(_octets(message)) > _MAX_MESSAGE


# errspec:end
def _unlisted(code: AnyCode) -> Decision:
    """Returns the decision for an unlisted code, or for no code."""
    action: Action = "unknown" if _UNLISTED < 0 else _DECISIONS[_UNLISTED].action
    return Decision(code, action=action)


def _unlisted_info(code: AnyCode) -> Info:
    """Returns the documentation of an unlisted code."""
    if _UNLISTED < 0:
        return Info(code)
    info = INFOS[CODES[_UNLISTED]]
    return Info(code, advice=info.advice, hint=info.hint, fixes=info.fixes)


# errspec:if phrases
def match(message: str) -> Optional[tuple[KnownCode, Optional[KnownSubtype]]]:
    """Returns the code and subtype of the phrase that a message contains, for text
    without a code. Returns None if it contains no phrase.
    """
    phrase = _find(message, -len(CODES), len(_SUBTYPE_DECISIONS))
    if phrase is None:
        return None
    owner = phrase.owner
    decision = _DECISIONS[-1 - owner] if owner < 0 else _SUBTYPE_DECISIONS[owner]
    return cast(KnownCode, decision.code), decision.subtype


# errspec:end
# errspec:if text
def parse_code(text: str) -> Optional[AnyCode]:
    """Returns the listed code for a text, which may be an alias or a former name.
    Returns None if the table does not list it.
    """
    index = _index(text)
    return None if index < 0 else CODES[index]


# errspec:end
# errspec:if integer
def parse_code(text: str) -> Optional[AnyCode]:
    """Returns the listed code for a text: a number, an alias, or the name of a code.
    Returns None if the table does not list it.
    """
    code = _integer(text)
    index = _CODE_NAMES.get(text, -1) if code is None else _index(code)
    return None if index < 0 else CODES[index]


# errspec:end
def _index(code: AnyCode) -> int:
    """Returns the index of a code, alias or former name, -1 if it is unlisted."""
    index = _INDEXES.get(code, -1)
    # errspec:if prefixes
    if index < 0:
        for prefix, owner in _PREFIXES:
            if code.startswith(prefix):
                return owner
    # errspec:end
    return index


# errspec:if prefixes
def _is_prefixed(code: AnyCode) -> bool:
    """Returns whether the table lists only a prefix of a code."""
    return code not in _INDEXES and _index(code) >= 0


# errspec:end
# errspec:if subtypes
def _subtype_in(index: int, message: str) -> int:
    """Returns the subtype of a code whose phrase a message contains, or -1."""
    phrase = _find(message, _FIRST_SUBTYPES[index], _FIRST_SUBTYPES[index + 1])
    return -1 if phrase is None else phrase.owner


# errspec:end
# errspec:if values
def value_in(code: AnyCode, message: str, name: ValueName) -> Optional[str]:
    """Returns a named value of the message of a code, such as the limit in "file size
    exceeds 10MB". Returns None if the message has no such value.
    """
    index = _index(code)
    if index < 0:
        return None
    phrase = _find(message, _FIRST_SUBTYPES[index], _FIRST_SUBTYPES[index + 1])
    return None if phrase is None else _value_in(phrase, message, name)


# errspec:end
