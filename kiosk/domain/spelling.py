"""One name, several spellings: what makes Soeharto and Suharto, Djoko and Joko, Mohamad and Muhammad the same word.

The old spellings are those of van Ophuijsen (1901) and Soewandi (1947), which the enhanced spelling of 1972 replaced.
"""

import re
import unicodedata

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019`\u00b4")
# In this order: the doubled letters go first, so that Muhammad and Muhamad agree before the vowels are looked at.
_RULES = (
    (re.compile(r"([a-z])\1"), r"\1"),
    (re.compile("oe"), "u"),
    (re.compile("dj"), "j"),
    (re.compile("tj"), "c"),
    (re.compile("nj"), "ny"),
    (re.compile("sj"), "sy"),
    (re.compile("ch"), "kh"),
    (re.compile("^(?:mukh?am[ae]d|mokh?am[ae]d|muham[ae]d|moham[ae]d|muhd|mohd|moh|muh)$"), "muhamad"),
    (re.compile("^akh?mad$"), "ahmad"),
    (re.compile("ph"), "f"),
    (re.compile("v"), "f"),
    (re.compile("z"), "s"),
    (re.compile("y(?=[^aiueo]|$)"), "i"),
    (re.compile("y"), "j"),  # what is written y today was j: Tjahjono, Cahyono
)


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in small plain letters, in order: `Nur'aini DWI-P.` gives nuraini, dwi, p."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_APOSTROPHES)
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(word for word in _NOT_A_LETTER.split(letters) if word)


def spelling_key(word: str) -> str:
    """Return what all spellings of a word have in common; the word as `words_of` gives it."""
    key = word
    for pattern, standard in _RULES:
        key = pattern.sub(standard, key)
    return key
