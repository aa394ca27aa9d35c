"""The root of every error the kiosk raises on purpose.

KioskError
  domain.errors.MalformedError        a value that no rule can read was handed to a parser
  wire.errors.WireError               a packet, signature or message is not what it claims to be
  storage.errors.StorageError         the local store cannot do what was asked
  biometrics.usable.UnusableCaptureError    a picture or signature nobody can judge
  devices.api.DeviceError             a device, named by what a person can do about it
  sync.causes.DeliveryError           the centre could not be reached or did not agree
  services.errors.ServiceError        the use case may not go on (permission, missing step, lock-out)
"""


class KioskError(Exception):
    """Something the program foresaw; its text says what happened, what is safe and what to do."""


class MalformedError(KioskError, ValueError):
    """A text that should already have been checked cannot be read as the value it claims to be."""
