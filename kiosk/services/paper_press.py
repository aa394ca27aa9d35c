"""Handing papers to the page printer: what it says of each sheet is noted; where it cannot know, a person is asked."""

from dataclasses import dataclass

from kiosk.devices.api import DeviceError, Kind, PagePrinter, Printed
from kiosk.domain.register import Printing, RegisterEntry
from kiosk.services.counter import Officer
from kiosk.services.errors import KitError
from kiosk.services.issuing import Issuer
from kiosk.services.kit import RecordingKit
from kiosk.services.paper_views import Outcome
from kiosk.services.register_acts import Register
from kiosk.services.saving import Refused

PRINTING_TAKES = 60.0  # seconds a printer may take for one page


@dataclass(frozen=True, slots=True)
class Press:
    """The page printer of the kit and the register that keeps what came of each sheet."""

    kit: RecordingKit
    issuer: Issuer
    register: Register

    def print(self, supervisor: Officer, number: str, reason: str) -> Outcome:
        """Hand a paper to the printer.

        Raises a `DeviceError`, or `KitError` without a printer: the register then says that the print failed.
        """
        asked = self.register.asked_to_print(supervisor, number, reason=reason)
        if isinstance(asked, Refused):
            return outcome_of(asked)
        try:
            printed = self._printed(number)
        except (DeviceError, KitError):
            self.register.came_out(supervisor, number, Printing.FAILED)
            raise
        if printed is Printed.PRINTED:
            return outcome_of(self.register.came_out(supervisor, number, Printing.PRINTED))
        return Outcome(number)

    def _printed(self, number: str) -> Printed:
        pdf = self.issuer.pdf(number)
        with self.kit.lend(Kind.PAGE_PRINTER) as device:
            if not isinstance(device, PagePrinter):
                raise KitError("The device set up as the page printer is none.")
            return device.print(pdf, title=number, copies=1, timeout=PRINTING_TAKES)


def outcome_of(result: RegisterEntry | Refused) -> Outcome:
    """Return what the page is told of a change to the register."""
    if isinstance(result, Refused):
        return Outcome(findings=result.findings)
    return Outcome(result.number)
