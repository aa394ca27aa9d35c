"""Search among 10,000 and 100,000 residents, each kind of query, beside looking at every name with rapidfuzz."""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.figures import Figure, high, middle, timed
from kiosk.domain.spelling import words_of
from kiosk.storage.records import Resident
from kiosk.storage.store import Store

SIZES = (10_000, 100_000)
QUERIES = 200
BATCH = 5_000
LIMIT_MS = 15

_COMMON = (
    "siti",
    "muhammad",
    "sri",
    "nur",
    "agus",
    "budi",
    "slamet",
    "dewi",
    "joko",
    "ahmad",
    "tri",
    "eko",
    "suharto",
)
_STARTS = (
    "su",
    "ha",
    "wi",
    "ra",
    "pra",
    "ku",
    "su",
    "mar",
    "sla",
    "no",
    "han",
    "is",
    "yu",
    "as",
    "mu",
    "dar",
    "ka",
)
_MIDDLES = (
    "har",
    "di",
    "wan",
    "ti",
    "ma",
    "ri",
    "no",
    "gu",
    "sa",
    "lis",
    "to",
    "ni",
    "fa",
    "ya",
    "ning",
    "bu",
)
_ENDS = (
    "to",
    "yanti",
    "no",
    "wati",
    "di",
    "ningsih",
    "wan",
    "yah",
    "tun",
    "ni",
    "sari",
    "man",
    "yono",
    "tri",
)
_NIK = "332507{day:02}{month:02}{year:02}{serial:04}"


def measure() -> list[Figure]:
    """Return the figures of every kind of query at every size."""
    figures = []
    for size in SIZES:
        with (
            tempfile.TemporaryDirectory() as folder,
            _filled(Path(folder) / "kiosk", size) as (store, people),
        ):
            figures += _of_size(store, people)
    return figures


def _of_size(store: Store, people: list[Resident]) -> list[Figure]:
    names = [person.full_name for person in people]
    chance = random.Random(4)
    theirs = [
        timed(lambda: process.extract(chance.choice(names), names, scorer=fuzz.WRatio, limit=20))
        for _ in range(5)
    ]
    figures = []
    for kind, asked in _KINDS.items():
        queries = [asked(chance.choice(people), chance) for _ in range(QUERIES)]
        ours = [timed(lambda query=query: _search(store, query)) for query in queries]
        figures.append(
            Figure(
                f"search {kind} among {len(people):,}", "ms", middle(ours), high(ours),
                "rapidfuzz over every name", middle(theirs),
                aim=f"p95 under {LIMIT_MS} ms", holds=high(ours) < LIMIT_MS,
            )
        )  # fmt: skip
    return figures


def _search(store: Store, query: str) -> tuple[Resident, ...]:
    with store.reading() as ledger:
        return ledger.search(query)


def _whole_nik(person: Resident, chance: random.Random) -> str:
    return person.nik


def _begun_nik(person: Resident, chance: random.Random) -> str:
    return person.nik[: chance.randint(6, 12)]


def _two_letters(person: Resident, chance: random.Random) -> str:
    return chance.choice(words_of(person.full_name))[:2]


def _begun_words(person: Resident, chance: random.Random) -> str:
    return " ".join(word[: chance.randint(2, 5)] for word in words_of(person.full_name)[:2])


def _whole_name(person: Resident, chance: random.Random) -> str:
    return person.full_name


def _common_word(person: Resident, chance: random.Random) -> str:
    return chance.choice(_COMMON)


def _typo(person: Resident, chance: random.Random) -> str:
    word = max(words_of(person.full_name), key=len)
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("aeikmnrst") + word[place + 1 :]


def _old_spelling(person: Resident, chance: random.Random) -> str:
    return person.full_name.lower().replace("u", "oe").replace("j", "dj").replace("muhammad", "mohamad")


_KINDS: dict[str, Callable[[Resident, random.Random], str]] = {
    "by whole NIK": _whole_nik,
    "by beginning of NIK": _begun_nik,
    "by two letters": _two_letters,
    "by begun words": _begun_words,
    "by whole name": _whole_name,
    "by a common word": _common_word,
    "with a typo": _typo,
    "in old spelling": _old_spelling,
}


@contextmanager
def _filled(folder: Path, size: int) -> Iterator[tuple[Store, list[Resident]]]:
    """Lend a store of so many invented residents."""
    store = Store.create(folder, recovery_recipients=())
    people = list(_people(size))
    for first in range(0, size, BATCH):
        with store.writing() as ledger:
            for person in people[first : first + BATCH]:
                ledger.residents.put(person)
    try:
        yield store, people
    finally:
        store.close()


def _people(size: int) -> Iterator[Resident]:
    chance = random.Random(9)
    for number in range(size):
        nik = _NIK.format(
            day=chance.randint(1, 28) + chance.choice((0, 40)),
            month=chance.randint(1, 12),
            year=chance.randint(0, 99),
            serial=number % 9999 + 1,
        )
        yield Resident(
            nik=nik,
            full_name=_name(chance),
            birth_date="1990-08-17",
            village="33.25.07.2015",
            visit_id=f"visit-{number}",
            packet_id=f"packet-{number}",
            saved_at=datetime(2026, 1, 5, tzinfo=UTC),
        )


def _name(chance: random.Random) -> str:
    first = chance.choice(_COMMON) if chance.random() < 0.6 else _word(chance)
    return " ".join([first, *(_word(chance) for _ in range(chance.randint(1, 2)))]).upper()


def _word(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice(("", *_MIDDLES)) + chance.choice(_ENDS)
