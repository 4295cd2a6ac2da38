"""The states of an export."""

from enum import StrEnum


class ExportState(StrEnum):
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
