"""Signing in with a password, signing off with a PIN, and the lock after too many wrong tries."""

from kiosk.domain.free_text import whole
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import (
    LockedOutError,
    NobodyError,
    NoPasswordError,
    NotAllowedError,
    WrongSecretError,
)
from kiosk.services.roster import altered_people
from kiosk.storage.lockout import SecretCheck
from kiosk.storage.records import User

Person = User  # somebody of the roster, by the name services pass on
SHORTEST_PASSWORD = 8
SHORTEST_PIN = 6


def people(counter: Counter) -> tuple[User, ...]:
    """Return who may sign in here: the active people of the roster, as the centre signed it."""
    with counter.store.reading() as ledger:
        altered = altered_people(ledger)
        return tuple(user for user in ledger.users.all() if user.active and user not in altered)


def log_in(counter: Counter, user_id: str, password: str) -> Officer:
    """Sign somebody in; raises `WrongSecretError`, `LockedOutError`, `NoPasswordError` or `NotAllowedError`."""
    user = _active(counter, user_id)
    if not user.has_password:
        raise NoPasswordError(f"{user.name} has not set a password on this kiosk yet.")
    _pass_or_raise(counter.store.check_password(user_id, password, counter.clock()))
    _note(counter, user_id, "log_in")
    return Officer(user.user_id, user.name, user.role)


def set_first_password(counter: Counter, user_id: str, password: str, pin: str) -> None:
    """Let a person of the roster choose password and PIN, once; a later change needs the old ones."""
    user = _active(counter, user_id)
    if user.has_password:
        raise NotAllowedError(f"{user.name} has a password already; it was not changed.")
    if len(password) < SHORTEST_PASSWORD or len(pin) < SHORTEST_PIN or not (pin.isascii() and pin.isdigit()):
        raise NotAllowedError(
            f"A password has {SHORTEST_PASSWORD} or more characters, a PIN {SHORTEST_PIN} or more digits."
        )
    with counter.store.writing() as ledger:
        ledger.users.set_password(user_id, password)
        ledger.users.set_pin(user_id, pin)
        ledger.audit.append(counter.clock().wall, user_id, "set_password", user_id, "")


def confirm_pin(counter: Counter, user_id: str, pin: str) -> Officer:
    """Return who signs off with this PIN; raises as `log_in` does."""
    user = _active(counter, user_id)
    if not user.has_pin:
        raise NoPasswordError(f"{user.name} has not set a PIN on this kiosk yet.")
    _pass_or_raise(counter.store.check_pin(user_id, pin, counter.clock()))
    return Officer(user.user_id, user.name, user.role)


def _active(counter: Counter, user_id: str) -> User:
    with counter.store.reading() as ledger:
        user = ledger.users.get(whole(user_id))
        altered = altered_people(ledger)
    if user is None or not user.active or user.user_id != user_id:
        raise NobodyError("This person is not on the roster of this office.")
    if user in altered:
        raise NotAllowedError(
            "The roster here is not as the centre signed it; nobody was let in. Tell the Dinas."
        )
    return user


def _pass_or_raise(check: SecretCheck) -> None:
    if check.locked_seconds:
        raise LockedOutError(
            f"Too many wrong tries; the next one is possible in {check.locked_seconds} seconds.",
            seconds=check.locked_seconds,
        )
    if not check.right:
        raise WrongSecretError(f"That is wrong; {check.tries_left} more tries.", tries_left=check.tries_left)


def _note(counter: Counter, user_id: str, act: str) -> None:
    with counter.store.writing() as ledger:
        ledger.audit.append(counter.clock().wall, user_id, act, user_id, "")
