"""`kiosk run`: the window."""

import argparse

from kiosk.app.command import Parsers


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("run", help="open the counter's window")
    command.add_argument("--kiosk", action="store_true", help="full screen, started again after a crash")
    command.add_argument(
        "--kept", type=int, default=-1, help=argparse.SUPPRESS
    )  # how often it was started again
    return command


def run(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; with `--kiosk` a second process stays and starts it again."""
    # Each late: whoever only keeps the window running needs no Qt, and a window no other processes.
    if options.kiosk and options.kept < 0:
        from kiosk.app.keeping import keep_running

        return keep_running(options.data)
    from kiosk.app.window import show_window

    return show_window(options.data, full_screen=options.kiosk, started_again=options.kept > 0)
