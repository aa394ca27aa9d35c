"""Logs of one data folder: rotated, and with anything that looks like a NIK taken out as a last defence."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kiosk.domain.masking import masked

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(threadName)s %(message)s"


class MaskingFormatter(logging.Formatter):
    """Formats as usual, then hides every run of sixteen digits, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without NIK or family card numbers."""
        return masked(super().format(record))


def log_to(folder: Path) -> None:
    """Write the program's log to `folder/logs/kiosk.log`, five files of a megabyte."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(logs / "kiosk.log", maxBytes=1 << 20, backupCount=4, encoding="utf-8")
    handler.setFormatter(MaskingFormatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
