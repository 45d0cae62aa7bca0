"""Where the running dashboard is found: it says so in a file of the data folder for as long as it runs."""

import json
from dataclasses import dataclass

from worker.cli.door import Place, Trouble


@dataclass(frozen=True, slots=True)
class Address:
    """The dashboard's address, and the token that signs in there."""

    url: str
    token: str


def running(here: Place) -> Address | None:
    """Give the address of the dashboard that runs on this data folder; None when none does."""
    file = here.settings.data_dir / "dashboard.json"
    try:
        told = json.loads(file.read_text("utf-8"))
        return Address(told["url"], told["token"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it does not hold an address"
        raise Trouble(f"{file} cannot be read ({reason}): ask the user that runs Jumpline.") from None


def link(here: Place) -> str:
    """Give the link that signs in to the running dashboard."""
    found = running(here)
    if found is None:
        raise Trouble(
            f"No dashboard runs on {here.settings.data_dir}: start `jumpline up`, or name another folder with --data."
        )
    return f"{found.url}/?token={found.token}"
