"""Why a use case may not go on.

ServiceError
  NotAllowedError       this role may not do this; a supervisor can
    NobodyError         nobody of this name is on the office's roster
  WrongSecretError      the password or PIN is wrong; `tries_left` more
  LockedOutError        too many wrong tries; wait `seconds`
  NoPasswordError       nobody has set this password or PIN yet
  NoVisitError          there is no such visit, or it is closed already
  RecordedError         another officer is just saving this visit
  NotPracticeError      only a practice office does this
  KitError              a step's device is missing from the settings
  SettingsUnkeptError   the settings file cannot be read or written
"""

from kiosk.domain.errors import KioskError


class ServiceError(KioskError):
    """A use case may not go on as asked; nothing was changed."""


class NotAllowedError(ServiceError):
    """The officer's role does not include this."""


class NobodyError(NotAllowedError):
    """Nobody of this name is on the roster of the office."""


class WrongSecretError(ServiceError):
    """The password or PIN is wrong."""

    def __init__(self, message: str, *, tries_left: int) -> None:
        super().__init__(message)
        self.tries_left = tries_left


class LockedOutError(ServiceError):
    """Too many wrong tries."""

    def __init__(self, message: str, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class NoPasswordError(ServiceError):
    """The person has not set a password or PIN on this kiosk."""


class NoVisitError(ServiceError):
    """There is no open visit of this name."""


class NotPracticeError(ServiceError):
    """Only a practice office may do this."""


class SettingsUnkeptError(ServiceError):
    """What was chosen cannot be kept: the settings file cannot be read or written; it is as it was."""


class KitError(ServiceError):
    """The kit has no device of the kind a step needs."""
