"""What a command's module offers to the command line."""

import argparse
from typing import Protocol, TypeAlias

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""The place a command adds itself to."""


class Command(Protocol):
    """One sub-command: how it is asked for, and what it does."""

    def add_command(self, commands: Parsers) -> argparse.ArgumentParser:
        """Add the command with its options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit code, raises `KioskError` for what one sentence can tell."""
