"""Settings as they may be shown to others: the same, with every secret hidden."""

import re
from collections.abc import Mapping

from kiosk.devices.api import Kind
from kiosk.services.kit import DeviceChoice

HIDDEN = "***"
_SECRETS = frozenset(
    {"password", "passwd", "passphrase", "secret", "token", "pin", "key", "credential", "user", "username"}
)
_USER_OF_ADDRESS = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_IN_QUERY = re.compile(rf"(?<=[?&])([^=&\s]*(?:{'|'.join(sorted(_SECRETS))})[^=&\s]*=)[^&\s]*", re.IGNORECASE)
_PART_OF_NAME = re.compile(r"[^a-z]+")


def without_secrets(choices: Mapping[Kind, DeviceChoice]) -> dict[Kind, DeviceChoice]:
    """Return the choices with the values of secret settings, and names and passwords within addresses, hidden."""
    return {kind: DeviceChoice(choice.driver, _shown(choice.settings)) for kind, choice in choices.items()}


def _shown(settings: Mapping[str, str]) -> dict[str, str]:
    return {key: HIDDEN if _is_secret(key) and value else _open(value) for key, value in settings.items()}


def _is_secret(key: str) -> bool:
    return not _SECRETS.isdisjoint(_PART_OF_NAME.split(key.lower()))


def _open(value: str) -> str:
    return _IN_QUERY.sub(rf"\g<1>{HIDDEN}", _USER_OF_ADDRESS.sub(HIDDEN, value))
