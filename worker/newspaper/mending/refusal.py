"""What a repair is known by on its page, so that a person can refuse it."""

from collections.abc import Collection

from worker.newspaper.model import RepairKind

Name = tuple[RepairKind, tuple[int, ...]]  # its kind and its lines
Refused = Collection[Name]
