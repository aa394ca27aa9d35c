"""A batch of certificates with one sign-off: each issued by itself, then printed in the order of the numbers.

What was issued stays issued when the printer fails half-way: the sheets that did not come out stand in the register
as not printed, and are printed from there.
"""

from kiosk.devices.api import DeviceError
from kiosk.domain.errors import KioskError
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.papers import PaperKind
from kiosk.services.counter import Officer
from kiosk.services.errors import KitError
from kiosk.services.paper_press import Press
from kiosk.services.paper_views import BatchTold, PaperDesk, Progress
from kiosk.storage.errors import StorageError


def issue_batch(
    desk: PaperDesk, press: Press, supervisor: Officer, visits: tuple[str, ...], progress: Progress
) -> BatchTold:
    """Issue a temporary certificate for each visit, and print them; one that wants a reason is not for a batch."""
    issued: list[str] = []
    refused: list[tuple[str, tuple[Finding, ...]]] = []
    try:
        for visit_id in visits:
            outcome = desk.issue(supervisor, visit_id, PaperKind.TEMPORARY_CERTIFICATE, "")
            if outcome.is_done:
                issued.append(outcome.number)
            else:
                refused.append((desk.view(supervisor, visit_id).full_name, _told(outcome.findings)))
    except StorageError as error:
        return BatchTold((), tuple(refused), tuple(issued), error)
    told = print_batch(press, supervisor, tuple(issued), progress)
    return BatchTold(told.done, tuple(refused), told.waiting, told.trouble)


def print_batch(press: Press, supervisor: Officer, numbers: tuple[str, ...], progress: Progress) -> BatchTold:
    """Print papers one by one in the order given; stops at the first the printer fails at, or when told to."""
    done: list[str] = []
    trouble: KioskError | None = None
    for place, number in enumerate(numbers):
        if not progress(place, len(numbers)):
            break
        try:
            outcome = press.print(supervisor, number, "")
        except (DeviceError, KitError) as error:
            trouble = error
            break
        if outcome.is_done:
            done.append(number)
    waiting = tuple(number for number in numbers if number not in done)
    return BatchTold(tuple(done), (), waiting, trouble)


def _told(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what stood against it, without what would only have been noted."""
    return tuple(finding for finding in findings if finding.severity is not Severity.NOTE)
