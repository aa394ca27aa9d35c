"""The door of an open counter: who may sign in, and why somebody may not."""

from collections.abc import Sequence

from kiosk.domain.errors import KioskError
from kiosk.domain.labels import ROLE
from kiosk.domain.words import Words
from kiosk.services import accounts
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import LockedOutError, NoPasswordError
from kiosk.services.practice import practice_people
from kiosk.services.standing import standing
from kiosk.ui.entry import Refusal
from kiosk.ui.pages.login import Person
from kiosk.ui.troubles import trouble_of


class CounterDoor:
    """Lets people of the roster in."""

    def __init__(self, counter: Counter, words: Words) -> None:
        self._counter = counter
        self._words = words

    def place(self) -> tuple[str, str, bool]:
        """Return office, counter, and whether it is for practice."""
        known = standing(self._counter)
        return known.office_name, known.kiosk_id, known.practice

    def people(self) -> Sequence[Person]:
        """Return who may sign in."""
        known = {person.entry.name: person.password for person in practice_people()}
        known = known if standing(self._counter).practice else {}
        return [
            Person(user.user_id, user.name, self._words.say(ROLE[user.role]), known.get(user.name, ""))
            for user in accounts.people(self._counter)
        ]

    def log_in(self, who: str, password: str) -> Officer:
        """Return the officer; raises as `accounts.log_in` does."""
        return accounts.log_in(self._counter, self._user_id(who), password)

    def set_first_password(self, who: str, password: str, pin: str) -> Officer:
        """Keep a first password and PIN, and let the person in with them."""
        user_id = self._user_id(who)
        accounts.set_first_password(self._counter, user_id, password, pin)
        return accounts.log_in(self._counter, user_id, password)

    def refusal(self, error: KioskError) -> Refusal:
        """Return an error in words."""
        trouble = trouble_of(error, self._words)
        wait = error.seconds if isinstance(error, LockedOutError) else 0
        return Refusal(trouble.head, trouble.rest, wait, isinstance(error, NoPasswordError))

    def _user_id(self, who: str) -> str:
        """Return the id of who is meant: by id, by name, or by the beginning of one name only.

        What nobody bears is passed on as it is, and refused there.
        """
        folded = who.strip().casefold()
        people = accounts.people(self._counter)
        for person in people:
            if folded in (person.user_id.casefold(), person.name.casefold()):
                return person.user_id
        begun = [person.user_id for person in people if folded and person.name.casefold().startswith(folded)]
        return begun[0] if len(begun) == 1 else who.strip()
