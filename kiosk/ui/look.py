"""How the window looks, as a person chose it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Language, size of text (1.0 is usual), minutes until the window locks."""

    language: str = "id"
    text_scale: float = 1.0
    idle_minutes: float = 5
