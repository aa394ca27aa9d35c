"""What anybody may have of the centre: the signed list of keys and ended papers, and the page that checks by it."""

from datetime import datetime

from central.keys import DoorKeys
from central.offices import RESOURCES
from central.papers import trust_list
from central.store import Store
from kiosk.domain.check_page_words import check_page_words
from kiosk.domain.words import Words
from kiosk.wire.check_page import PageParts, check_page
from kiosk.wire.signing import Purpose, sign

_LANGUAGES = ("id", "en")


def signed_list(store: Store, keys: DoorKeys, now: datetime) -> str:
    """Return the list as it travels: signed, so that it may come by any way."""
    with store.read() as session:
        listed = trust_list(session, practice=store.centre(session).practice, now=now)
    return sign(listed.plain(), keys.signing, Purpose.TRUST_LIST)


def made_check_page(store: Store, keys: DoorKeys, now: datetime) -> str:
    """Return the page with the list of this moment."""
    words = {language: Words.load(RESOURCES / "locale", language) for language in _LANGUAGES}
    sentences = {language: check_page_words(told) for language, told in words.items()}
    token = signed_list(store, keys, now)
    return check_page(PageParts.load(RESOURCES / "check"), token, (keys.signing.public.text,), sentences)
