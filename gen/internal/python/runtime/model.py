"""The types of a package that do not depend on its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Optional, cast

# errspec:copy


@dataclass(frozen=True)
class Wait:
    """The range of times to wait before a retry, in seconds."""

    min: float
    max: float


@dataclass(frozen=True)
class Decision:
    """The result of classifying an error. Decisions are comparable and hashable."""

    code: AnyCode
    """The listed code; the original value if it is unlisted."""
    known: bool = False
    """Whether the table lists the code."""
    subtype: Optional[KnownSubtype] = None
    """The subtype of the code, or None if none is selected."""
    class_: Optional[Class] = None
    """The class of the code, or None if it has no class."""
    action: Action = "unknown"
    """The recommended reaction."""
    automatic: bool = False
    """Whether clients may retry the same request automatically."""
    throttle: bool = False
    """Whether the error is a rate or concurrency limit."""
    wait: Optional[Wait] = None
    """How long to wait before a retry, None if the table does not specify it."""
    charged: Charged = "unknown"
    """Whether the service charges for a request that ends with the error."""

    @property
    def known_code(self) -> Optional[KnownCode]:
        """The code if the table lists it, or else None. A type checker can prove that
        a match statement on it is exhaustive.
        """
        return cast(KnownCode, self.code) if self.known else None

    @property
    def fault(self) -> Fault:
        """Whose fault the error is."""
        return "unknown" if self.class_ is None else FAULTS[self.class_]


@dataclass(frozen=True)
class Deprecation:
    """The deprecation of a code."""

    since: str = ""
    reason: str = ""
    replaced_by: Optional[KnownCode] = None


@dataclass(frozen=True)
class Info:
    """The documentation of a code. Texts are plain; prose may contain `code` and
    [links](https://example.com). Fields that the table does not set are empty.
    """

    code: AnyCode
    title: str = ""
    description: str = ""
    """One line of prose."""
    details: str = ""
    """Prose; paragraphs are separated by blank lines."""
    class_: Optional[Class] = None
    advice: str = ""
    """A recommendation for people."""
    hint: str = ""
    """A short form of the advice."""
    causes: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    """How to avoid the error."""
    fixes: tuple[str, ...] = ()
    """How to fix the error."""
    examples: tuple[str, ...] = ()
    """Verbatim messages or requests."""
    subtypes: tuple[KnownSubtype, ...] = ()
    url: str = ""
    """The URL of the documentation."""
    http: int = 0
    """The HTTP status of the code, or 0."""
    grpc: str = ""
    """The canonical gRPC status, such as UNAVAILABLE."""
    since: str = ""
    """The version of the service that introduced the code."""
    deprecation: Optional[Deprecation] = None


@dataclass(frozen=True)
class SubtypeInfo:
    """The documentation of a subtype."""

    subtype: KnownSubtype
    title: str = ""
    description: str = ""
    advice: str = ""
    hint: str = ""
    examples: tuple[str, ...] = ()


# errspec:if matcher
class _Phrase(NamedTuple):
    hint: bytes  # text without which the phrase does not occur
    parts: tuple[bytes, ...]  # regular expressions, with any text between them
    names: tuple[str, ...]  # of the placeholders, "" for those without a name
    owner: int  # the index of a subtype, or -1-i for code i
    # errspec:if ambiguous
    paths: bytes = b""  # the pattern if the end of a number is ambiguous
    # errspec:end


# errspec:end
# errspec:if response
class _Node(NamedTuple):
    """A place in the body that is a field or leads to fields."""

    key: str
    field: int = 0  # 0 if it is not a field
    below: tuple[_Node, ...] = ()  # by the keys of an object
    each: Optional[_Node] = None  # the elements of an array


# A condition holds if a field, or the HTTP status if the field is 0, has a value.
_Conditions = tuple[tuple[int, tuple[str, ...]], ...]


class _Field(NamedTuple):
    """A value of interest in a response."""

    role: str
    header: str = ""  # its name, "" for a field of the body
    ok: tuple[str, ...] = ()  # values of a code or success that are not an error
    completed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    when: _Conditions = ()  # the field is ignored unless all of them hold
    before: str = ""  # the texts at which a code is cut
    after: str = ""
    unit: str = ""  # of a delay: "ms", "epoch", or "" for seconds
    # errspec:if delaytext
    number: Optional[_Phrase] = None  # the phrase with the number of a delay
    # errspec:end
    arrays: tuple[int, ...] = ()  # that the field is in, the outermost first


# errspec:end
# errspec:if when
class _Selector(NamedTuple):
    """Conditions that select a code or a subtype."""

    code: int
    subtype: int
    when: _Conditions


# errspec:end
