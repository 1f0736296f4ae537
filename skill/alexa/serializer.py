"""The SDK's serializer with a memory: the same objects and the same JSON, without looking every class up again on every request.

The SDK finds the class and the fields of every object anew, which was most of a warm turn. Classes do not change while
a process lives, so here each is looked at once. Whatever is not plain sailing (a value of an unexpected kind, a type that nobody
knows) is left to the SDK's own code from the start, so that it answers, or fails, exactly as it always does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from dateutil.tz import tzutc  # type: ignore[import-untyped]

_Read = Callable[[Any], Any]

_LEAVES = frozenset({str, int, float, bool, bytes, type(None)})
_FIXED = (str, int, float, bool, type(None), Enum)  # values that objects may share
_PRIMITIVES = {"str": str, "int": int, "long": int, "float": float, "bool": bool}
_LIST = re.compile(r"list\[([^,]*)\]")
_DICT = re.compile(r"dict\([^,]*, (.*)\)")
_UTC_SECONDS = len("2026-11-22T12:00:00Z")


class _UnusualError(Exception):
    """Something that the SDK's own code is to look at."""


class CachingSerializer(DefaultSerializer):
    """In the place of `CustomSkill.serializer`; safe to share between threads, as everything remembered is only ever added to."""

    def __init__(self) -> None:
        self._readers: dict[Any, _Read] = {}
        self._fields: dict[type, tuple[tuple[str, str], ...]] = {}

    def deserialize(self, payload: str | None, obj_type: Any) -> Any:
        """As the SDK's: JSON text to an object of a model class. Raises the SDK's SerializationException."""
        try:
            return None if payload is None else self._reader(obj_type)(json.loads(payload))
        except Exception:
            return super().deserialize(payload, obj_type)

    def read(self, payload: Mapping[str, Any], obj_type: Any) -> Any:
        """The same for JSON that is parsed already."""
        try:
            return self._reader(obj_type)(payload)
        except Exception:
            return super().deserialize(json.dumps(payload), obj_type)

    def serialize(self, obj: Any) -> Any:
        """As the SDK's: a model object to plain JSON values."""
        kind = type(obj)
        if kind in _LEAVES:
            return obj
        serialize = self.serialize
        if kind is dict:
            return {name: value if type(value) in _LEAVES else serialize(value) for name, value in obj.items()}
        if kind is list:
            return [value if type(value) in _LEAVES else serialize(value) for value in obj]
        if isinstance(obj, dict) and hasattr(kind, "object_type"):
            return dict(
                obj
            )  # a directive that was made as plain JSON (see screen.py): hundreds of values that nobody needs to look at
        fields = self._fields.get(kind)
        if fields is None:
            if isinstance(obj, Enum) or not hasattr(kind, "deserialized_types"):
                return super().serialize(obj)
            names = getattr(kind, "attribute_map", {})
            fields = self._fields[kind] = tuple((name, names.get(name, name)) for name in kind.deserialized_types)
        return {
            key: value if type(value) in _LEAVES else serialize(value)
            for name, key in fields
            if (value := getattr(obj, name)) is not None
        }

    def _reader(self, kind: Any) -> _Read:
        reader = self._readers.get(kind)
        if reader is None:
            reader = self._readers[kind] = self._make_reader(kind)
        return reader

    def _make_reader(self, kind: Any) -> _Read:
        if not isinstance(kind, str):
            return self._model_reader(kind)
        if kind in _PRIMITIVES:
            return _primitive_reader(_PRIMITIVES[kind])
        if kind == "object":
            return _as_it_is
        if kind == "datetime":
            return _read_moment
        if match := _LIST.fullmatch(kind):
            return self._list_reader(match[1])
        if match := _DICT.fullmatch(kind):
            return self._dict_reader(match[1])
        if not kind.startswith("ask_sdk_model."):
            raise _UnusualError
        module, _, name = kind.rpartition(".")
        return self._model_reader(getattr(__import__(module, fromlist=[name]), name))

    def _list_reader(self, kind: str) -> _Read:
        def read(payload: Any) -> Any:
            if type(payload) is not list:
                return _unless_missing(payload)
            reader = self._reader(kind)
            return [reader(value) for value in payload]

        return read

    def _dict_reader(self, kind: str) -> _Read:
        def read(payload: Any) -> Any:
            if type(payload) is not dict:
                return _unless_missing(payload)
            reader = self._reader(kind)
            return {name: reader(value) for name, value in payload.items()}

        return read

    def _model_reader(self, kind: Any) -> _Read:
        if issubclass(kind, Enum):
            return lambda payload: None if payload is None else kind(payload)
        if hasattr(kind, "get_real_child_model"):
            return self._child_reader(kind)
        return self._plain_reader(kind)

    def _child_reader(self, kind: Any) -> _Read:
        """For a class that only says which of its children an object is."""
        children: dict[str, _Read] = {}

        def read(payload: Any) -> Any:
            if type(payload) is not dict:
                return _unless_missing(payload)
            name = kind.get_real_child_model(payload)
            reader = children.get(name)
            if reader is None:
                module, _, short = name.rpartition(".")
                reader = children[name] = self._plain_reader(getattr(__import__(module, fromlist=[short]), short))
            return reader(payload)

        return read

    def _plain_reader(self, kind: Any) -> _Read:
        names = getattr(kind, "attribute_map", {})
        fields = {names.get(name, name): (name, inner) for name, inner in kind.deserialized_types.items()}
        empty = vars(kind())
        if len(fields) != len(kind.deserialized_types) or not all(
            isinstance(value, _FIXED) for value in empty.values()
        ):
            raise _UnusualError
        new, readers = kind.__new__, self._readers

        def read(payload: Any) -> Any:
            if type(payload) is not dict:
                return _unless_missing(payload)
            model = new(kind)
            values = vars(model)
            values.update(empty)
            for key, value in payload.items():
                field = fields.get(key)
                if field is None:
                    values[key] = value
                else:
                    name, inner = field
                    values[name] = (readers.get(inner) or self._reader(inner))(value)
            return model

        return read


def _unless_missing(payload: Any) -> None:
    if payload is not None:
        raise _UnusualError


def _as_it_is(payload: Any) -> Any:
    return payload


def _primitive_reader(kind: type) -> _Read:
    def read(payload: Any) -> Any:
        if type(payload) is kind or payload is None:
            return payload
        if kind is float and type(payload) is int:  # 346 where the class says 346.0
            return float(payload)
        raise _UnusualError

    return read


def _read_moment(payload: Any) -> Any:
    """The one form in which Alexa writes a moment; any other is for dateutil's parser, which takes its time to load."""
    if type(payload) is str and len(payload) == _UTC_SECONDS and payload[10] == "T" and payload[-1] == "Z":
        return datetime.fromisoformat(payload[:-1]).replace(tzinfo=tzutc())
    if payload is None:
        return None
    raise _UnusualError
