"""The meaning of a response."""

from __future__ import annotations

import time
from typing import Optional

# errspec:copy


class _Choice:
    """The code that a response, or an element of an array in it, names."""

    def __init__(self, fact: Optional[_Fact] = None, wire: str = "") -> None:
        self.fact = fact
        self.wire = wire  # the code as sent
        self.code = -1  # its index, -1 if it is unlisted
        self.prefix = False  # whether the table lists only a prefix of it
        self.status = False  # whether it only repeats the HTTP status
        self.stand_in = -1  # the code of a later field if this one is unlisted


class _Reading(_Facts):
    """A response and its meaning. Codes and subtypes are indexes; -1 is none."""

    def __init__(
        self,
        status: int,
        headers: object,
        body: bytes,
        is_task: bool = False,
        damaged: bool = False,
    ) -> None:
        super().__init__(status, headers, body)  # type: ignore[arg-type]
        self.body = body
        self.is_task = is_task
        self.outcome = "ok"  # or unreadable, running, error or failed
        self.choice = _Choice()
        self.subtype = -1
        self.strictest = -1  # the subtype whose retry settings apply
        self.manual = damaged  # whether clients must not retry automatically
        self.message = ""
        self.param = ""
        self.retry_after = 0  # nanoseconds
        self._decide()

    def _decide(self) -> None:
        """Sets the meaning. Code, subtype, message and parameter of an error are of
        the same element of an array.
        """
        selected = -1
        # errspec:if when
        selected = self.drop_fields()
        # errspec:end
        self.retry_after = self._delay()
        choice = self._choose(None, self.list)
        self.outcome = self._outcome(choice.fact is not None or selected >= 0)
        if self.outcome not in ("error", "failed"):
            return
        # errspec:if arrays
        arrays = _FIELDS[choice.fact.field].arrays if choice.fact else ()
        if arrays:
            choice = self._choose(self._choose_element(arrays[0]), self.list)
        # errspec:end
        self.choice = choice
        near = choice.fact
        message = self.first("message", near)
        if message is not None:
            self.message = _text_of(message.value)
        near = near or message
        # errspec:if param
        self.param = _joined(self.first("param", near))
        # errspec:end
        if choice.fact is None:
            self._identify(selected)
        elif choice.code < 0 and choice.stand_in < 0:
            choice.stand_in = _CODES_OF_STATUS.get(self.status, -1)
        # errspec:if subtypes
        if choice.code >= 0:
            self._refine(near)
        # errspec:end
        self.manual |= self.doubtful
        # errspec:if retryable
        for fact in self.facts("retryable"):
            self.manual |= _text_of(fact.value).lower() != "true"
        # errspec:end

    def _outcome(self, code: bool) -> str:
        """Returns how the request has ended, given whether the response has a code."""
        if not self.succeeded:
            return "error"
        if not self.valid and self.status not in (204, 205):
            return "unreadable"
        refused = self.refused(code)
        # errspec:if task
        task = self._task_outcome(refused)
        if task:
            return task
        # errspec:end
        if refused:
            return "error"
        return "unreadable" if self.is_task else "ok"

    # errspec:if task
    def _task_outcome(self, refused: bool) -> str:
        """Returns how the task has ended, "" if the response has neither the status
        nor the ID of one.
        """
        fact = self.first("status")
        if fact is None:
            has_id = self.first("id") is not None
            return ("failed" if refused else "running") if has_id else ""
        field, status = _FIELDS[fact.field], _text_of(fact.value)
        if status in field.completed:
            self.doubtful |= refused
            return "failed" if refused else "ok"
        if status in field.failed:
            return "failed"
        if field.running and status not in field.running:
            return "unreadable"
        return "running"

    # errspec:end
    def _choose(self, near: Optional[_Fact], facts: list[_Fact]) -> _Choice:
        """Returns the first code that facts name. One that repeats the HTTP status
        counts only if it is listed and no later field has another one that is.
        """
        choice = _Choice()
        named = sorted(
            (fact for fact in facts if _FIELDS[fact.field].role == "code"),
            key=lambda fact: fact.field,
        )
        for fact in named:
            if fact.value is None or not _together(fact, near):
                continue
            wire = _text_of(fact.value)
            # errspec:if cut
            wire = _cut_code(wire, fact.field)
            # errspec:end
            code, prefix = _listed(wire)
            status = self._is_status(wire)
            if not wire or status and code < 0:
                continue
            if choice.fact is None or choice.status and not status and code >= 0:
                choice = _Choice(fact, wire)
                choice.code, choice.prefix, choice.status = code, prefix, status
            elif choice.code < 0 and choice.stand_in < 0:
                choice.stand_in = code
            elif choice.status and code < 0:
                self.doubtful = True  # more than the status was sent
        return choice

    def _is_status(self, text: str) -> bool:
        return len(text) == 3 and text == str(self.status)

    # errspec:if arrays
    def _choose_element(self, array: int) -> Optional[_Fact]:
        """Returns a code of the first element of an array that has a listed one, or
        else of the first that has one. Clients must not retry automatically unless
        they may after all errors.
        """
        best = _Choice()
        codes, repeatable, start = 0, True, 0
        last: Optional[_Fact] = None  # the code that is read

        def settle(end: int) -> None:
            nonlocal best, codes, repeatable, start
            choice = self._choose(last, self.list[start:end])
            if choice.fact is not None:
                codes += 1
                repeatable &= choice.code >= 0 and _repeatable(choice.code)
                if best.fact is None or best.code < 0 <= choice.code:
                    best = choice
            start = end

        described = named = -1  # the last elements with a message and with a code
        for i, fact in enumerate(self.list):
            field = _FIELDS[fact.field]
            if fact.value is None or field.arrays[:1] != (array,):
                continue
            if described >= 0 and described != fact.at[0]:
                self.doubtful |= described != named
                described = -1
            if field.role in ("message", "failure"):
                described = fact.at[0]
            elif field.role == "code":
                if last is not None and not _together(last, fact):
                    settle(i)
                last, named = fact, fact.at[0]
        settle(len(self.list))
        self.doubtful |= described >= 0 and described != named
        self.doubtful |= codes > 1 and not repeatable
        return best.fact

    # errspec:end
    def _identify(self, selected: int) -> None:
        """Finds the code of an error that has none. A text is no proof of one."""
        choice = self.choice
        # errspec:if text
        code, prefix = _listed(self.message.strip(_SPACE))
        if code >= 0 and not prefix:
            choice.code, self.manual = code, True
            return
        # errspec:end
        if selected >= 0:
            choice.code = selected
            return
        # errspec:if phrases
        found = match(self.message)
        if found is not None:
            choice.code, self.manual = _index(found[0]), True
            return
        # errspec:end
        choice.code = _CODES_OF_STATUS.get(self.status, -1)

    # errspec:if subtypes
    def _refine(self, near: Optional[_Fact]) -> None:
        """Finds the subtype of the code: the one that a field has, or whose conditions
        hold, or whose phrase the message contains, or the one for all other cases.
        The strictest that holds decides.
        """
        other = not _is_blank(self.message)
        # errspec:if refined
        other = self._has_subtype(near) or other
        # errspec:end
        self._holds(_subtype_in(self.choice.code, self.message))
        if self.subtype < 0 and other:
            self._holds(_FALLBACKS.get(self.choice.code, -1))

    def _holds(self, subtype: int) -> None:
        """Adds a subtype that holds."""
        if subtype < 0:
            return
        if self.subtype < 0:
            self.subtype = self.strictest = subtype
        # errspec:if refined
        else:
            self.strictest = _stricter(self.strictest, subtype)
        # errspec:end

    # errspec:end
    # errspec:if refined
    def _has_subtype(self, near: Optional[_Fact]) -> bool:
        """Adds the subtypes that fields have and whose conditions hold. Returns
        whether a field has one. If that is unlisted, it may be any.
        """
        code = self.choice.code
        first = self.first("subtype", near)
        if first is not None:
            self._holds(_subtype_of(code, _text_of(first.value)))
        for fact in self.facts("subtype"):
            if _together(fact, near):
                subtype = _subtype_of(code, _text_of(fact.value))
                self.manual |= subtype < 0 and not _uniform(code)
                self._holds(subtype)
        for selector in _SUBTYPES_WHEN:
            if selector.code == code and self.hold(selector.when):
                self._holds(selector.subtype)
        return first is not None

    # errspec:end
    def _delay(self) -> int:
        """Returns the longest delay that the response asks for, in nanoseconds. Dates
        count from that of the response: the clock of the client does not matter.
        """
        longest, now = 0, -1
        for fact in self.facts("retry_after"):
            if now < 0:
                now = self._date()
            text, unit = _text_of(fact.value), _UNITS["s"]
            # errspec:if delaytext
            number = _FIELDS[fact.field].number
            if number is not None:
                text = _value_in(number, text, "delay") or ""
            # errspec:end
            # errspec:if unit
            if _FIELDS[fact.field].unit == "ms":
                unit = _UNITS["ms"]
            # errspec:end
            delay = _parse_delay(text, unit, now) or 0
            # errspec:if unit
            if _FIELDS[fact.field].unit == "epoch":
                delay = max(delay - now, 0)
            # errspec:end
            longest = max(longest, min(delay, _LONGEST))
        return longest

    def _date(self) -> int:
        """Returns when the response was sent, in nanoseconds since 1970."""
        date = _parse_date("".join(_header(self.headers, "Date")))
        return time.time_ns() if date is None else date
