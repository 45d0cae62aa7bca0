"""Where settings come from: the file and the environment, as plain nested tables."""

import difflib
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_origin

from worker.settings.sections import Section, Settings

PREFIX = "JUMPLINE_"

# Names of the environment that say where the settings are, and are none themselves.
NOT_SETTINGS = frozenset({"JUMPLINE_DATA", "JUMPLINE_CONFIG"})


class WrongSettings(ValueError):
    """One sentence that names key, value and what is allowed."""


def from_file(file: Path) -> dict[str, Any]:
    """Give what a settings file says; a file that is not there says nothing."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise WrongSettings(f"{file} is not UTF-8 text: save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise WrongSettings(f"{file} is not TOML: {wrong}.") from None
    except OSError as wrong:
        raise WrongSettings(f"{file} cannot be read: {wrong.strerror}.") from None


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Give what JUMPLINE_SECTION__KEY and JUMPLINE_SECTION__KEY_FILE say; an empty one says nothing."""
    _see_that_none_is_in_small_letters(environment)
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX) and text}
    ours = {name: text for name, text in given.items() if name not in NOT_SETTINGS}
    values: dict[str, Any] = {}
    for name, text in _with_files_read(ours):
        section, _, key = name.removeprefix(PREFIX).lower().partition("__")
        field = Settings.model_fields.get(section)
        keys = keys_of(field.annotation) if field else tuple(Settings.model_fields)
        if field is None or (key and key not in keys):
            raise WrongSettings(
                f"{name} in the environment is no setting.{did_you_mean(key if field else section, keys)}"
            )
        if not keys:
            values[section] = text
        elif key:
            kind = _section(field.annotation).model_fields[key].annotation
            values.setdefault(section, {})[key] = _listed(name, text) if get_origin(kind) is tuple else text
        else:
            raise WrongSettings(f"{name} in the environment is a section: say {name}__{keys[0].upper()}, for example.")
    return values


def environment_name(place: tuple[str | int, ...]) -> str:
    """Give the name in the environment of the setting at this place: JUMPLINE_INBOX__SETTLE_FOR."""
    return PREFIX + "__".join(str(step).upper() for step in place[:2])


def keys_of(annotation: object) -> tuple[str, ...]:
    """Give the keys that a section knows; none for a plain setting."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return tuple(annotation.model_fields)
    return ()


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """Give the sentence that offers the nearest known word, if there is a near one."""
    near = difflib.get_close_matches(word, known, 1)
    return f" Did you mean {near[0]}?" if near else ""


def _section(annotation: object) -> type[Section]:
    assert isinstance(annotation, type)  # noqa: S101 (`keys_of` has looked already)
    assert issubclass(annotation, Section)  # noqa: S101
    return annotation


def _see_that_none_is_in_small_letters(environment: Mapping[str, str]) -> None:
    """Names of the environment are told apart by their letters, so a small one would say nothing and nobody hear it."""
    for name, text in environment.items():
        if text and name.upper().startswith(PREFIX) and name != name.upper():
            raise WrongSettings(f"{name} in the environment is no setting. Did you mean {name.upper()}?")


def _with_files_read(ours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each name with its value, those that end in _FILE with what their file holds."""
    for name, text in ours.items():
        if not name.endswith("_FILE"):
            yield name, text
        elif name.removesuffix("_FILE") in ours:
            raise WrongSettings(
                f"{name} and {name.removesuffix('_FILE')} are both in the environment: keep one of them."
            )
        else:
            try:
                yield name.removesuffix("_FILE"), Path(text).read_text("utf-8").strip()
            except UnicodeDecodeError:
                raise WrongSettings(f"{name} = {text!r} in the environment names a file that is not text.") from None
            except OSError as wrong:
                reason = wrong.strerror or "it is no file"
                raise WrongSettings(
                    f"{name} = {text!r} in the environment names a file that cannot be read: {reason}."
                ) from None


def _listed(name: str, text: str) -> list[Any]:
    """A list from the environment is JSON; of one plain word it may be the word itself."""
    allowed = 'it must be a list such as ["…"]'
    if not text.lstrip().startswith(("[", "{")):
        return [text] if text else []
    try:
        read = json.loads(text)
    except json.JSONDecodeError as wrong:
        # The text is not repeated: it may hold a password.
        raise WrongSettings(
            f"{name} in the environment is not JSON: {wrong.msg} at character {wrong.pos + 1}; {allowed}."
        ) from None
    if not isinstance(read, list):
        raise WrongSettings(f"{name} in the environment is no list: {allowed}.")
    return read
