"""The settings: read once, from defaults, `jumpline.toml` and the environment, and refused in one sentence when wrong.

What is given later in this list wins: the defaults, `CONFIG/jumpline.toml`, `JUMPLINE_SECTION__KEY` in the environment
(or `JUMPLINE_SECTION__KEY_FILE`, a file that holds the value), `--data`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from worker.newspaper import paper
from worker.newspaper.paper import Papers
from worker.settings.sections import Channel, Email, Log, Settings, Webhook
from worker.settings.sentences import sentence
from worker.settings.sources import WrongSettings, from_environment, from_file
from worker.settings.units import Duration

__all__ = [
    "Channel",
    "Duration",
    "Email",
    "Log",
    "Settings",
    "Webhook",
    "WrongSettings",
    "config_dir",
    "papers",
    "read",
    "spoken",
]

# What comes with the package: `worker/shipped` in a wheel, the repository's own `config` in a checkout.
SHIPPED = (Path(__file__).parents[1] / "shipped", Path(__file__).parents[2] / "config")


def config_dir(given: Path | None = None, environment: Mapping[str, str] | None = None) -> Path:
    """Give the folder of the settings: the one given, JUMPLINE_CONFIG, ./config if it is one, else the shipped one."""
    environment = os.environ if environment is None else environment
    named = given or (Path(environment["JUMPLINE_CONFIG"]) if environment.get("JUMPLINE_CONFIG") else None)
    if named:
        if not named.is_dir():
            raise WrongSettings(f"{named} is no folder: --config (or JUMPLINE_CONFIG) must name the settings' folder.")
        return named
    here = Path("config")
    if (here / "jumpline.toml").is_file() or (here / "papers").is_dir():
        return here
    return next((folder for folder in SHIPPED if folder.is_dir()), here)


def read(folder: Path, environment: Mapping[str, str] | None = None, data_dir: Path | None = None) -> Settings:
    """Give the settings of a configuration folder; raises WrongSettings with a sentence for the operator."""
    environment = os.environ if environment is None else environment
    file = folder / "jumpline.toml"
    from_outside = from_environment(environment)
    values = _merged(from_file(file), from_outside)
    if data_dir is not None:
        values["data_dir"] = data_dir
    elif environment.get("JUMPLINE_DATA"):
        values["data_dir"] = environment["JUMPLINE_DATA"]
    try:
        return Settings.model_validate(values)
    except ValidationError as wrong:
        raise WrongSettings(sentence(wrong, values, from_outside, file)) from None


def papers(folder: Path) -> Papers:
    """Give the papers of a configuration folder; raises WrongPaper with a sentence for the operator."""
    files = sorted((folder / "papers").glob("*.toml"))
    known = tuple(paper.parse(_text(file), f"papers/{file.name}") for file in files)
    return Papers(known)


def spoken(settings: Settings, environment: Mapping[str, str] | None = None) -> Literal["zh", "en"]:
    """Give the language of reports, alerts and the command line: the one set, else the environment's, else English."""
    if settings.locale.language != "auto":
        return settings.locale.language
    environment = os.environ if environment is None else environment
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if said.startswith("zh") else "en"


def _merged(file: dict[str, Any], environment: dict[str, Any]) -> dict[str, Any]:
    """The file's tables with the environment's keys laid over them."""
    values = dict(file)
    for section, given in environment.items():
        below = values.get(section)
        values[section] = {**below, **given} if isinstance(given, dict) and isinstance(below, dict) else given
    return values


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise paper.WrongPaper(f"{file} is not UTF-8 text: save it as UTF-8.") from None
    except OSError as wrong:
        raise paper.WrongPaper(f"{file} cannot be read: {wrong.strerror}.") from None
