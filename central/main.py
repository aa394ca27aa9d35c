"""The command line of the centre: `central init`, `serve`, `kiosk`, `user`, `staff`, `stats`, `judge`."""

import argparse
import sys
from pathlib import Path

from central import commands
from kiosk.domain.errors import KioskError

DEFAULT_FOLDER = Path("centre")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; a foreseen error is one line on standard error and exit code 1."""
    options = _parser().parse_args(arguments)
    options.data = getattr(options, "folder", None) or getattr(options, "data", DEFAULT_FOLDER)
    try:
        return int(options.run(options))
    except KioskError as error:
        sys.stderr.write(f"central: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="central", description="The reference centre kiosks deliver to.")
    parts = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_centre(parts)
    _add_enlisting(parts)
    _add_reading(parts)
    return parser


def _add_centre(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = _command(parts, "init", "make a centre in an empty folder", commands.init)
    init.add_argument("--practice", action="store_true", help="a centre for practice kiosks only")
    _folder(init)
    serve = _command(parts, "serve", "open the front door", commands.run_server)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8169, help="0 takes a free one")
    serve.add_argument("--port-file", type=Path, metavar="FILE", help="write the port here once it answers")
    serve.add_argument(
        "--reserve-mib", type=int, default=256, help="disk kept back for the centre's own work"
    )
    serve.add_argument("--idle", type=float, default=30.0, help="seconds a silent sender is waited for")
    _folder(serve)


def _add_enlisting(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    kiosk = parts.add_parser("kiosk", help="kiosks").add_subparsers(required=True, metavar="COMMAND")
    add = _command(kiosk, "add", "print a one-time code for a kiosk", commands.add_kiosk)
    add.add_argument("--office", required=True, metavar="CODE")
    _folder(add)
    revoke = _command(kiosk, "revoke", "let a kiosk in no more", commands.revoke_kiosk)
    revoke.add_argument("kiosk_id", metavar="ID")
    user = parts.add_parser("user", help="people at the offices").add_subparsers(
        required=True, metavar="COMMAND"
    )
    person = _command(user, "add", "put a person on an office's roster", commands.add_user)
    person.add_argument("--office", required=True, metavar="CODE")
    person.add_argument("--role", required=True)
    person.add_argument("name", metavar="NAME")
    papers = _command(parts, "papers", "say how papers of an office are issued", commands.set_papers)
    papers.add_argument("--office", required=True, metavar="CODE")
    papers.add_argument("file", type=Path, metavar="FILE", help="TOML, as docs/papers.md tells")
    listed = _command(
        parts, "trust-list", "write the signed list of keys and ended papers", commands.write_list
    )
    listed.add_argument("file", type=Path, metavar="FILE", help="for `kiosk certificate list FILE`")
    page = _command(parts, "check-page", "write the page that checks papers", commands.write_check_page)
    page.add_argument("file", type=Path, metavar="FILE", help="one HTML file that works from a stick")
    staff = parts.add_parser("staff", help="the centre's staff").add_subparsers(
        required=True, metavar="COMMAND"
    )
    _command(staff, "add", "let somebody log in", commands.add_staff).add_argument("name", metavar="NAME")


def _add_reading(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    stats = _command(parts, "stats", "show what the centre holds", commands.show_figures)
    stats.add_argument("--json", action="store_true")
    stats.add_argument("--verify", action="store_true", help="read every object and compare its sha256")
    judge = _command(parts, "judge", "judge what arrived, or packet files", commands.judge)
    judge.add_argument("--watch", action="store_true", help="go on until told to end")
    judge.add_argument("files", nargs="*", type=Path, metavar="FILE")


def _command(
    parts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, says: str, run: object
) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=says)
    parser.add_argument(
        "--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="the centre's folder"
    )
    parser.set_defaults(run=run)
    return parser


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the same as --data")


if __name__ == "__main__":
    sys.exit(main())
