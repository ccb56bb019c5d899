"""The exceptions for responses, and what a tree of exceptions means."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Union

# errspec:copy


class StandinError(Exception):
    """The error of a request or a task. str() of it is one line without advice; see
    `explain`. It can be pickled and copied.
    """

    def __init__(
        self,
        code: AnyCode = _NO_CODE,
        message: str = "",
        *,
        wire: str = "",
        task_id: str = "",  # errspec:if id
        model: str = "",  # errspec:if model
        request_id: str = "",  # errspec:if request
        param: str = "",  # errspec:if param
        http_status: int = 0,
        retry_after: float = 0.0,
    ) -> None:
        # Exceptions are copied and unpickled as type(e)(*e.args) with e.__dict__.
        super().__init__(code, message)
        self.code: AnyCode = code
        """The listed code; the original value if it is unlisted."""
        self.message = message
        self.wire = wire
        """The code as sent by the service, "" if none."""
        # errspec:if id
        self.task_id = task_id
        # errspec:end
        # errspec:if model
        self.model = model
        # errspec:end
        # errspec:if request
        self.request_id = request_id
        """For the service's support."""
        # errspec:end
        # errspec:if param
        self.param = param
        """The parameter of the request that caused the error."""
        # errspec:end
        self.http_status = http_status
        """The HTTP status of the response, 0 if none."""
        self.retry_after = retry_after
        """The wait that the service requested, in seconds, 0 if none."""
        # errspec:insert error_fields
        # errspec:if response
        self._stand_in = -1  # the code whose advice applies if the code is unlisted
        self._manual = False  # whether the response forbids automatic retries
        self._source: Optional[_Received] = None
        # errspec:end
        # errspec:if refined
        self._subtype = -1  # that the response selects
        self._strictest = -1  # whose retry settings apply
        # errspec:end
        # errspec:if task
        self._unsettled = False  # whether the outcome of the submission is open
        # errspec:end

    def __str__(self) -> str:
        text = f"{_TABLE}: {_code_text(self)}"
        # errspec:if refined
        if self._subtype >= 0:
            subtype = _SUBTYPE_DECISIONS[self._subtype].subtype or ""
            text += "/" + subtype.partition("/")[2]
        # errspec:end
        message = _one_line(self.message)
        if message:
            text += f": {message}"
        # errspec:if id
        task_id = _one_line(self.task_id)
        if task_id:
            text += f" (task {task_id})"
        # errspec:end
        return text

    @property
    def decision(self) -> Decision:
        """The decision for the error (see `classify`). It is never automatic if the
        outcome of the request is unknown, and charged is not "no" then.
        """
        decision = _unlisted(self.code)
        if _has_code(self):
            decision = classify(self.code, self.message)
            # errspec:if hidden
            if self._source is not None:
                decision = _classified(self.code, self.message)
            # errspec:end
        # errspec:if refined
        if self._subtype >= 0:
            decision = _SUBTYPE_DECISIONS[self._strictest]
            subtype = _SUBTYPE_DECISIONS[self._subtype].subtype
            decision = replace(decision, subtype=subtype)
            # errspec:if stricter
            if _may_be_stricter(_index(self.code), self.message):
                decision = replace(decision, automatic=False)
            # errspec:end
        # errspec:end
        settled = _is_settled(self)
        automatic = decision.automatic and settled
        # errspec:if response
        if not decision.known and self._stand_in >= 0:
            other = _DECISIONS[self._stand_in]
            decision = replace(
                other, code=decision.code, known=False, charged="unknown"
            )
            automatic = False
        automatic = automatic and not self._manual
        # errspec:end
        # errspec:if nocharge
        if not settled and decision.charged == "no":
            decision = replace(decision, charged="unknown")
        # errspec:end
        if automatic == decision.automatic:
            return decision
        return replace(decision, automatic=automatic)

    # errspec:if values
    def value(self, name: ValueName) -> Optional[str]:
        """Returns a named value of the message, such as the limit in "file size exceeds
        10MB". Returns None if the message has no such value.
        """
        return value_in(self.code, self.message, name)

    # errspec:end
    # errspec:if response
    def to_json(self) -> str:
        """Returns the response that reported the error as JSON: the members of its
        body, and the HTTP status and headers under the key "x-errspec". Packages for
        other languages store and read the same.
        """
        return _error_json(self)

    @classmethod
    def from_json(cls, data: Union[str, bytes]) -> StandinError:
        """Returns the error that to_json returned, or that the body of a response
        reports. Raises ValueError if it reports no error. An error that was stored
        without a response is never automatic.
        """
        return _error_from_json(data)

    # errspec:end


# errspec:if response
class StandinResponseError(Exception):
    """A response that cannot be read. The outcome of the request is unknown."""

    def __init__(
        self,
        reason: str = "",
        http_status: int = 0,
        request_id: str = "",
        body: str = "",
    ) -> None:
        super().__init__(reason, http_status, request_id, body)
        self.reason = reason
        self.http_status = http_status
        self.request_id = request_id
        """For the service's support, "" if the response has none."""
        self.body = body
        """The start of the body, at most 1 KiB."""

    def __str__(self) -> str:
        reason = _one_line(self.reason)
        return f"{_TABLE}: cannot read response (HTTP {self.http_status}): {reason}"


# errspec:end
def _code_text(error: StandinError) -> str:
    """Returns the code for a line of text, quoted if it is ambiguous."""
    code = str(error.code) if _has_code(error) else error.wire
    # errspec:if integer
    if _has_code(error):
        index = _index(error.code)
        code = f"Code({code})" if index < 0 else _NAMES[index]
    # errspec:end
    if not code and error.http_status and not 200 <= error.http_status <= 299:
        return f"HTTP {error.http_status}"
    if not code:
        return "no code"
    if len(code.encode(errors="replace")) > _MAX_TEXT or any(
        c in ":\"'[]{}" or c in _SPACE or not _is_graphic(c) for c in code
    ):
        return _quoted(_cut(code))
    return code


def _has_code(error: StandinError) -> bool:
    """Returns whether an error has a code: one that the service sent, the response
    selects, or the program set.
    """
    return error.code != _NO_CODE or parse_code(error.wire) is not None


def _is_settled(error: StandinError) -> bool:
    """Returns whether the outcome of the request is known. It is not after an HTTP
    status from 500 up without a code.
    """
    status = error.http_status
    # errspec:if pending
    if _has_code(error) and _index(error.code) in _PENDING:
        return False  # an earlier submission is being processed
    # errspec:end
    # errspec:if free
    refused = not error._unsettled and status and error.wire and not error._manual
    if refused and classify(error.code).charged == "no":
        return True
    # errspec:end
    # errspec:if task
    settles = 200 <= status <= 499 and not 300 <= status <= 399 and status != 408
    if error._unsettled or status and not settles:
        return False  # the task may be running, with any code
    # errspec:end
    if status < 500:
        return True
    wire = error.wire
    return wire != "" and (wire != str(status) or parse_code(wire) is not None)
