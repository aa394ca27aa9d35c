"""The texts that are read aloud before anything is captured, one a language, each with its version."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.errors import MalformedError

LANGUAGES = ("id", "jv")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text as it is read; `name` is the language as its speakers call it, parts are (what about, sentence)."""

    language: str
    name: str
    version: str
    heading: str
    question: str
    parts: tuple[tuple[str, str], ...]


def load_consent_texts(folder: Path) -> tuple[ConsentText, ...]:
    """Read the texts of all languages; raises OSError, or `MalformedError` for what is no such text."""
    return tuple(_read(folder / f"{language}.toml") for language in LANGUAGES)


def _read(path: Path) -> ConsentText:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        text = ConsentText(
            language=str(content["language"]),
            name=str(content["name"]),
            version=str(content["version"]),
            heading=str(content["heading"]),
            question=str(content["question"]),
            parts=tuple((str(part["label"]), str(part["text"])) for part in content["parts"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedError(f"the consent text {path.name} cannot be read") from error
    if text.language != path.stem or not text.version or not text.parts:
        raise MalformedError(f"the consent text {path.name} has no language, version or parts of its own")
    return text
