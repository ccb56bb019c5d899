"""Finding the fields of a response."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

# errspec:copy


_MAX_BODY = 16 << 20
_MAX_VALUES = 100  # of a header


class _Fact:
    """A field that a response has. Its value is None if it does not count."""

    __slots__ = ("field", "value", "at")

    def __init__(self, field: int, value: _Json, at: tuple[int, ...]) -> None:
        self.field = field
        self.value = value
        self.at = at  # the elements of the arrays that it is in


class _Facts:
    """The fields of a response: those of headers, then those of the body."""

    def __init__(self, status: int, headers: Optional[Headers], body: bytes) -> None:
        self.status = status
        self.headers = _header_lists(headers)
        self.list: list[_Fact] = []
        self.valid = False  # whether the body is JSON
        self.doubtful = False  # whether something may be missing
        self._at: list[int] = []
        self._scan(body)

    def _scan(self, body: bytes) -> None:
        for i, field in enumerate(_FIELDS):
            if field.header:
                values = _header(self.headers, field.header)
                self.doubtful |= len(values) > _MAX_VALUES
                for value in values[:_MAX_VALUES]:
                    if value.strip(_SPACE):
                        self._add(i, value.strip(_SPACE))
        if self.status in (204, 205):  # there is no body
            return
        self.root: _Json = None
        try:
            if len(body) > _MAX_BODY:
                raise ValueError("body is larger than 16 MiB")
            self.root = _load(body)
        except ValueError:  # the text of a proxy, or a damaged object
            start = body.strip(b" \t\n\v\f\r")[:64]
            self.doubtful |= b"{" in start or b"[" in start
            return
        self.valid = True
        if isinstance(self.root, dict):
            self._object(self.root, _BODY)
        elif isinstance(self.root, list):
            self._roots(self.root)

    def _roots(self, elements: list[_Json]) -> None:
        """Reads the first object of an array or, if the response succeeded, the first
        one that is an error: the others are results.
        """
        headers = len(self.list)
        for element in elements:
            if not isinstance(element, dict):
                self.doubtful |= not self.succeeded
                continue
            del self.list[headers:]
            self._object(element, _BODY)
            # errspec:if when
            self.drop_fields()
            # errspec:end
            if not self.succeeded or self.refused(self.first("code") is not None):
                self.doubtful |= self.succeeded
                return
        del self.list[headers:]

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status <= 299

    def refused(self, code: bool) -> bool:
        """Returns whether a response is an error although its HTTP status is one of
        success, given whether it has a code. A message does not make it one.
        """
        # errspec:if success
        for fact in self.facts("success"):
            if _text_of(fact.value) not in _FIELDS[fact.field].ok:
                return True
            code = False
        # errspec:end
        # errspec:if failure
        for fact in self.facts("failure"):
            if _is_failure(fact.value):
                return True
        # errspec:end
        return code

    def _object(self, value: dict[str, Any], below: tuple[_Node, ...]) -> None:
        """Reads the members of an object that are fields or lead to some."""
        # errspec:if ok
        quiet = False
        # errspec:end
        for node in below:
            if node.key not in value:
                continue
            member: _Json = value[node.key]
            # errspec:if ok
            field = _FIELDS[node.field]
            if quiet and field.role == "message" and not isinstance(member, dict):
                continue  # next to a code that is not an error
            quiet = quiet or self.succeeded and _is_ok(field, member)
            # errspec:end
            self._value(member, node)

    def _value(self, value: _Json, node: _Node) -> None:
        """Reads a value that is a field or leads to some."""
        role = _FIELDS[node.field].role if node.field else ""
        if value is None:
            return
        if node.field and role == "none":
            self._add(node.field, value)
        elif isinstance(value, str) and value == "":
            return
        elif _is_empty(value):
            leaf = not node.below and node.each is None
            self.doubtful |= leaf and role not in ("failure", "param")
        elif node.field and (
            not isinstance(value, (dict, list))
            or role == "failure"
            or role == "param"
            and isinstance(value, list)
        ):
            self._add(node.field, value)
            # errspec:if failure
            if role == "failure" and not isinstance(value, dict) and node.below:
                self.doubtful |= _is_failure(value)
            # errspec:end
        elif isinstance(value, dict):
            self.doubtful |= not node.below
        else:
            self.doubtful |= not isinstance(value, list) or node.each is None
        if isinstance(value, dict):
            self._object(value, node.below)
        # errspec:if arrays
        if isinstance(value, list) and node.each is not None:
            self._at.append(0)
            for element in value:
                self._value(element, node.each)
                self._at[-1] += 1
            self._at.pop()
        # errspec:end

    def _add(self, field: int, value: _Json) -> None:
        # errspec:if ok
        if _is_ok(_FIELDS[field], value):
            return
        # errspec:end
        self.list.append(_Fact(field, value, tuple(self._at)))

    def facts(self, role: str) -> Iterable[_Fact]:
        """Returns the facts with a role that count."""
        return (
            fact
            for fact in self.list
            if fact.value is not None and _FIELDS[fact.field].role == role
        )

    def first(self, role: str, near: Optional[_Fact] = None) -> Optional[_Fact]:
        """Returns the fact of the first field with a role, of the same elements of
        arrays as another fact.
        """
        together = [fact for fact in self.facts(role) if _together(fact, near)]
        return min(together, key=lambda fact: fact.field) if together else None

    def text(self, role: str, near: Optional[_Fact] = None) -> str:
        """Returns the text of the first field with a role, or "" without one."""
        fact = self.first(role, near)
        return "" if fact is None else _text_of(fact.value)

    # errspec:if when
    def drop_fields(self) -> int:
        """Drops fields whose conditions do not hold, and returns the first code whose
        conditions do, or -1.
        """
        for i, field in enumerate(_FIELDS):
            drop = not self.hold(field.when)
            # errspec:if task
            drop = drop or field.role == "status" and not self.succeeded
            # errspec:end
            if drop:
                for fact in self.list:
                    if fact.field == i:
                        fact.value = None
        for selector in _CODES_WHEN:
            if self.hold(selector.when):
                return selector.code
        return -1

    def hold(self, when: _Conditions) -> bool:
        """Returns whether all conditions hold. A missing value fulfills none."""
        for field, values in when:
            held = field == 0 and str(self.status) in values
            for fact in self.list:
                if fact.field == field and field > 0:
                    self.doubtful |= isinstance(fact.value, (dict, list))
                    value = "" if fact.value is None else _text_of(fact.value)
                    held = held or value in values
            if not held:
                return False
        return True

    # errspec:end
    # errspec:if texts
    def field_text(self, field: int) -> str:
        """Returns a field as text. Objects, arrays, true and false are none."""
        value = self.raw(field)
        if value is None or isinstance(value, (bool, dict, list)):
            return ""
        return _text_of(value)

    # errspec:end
    # errspec:if typed
    def field_value(self, field: int) -> Any:
        """Returns a field that may have any type. A header contains JSON."""
        value = self.raw(field)
        if _FIELDS[field].header and isinstance(value, str):
            try:
                value = _load(_octets(value))
            except ValueError:
                return None
        return _plain(value)

    def field_integer(self, field: int) -> int:
        """Returns a field that is an integer, 0 if it is none."""
        value = self.field_value(field)
        if not isinstance(value, int) or isinstance(value, bool):
            return 0
        return value if -(1 << 63) <= value < 1 << 63 else 0

    def field_number(self, field: int) -> float:
        """Returns a field that is a number, 0 if it is none."""
        value = self.field_value(field)
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return 0.0
        try:
            number = float(value)
        except OverflowError:
            return 0.0
        return 0.0 if number in (float("inf"), float("-inf")) else number

    def field_boolean(self, field: int) -> bool:
        """Returns whether a field is true."""
        return self.field_value(field) is True

    # errspec:end
    # errspec:if fields
    def raw(self, field: int) -> _Json:
        """Returns the value of a field, or None if it is missing."""
        for fact in self.list:
            if fact.field == field and fact.value is not None:
                return fact.value
        return None

    # errspec:end


def _together(fact: _Fact, near: Optional[_Fact]) -> bool:
    """Returns whether two facts are of the same elements of arrays."""
    # errspec:if arrays
    if near is not None:
        arrays, others = _FIELDS[fact.field].arrays, _FIELDS[near.field].arrays
        for level, (array, other) in enumerate(zip(arrays, others)):
            if array != other:
                break
            if fact.at[level] != near.at[level]:
                return False
    # errspec:end
    return True


# errspec:if failure
def _is_failure(value: _Json) -> bool:
    return _text_of(value) not in ("false", "0")


# errspec:end
# errspec:if ok
def _is_ok(field: _Field, value: _Json) -> bool:
    """Returns whether a code means that there is no error."""
    return field.role == "code" and _text_of(value).strip('"') in field.ok


# errspec:end
