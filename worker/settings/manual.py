"""The page docs/settings.md, written from the settings themselves so that it cannot fall behind them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from worker.settings import units
from worker.settings.sections import CHANNELS, Section, Settings
from worker.settings.sources import environment_name, keys_of

OPENING = """\
# Settings

<!-- Written by `make docs` from worker/settings: change the descriptions there. -->

Jumpline runs on one machine without any settings. What you set goes into `jumpline.toml` in the configuration folder:
the one that `--config` or `JUMPLINE_CONFIG` names, else `./config`, else the one that comes with Jumpline.

Each key can also be given in the environment, as `JUMPLINE_SECTION__KEY`, which wins over the file. A list is given as
JSON there (`["/data/a", "/data/b"]`); a list of one plain word may be the word itself. What is empty there says
nothing. To keep a password out of the
environment, put it in a file and give the file's path as `JUMPLINE_SECTION__KEY_FILE`.

Durations are written `300ms`, `30s`, `15m`, `24h` or `7d`; sizes `200KB`, `64MB` or `1GB`. A wrong setting stops the
start with one sentence that says which key it is and what is allowed.
"""


def page() -> str:
    """Give the whole page as Markdown."""
    plain = {name: field for name, field in Settings.model_fields.items() if not keys_of(field.annotation)}
    parts = [OPENING, "\n", *_table(plain, ())]
    for name, field in Settings.model_fields.items():
        if isinstance(kind := field.annotation, type) and issubclass(kind, Section):
            parts += [f"\n## [{name}]\n\n{kind.__doc__}\n\n", *_table(kind.model_fields, (name,))]
            if name == "alerts":
                parts += _channels()
    return "".join(parts)


def _channels() -> Iterator[str]:
    for kind in CHANNELS:
        name = kind.__name__.lower()
        yield f"\n### A channel of type `{name}`\n\n{kind.__doc__}\n\n"
        yield f'```toml\n[[alerts.channels]]\ntype = "{name}"\n```\n\n'
        yield "| key | default | what it is for |\n|---|---|---|\n"
        for key, field in kind.model_fields.items():
            if key != "type":
                default = "needed" if field.is_required() else f"`{written(field.default)}`"
                yield f"| `{key}` | {default} | {_meaning(field)} |\n"


def _table(fields: Mapping[str, FieldInfo], place: tuple[str, ...]) -> Iterator[str]:
    yield "| key | default | what it is for | in the environment |\n|---|---|---|---|\n"
    for key, field in fields.items():
        default = f"`{written(field.default, size=_is_size(field))}`"
        yield f"| `{key}` | {default} | {_meaning(field)} | `{environment_name((*place, key))}` |\n"


def _meaning(field: FieldInfo) -> str:
    """The description, and the words that may be chosen from where there are only some."""
    chosen = field.annotation if get_origin(field.annotation) is Literal else None
    words = " One of " + ", ".join(f"`{word}`" for word in get_args(chosen)) + "." if chosen else ""
    return f"{field.description}{words}"


def _is_size(field: FieldInfo) -> bool:
    return any(getattr(mark, "func", None) is units.bytes_of for mark in field.metadata)


def written(value: object, *, size: bool = False) -> str:
    """Give a default as it would stand in jumpline.toml."""
    match value:
        case bool():
            return str(value).lower()
        case int() if size:
            return f'"{units.size(value)}"'
        case int():
            return str(value)
        case timedelta():
            return f'"{units.duration(value)}"'
        case SecretStr():
            return f'"{value.get_secret_value()}"'
        case tuple():
            return f"[{', '.join(map(written, value))}]"
        case Section():
            given = {key: getattr(value, key) for key in value.model_fields_set}
            return "{ " + ", ".join(f"{key} = {written(inner)}" for key, inner in given.items()) + " }"
        case _:
            return f'"{value}"'
