"""What a key and a value must be to become a row. Checked before anything is sent, in the words of the members."""

import json
import re
from dataclasses import dataclass
from typing import Any, Union

from hazelcast.core import HazelcastJsonValue

from throughline.settings import MapSettings, ValueFormat

MAX_KEY_BYTES = 512
_MAX_JSON_DEPTH = 500

Value = Union[str, bytes, HazelcastJsonValue]
# A str for text and json, bytes for bytea.
Column = Union[str, bytes]


class InvalidRow(Exception):
    """A key or value that can't be a row. The caller owes its user the place where it happened."""

    def __init__(self, code: str, fault: str):
        super().__init__(code, fault)
        self.code = code
        self.fault = fault


def check_key(key: Any) -> str:
    if not isinstance(key, str):
        raise InvalidRow("KEY_TYPE", f"the key is a {type(key).__name__}, and keys are str")
    size = len(_utf8(key, "KEY_INVALID", "the key"))
    if not 1 <= size <= MAX_KEY_BYTES:
        raise InvalidRow("KEY_INVALID", f"the key has {size} bytes of UTF-8, and keys have 1 to {MAX_KEY_BYTES}")
    return key


@dataclass(frozen=True)
class Codec:
    """Between a map's value, what the cache holds of it, and its column."""

    format: ValueFormat
    max_bytes: int

    @staticmethod
    def of(settings: MapSettings) -> "Codec":
        return Codec(settings.value_format, settings.max_value_bytes)

    def column(self, value: Any) -> Column:
        """Raises InvalidRow if the value is of another type, too large, or not what its format calls for."""
        if self.format is ValueFormat.BINARY:
            return self._bytes(value)
        if self.format is ValueFormat.JSON:
            return self._json(value)
        if not isinstance(value, str):
            raise _wrong_type(value, "str (value-format: text)")
        return self._text(value)

    def _bytes(self, value: Any) -> bytes:
        if not isinstance(value, (bytes, bytearray)):
            raise _wrong_type(value, "bytes or bytearray (value-format: binary)")
        self._check_size(len(value))
        return bytes(value)

    def _json(self, value: Any) -> str:
        if not isinstance(value, HazelcastJsonValue):
            raise _wrong_type(value, "HazelcastJsonValue (value-format: json)")
        text = self._text(value.to_string())
        _check_json(text)
        return text

    def _text(self, text: str) -> str:
        self._check_size(len(_utf8(text, "VALUE_TEXT_INVALID", "the value")))
        return text

    def _check_size(self, size: int) -> None:
        if size > self.max_bytes:
            raise InvalidRow(
                "VALUE_TOO_LARGE", f"the value has {size} bytes, and max-value-bytes is {self.max_bytes}"
            )

    def cached(self, column: Column) -> Any:
        """As the cache takes it. Hazelcast's client would pickle bytes, which no member can read."""
        if self.format is ValueFormat.JSON:
            return HazelcastJsonValue(column)
        return bytearray(column) if isinstance(column, bytes) else column

    def value(self, found: Any) -> Value:
        """From a column or from the cache."""
        if self.format is ValueFormat.JSON:
            return found if isinstance(found, HazelcastJsonValue) else HazelcastJsonValue(found)
        return bytes(found) if self.format is ValueFormat.BINARY else str(found)


def _wrong_type(value: Any, expected: str) -> InvalidRow:
    return InvalidRow("VALUE_TYPE", f"the value is a {type(value).__name__}, and this map's values are {expected}")


def _utf8(text: str, code: str, what: str) -> bytes:
    """PostgreSQL refuses a NUL, and UTF-8 has no lone surrogates."""
    nul = text.find("\0")
    if nul >= 0:
        raise InvalidRow(code, f"{what} holds a NUL at index {nul}")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidRow(code, f"{what} holds a lone surrogate at index {error.start}") from None


# A string, also one without its end, or a bracket.
_NESTING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)


def _check_json(text: str) -> None:
    if not text.strip(" \t\n\r"):
        raise _bad_json("the value is empty, and an empty text is no JSON")
    # Before it is parsed: the parser would end in a RecursionError.
    depth = 0
    for token in _NESTING.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token.group(), 0)
        if depth > _MAX_JSON_DEPTH:
            raise _bad_json(f"the value is nested deeper than {_MAX_JSON_DEPTH}")
    try:
        # Numbers stay text: Python refuses to read very long ones.
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except ValueError as error:
        raise _bad_json(f"the value is no JSON: {error}") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _bad_json(fault: str) -> InvalidRow:
    return InvalidRow("VALUE_JSON_INVALID", fault)
