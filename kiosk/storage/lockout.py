"""Passwords and PINs: Argon2id hashes, and the wait that too many wrong tries lead to, counted by boot time."""

from dataclasses import dataclass
from enum import StrEnum, auto
from math import ceil

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.domain.clock import Moment
from kiosk.storage.tables import SecretRow

FREE_TRIES = 5
FIRST_WAIT = 30.0  # seconds; doubles with every further wrong try
LONGEST_WAIT = 3600.0

# RFC 9106, second recommended option: 64 MiB, three passes, four lanes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 << 10, parallelism=4)


class SecretKind(StrEnum):
    """What a person knows."""

    PASSWORD = auto()
    PIN = auto()


@dataclass(frozen=True, slots=True)
class SecretCheck:
    """What a try came to; `locked_seconds` is above zero when it was not even looked at."""

    right: bool
    tries_left: int
    locked_seconds: int = 0


def hashed(secret: str) -> str:
    """Return the hash to keep."""
    return _HASHER.hash(_bytes(secret))


def fits(secret: str, kept: str) -> bool:
    """Tell whether this is the secret behind the hash."""
    try:
        return _HASHER.verify(kept, _bytes(secret))
    except (VerificationError, InvalidHashError):
        return False


def waiting(row: SecretRow, now: Moment) -> int:
    """Return the whole seconds until the next try; after a reboot only the time since then is known to have passed."""
    passed = now.boottime - row.locked_since if now.boot_id == row.locked_boot_id else now.boottime
    return ceil(max(0.0, row.locked_seconds - max(0.0, passed)))


def count_try(row: SecretRow, now: Moment) -> None:
    """Count a try as wrong before it is looked at, so that pulling the plug gains nothing."""
    row.wrong += 1
    row.locked_seconds = _wait_after(row.wrong)
    row.locked_since, row.locked_boot_id = now.boottime, now.boot_id


def forgive(row: SecretRow) -> None:
    """Forget the wrong tries: the right secret was given."""
    row.wrong, row.locked_seconds, row.locked_since, row.locked_boot_id = 0, 0.0, 0.0, ""


def tries_left(row: SecretRow) -> int:
    """Return how many wrong tries are free before the next wait; one after a wait."""
    return max(0, FREE_TRIES - row.wrong)


def _bytes(secret: str) -> bytes:
    """Return a secret's bytes; half of a character, which a cut paste ends in, has none in plain UTF-8."""
    return secret.encode("utf-8", "surrogatepass")


def _wait_after(wrong: int) -> float:
    return 0.0 if wrong < FREE_TRIES else min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(wrong - FREE_TRIES, 10))
