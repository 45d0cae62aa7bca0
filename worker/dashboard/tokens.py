"""The secrets that guard the dashboard: made at the first start, kept in the data folder for their owner only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def token(data_dir: Path) -> str:
    """Give the token that signs people in, the same at every start."""
    return _kept(data_dir / "dashboard.token")


def signing_key(data_dir: Path) -> str:
    """Give the key that sessions are signed with, the same at every start."""
    return _kept(data_dir / "dashboard.key")


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    fresh.replace(file)


def _kept(file: Path) -> str:
    with suppress(FileNotFoundError):
        if text := file.read_text("utf-8").strip():
            return text
    write_private(file, secrets.token_hex(24) + "\n")
    return file.read_text("utf-8").strip()
