"""What the page of set-up shows, in one value."""

from dataclasses import dataclass, field

from kiosk.devices.api import Kind
from kiosk.domain.findings import Finding
from kiosk.services.kit import DeviceChoice
from kiosk.services.setting_up import KindView, Look


@dataclass(frozen=True, slots=True)
class SetUpState:
    """The kinds with the driver that serves each (empty where none does), and one of them in full.

    view: None while it is read.  looks: what its drivers found so far; is_looking: some have not answered yet.
    findings: why what was to be saved cannot stand.  trouble: head and rest of what else went wrong.
    """

    drivers: dict[Kind, str]
    kind: Kind
    view: KindView | None = None
    looks: tuple[Look, ...] = ()
    is_looking: bool = False
    findings: tuple[Finding, ...] = ()
    trouble: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is chosen and typed for a kind and not saved yet; driver: empty for no device."""

    driver: str
    settings: dict[str, str] = field(default_factory=dict)


def draft_of(choice: DeviceChoice | None) -> Draft:
    """Return what stands in the fields of a kind as it is saved."""
    return Draft("") if choice is None else Draft(choice.driver, dict(choice.settings))
