"""The bundle for whoever helps from afar: report, self-tests, logs, versions, settings, examination, machine, drivers.

Every piece is bounded and stands for itself: what cannot be had is named in `missing.txt` with its reason, and the rest
is there.  It holds nothing of a resident: no piece reads one, and every text is masked once more on its way out.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kiosk.devices.registry import Drivers
from kiosk.domain.errors import KioskError
from kiosk.domain.masking import masked
from kiosk.domain.words import Words
from kiosk.services.doctor import examine_counter
from kiosk.services.errors import ServiceError
from kiosk.services.machine import libraries, machine_facts
from kiosk.services.reporting import Reporter
from kiosk.services.selftest_fields import selftest_fields

PIECE_LIMIT = 4 << 20  # bytes of one piece
WHOLE_LIMIT = 48 << 20  # bytes of all pieces, before they are pressed together
LOG_LIMIT = 1 << 20  # bytes of one log; of a longer one its end
MISSING = "missing.txt"
_LOGS = 5


class NoPieceError(ServiceError):
    """A piece of the bundle cannot be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a bundle; `make` raises a `KioskError`, `OSError` or `ValueError` where it cannot be had."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Bundler:
    """Makes the bundles of one data folder.

    settings: returns the settings as they may be shown.  further: returns more files by name, such as traces.
    """

    folder: Path
    version: str
    drivers: Drivers
    settings: Callable[[], str]
    further: Callable[[], Mapping[str, bytes]] = dict

    def bundle(
        self,
        reporter: Reporter | KioskError,
        words: Words,
        at: datetime,
        *,
        screen: str = "",
    ) -> bytes:
        """Return the zip file.

        reporter: of the open counter, or the error that keeps it shut: a bundle is needed most then.  screen: what the
        window knows of it.  Raises `NotAllowedError` for a role that may not.
        """
        if isinstance(reporter, Reporter):
            reporter.require_allowed()
        pieces = [
            *_of_counter(reporter, words, at),
            *_logs(self.folder),
            Piece("versions.json", lambda: _json({"kiosk": self.version, "libraries": libraries()})),
            Piece("settings.toml", lambda: _text(self.settings())),
            Piece("machine.json", lambda: _json(machine_facts(self.folder))),
            Piece("screen.txt", lambda: _screen(screen)),
            Piece("drivers.json", lambda: _json(_drivers(self.drivers))),
        ]
        return pack([*pieces, *_further(self.further)], at)


def pack(pieces: Sequence[Piece], at: datetime) -> bytes:
    """Return a zip file of the pieces that could be had, and `missing.txt` where some could not."""
    content = BytesIO()
    missing, room = [], WHOLE_LIMIT
    with ZipFile(content, "w", ZIP_DEFLATED) as zipped:
        for piece in pieces:
            try:
                made = _bounded(piece.make(), room)
            except (KioskError, OSError, ValueError) as error:
                missing.append(masked(f"{piece.name}: {error}"))
                continue
            room -= len(made)
            zipped.writestr(_entry(piece.name, at), made)
        if missing:
            zipped.writestr(_entry(MISSING, at), "\n".join(missing) + "\n")
    return content.getvalue()


def _entry(name: str, at: datetime) -> ZipInfo:
    entry = ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _bounded(content: bytes, room: int) -> bytes:
    if len(content) > min(PIECE_LIMIT, room):
        raise NoPieceError(f"it is too large ({len(content) >> 10} kB) and was left out.")
    return content


def _of_counter(reporter: Reporter | KioskError, words: Words, at: datetime) -> Iterator[Piece]:
    def of(make: Callable[[Reporter], bytes]) -> Callable[[], bytes]:
        return lambda: make(_open(reporter))

    yield Piece("made.txt", of(lambda known: _noted(known, at)))
    yield Piece("report.pdf", of(lambda known: known.drawn(words)))
    yield Piece("selftests.json", of(_selftests))
    yield Piece("doctor.json", of(_examined))


def _open(reporter: Reporter | KioskError) -> Reporter:
    if isinstance(reporter, KioskError):
        raise reporter
    return reporter


def _noted(reporter: Reporter, at: datetime) -> bytes:
    """Write down that the bundle is made, and say so in it; where that fails, the rest is needed all the more."""
    by = reporter.officer.user_id if reporter.officer is not None else "command"
    reporter.note("diagnostic_bundle", reporter.version)
    return _text(f"kiosk {reporter.version}\n{at.isoformat(timespec='seconds')}\n{by}")


def _selftests(reporter: Reporter) -> bytes:
    told = {}
    for view in reporter.gather().views:
        tests = {"first": view.first, "last": view.last, "working": view.working}
        told[view.part.value] = {
            **{name: None if test is None else selftest_fields(test) for name, test in tests.items()},
            "failures": view.failures,
            "history": [selftest_fields(test) for test in view.history],
        }
    return json.dumps(told, indent=1).encode("ascii")


def _examined(reporter: Reporter) -> bytes:
    checks = examine_counter(reporter.counter)
    return _json(
        [{"name": check.name, "health": check.health.value, "told": check.sentence} for check in checks]
    )


def _logs(folder: Path) -> Iterator[Piece]:
    """Yield the logs, the newest first; the present one also where there is none, so that this is told."""
    names = ["kiosk.log", *(f"kiosk.log.{number}" for number in range(1, _LOGS))]
    for name in names:
        path = folder / "logs" / name
        if name == names[0] or path.exists():
            yield Piece(f"logs/{name}", partial(_log, path))


def _log(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - LOG_LIMIT))
        if size > LOG_LIMIT:
            file.readline()  # half a line could hold half a number
        return _text(file.read(LOG_LIMIT).decode("utf-8", errors="replace"))


def _drivers(drivers: Drivers) -> list[dict[str, str]]:
    return [
        {
            "name": entry.name,
            "kind": entry.kind.value if entry.kind is not None else "",
            "module": entry.module,
            "error": entry.error or "",
        }
        for entry in drivers.probe()
    ]


def _screen(told: str) -> bytes:
    if not told:
        raise NoPieceError("only the window knows the screen; make the bundle there.")
    return _text(told)


def _further(files: Callable[[], Mapping[str, bytes]]) -> Iterator[Piece]:
    try:
        given = files()
    except (KioskError, OSError, ValueError) as error:
        yield Piece("further files", partial(_raise, error))
        return
    for name, content in given.items():
        yield Piece(name, partial(bytes, content))


def _raise(error: Exception) -> bytes:
    raise error


def _json(value: object) -> bytes:
    return _text(json.dumps(value, indent=1, ensure_ascii=False))


def _text(text: str) -> bytes:
    return f"{masked(text).rstrip()}\n".encode()
