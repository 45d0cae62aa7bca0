"""What is said of a wrong value: one sentence that names key, place, value and what is allowed, and no secret."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from worker.settings.sections import CHANNELS, Settings
from worker.settings.sources import did_you_mean, environment_name, keys_of

# What may be shown of a wrong value: never these keys, which may hold a password.
SECRETS = frozenset({"url", "password"})

CHANNEL_TYPES = tuple(channel.__name__.lower() for channel in CHANNELS)

# What pydantic calls the mistake, and how we put it; {…} are pydantic's own facts about it.
WORDS = {
    "bool_parsing": "it must be true or false",
    "bool_type": "it must be true or false",
    "greater_than_equal": "it must be {ge} or more",
    "int_from_float": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_type": "it must be a whole number",
    "less_than_equal": "it must be {le} or less",
    "literal_error": "it must be {expected}",
    "missing": "it is missing",
    "model_type": "it must be a section of its own, with keys below it",
    "path_type": "it must be a path in quotes",
    "string_too_short": "it must not be empty",
    "string_type": "it must be a text in quotes",
    "too_short": "it must not be empty",
    "tuple_type": "it must be a list",
    "union_tag_invalid": f"its type must be {', '.join(CHANNEL_TYPES[:-1])} or {CHANNEL_TYPES[-1]}",
    "union_tag_not_found": f"it needs a type, which is {', '.join(CHANNEL_TYPES[:-1])} or {CHANNEL_TYPES[-1]}",
    "value_error": "{error}",
}


def sentence(wrong: ValidationError, values: Mapping[str, Any], from_environment: Mapping[str, Any], file: Path) -> str:
    """Say what is wrong first; the rest can wait until that is mended."""
    error = wrong.errors(include_url=False)[0]
    place = _place(error)
    said_by = f"{environment_name(place)} in the environment" if _at(from_environment, place[:2]) else str(file)
    key = _key(place)
    if error["type"] == "extra_forbidden":
        return f"{key} in {said_by} is no setting.{did_you_mean(str(place[-1]), _known(error, place))}"
    shown = _shown(error, place, values)
    allowed = WORDS.get(error["type"], error["msg"]).format(**error.get("ctx", {}))
    return f"The setting {key}{shown} ({said_by}) is not allowed: {allowed}."


def _key(place: tuple[str | int, ...]) -> str:
    """How people call the setting: inbox.settle_for, or, as they count, "url of alerts channel 1"."""
    if place[:2] != ("alerts", "channels") or len(place) < 3:
        return ".".join(map(str, place))
    keys = ".".join(map(str, place[3:]))
    return f"{f'{keys} of ' if keys else ''}alerts channel {int(place[2]) + 1}"


def _place(error: ErrorDetails) -> tuple[str | int, ...]:
    """Where the value stands, without the step that names a channel's type: alerts, channels, 0, url."""
    place = error["loc"]
    if place[:2] == ("alerts", "channels") and len(place) > 3:
        return (*place[:3], *place[4:])
    return place


def _known(error: ErrorDetails, place: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that would have been right at the place of one that is not."""
    if len(place) > 2:
        return next(keys_of(channel) for channel in CHANNELS if channel.__name__.lower() == error["loc"][3])
    if len(place) == 2:
        return keys_of(Settings.model_fields[str(place[0])].annotation)
    return tuple(Settings.model_fields)


def _shown(error: ErrorDetails, place: tuple[str | int, ...], values: Mapping[str, Any]) -> str:
    """A plain value as it was given; a table, a list, and what may be secret, is not repeated."""
    value = _at(values, place)
    whole_section = len(place) == 1 and place[0] != "data_dir"
    if error["type"] == "union_tag_invalid" and isinstance(value, Mapping):
        return f" of type {value.get('type')!r}"
    if place[-1] in SECRETS or place[-1] == "channels" or isinstance(place[-1], int) or whole_section:
        return ""
    return f" = {value!r}" if isinstance(value, str | int | float) else ""


def _at(values: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        if isinstance(values, Mapping):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values
