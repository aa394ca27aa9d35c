"""What the local store cannot do, named by what a person can do about it.

StorageError
  NoKioskHereError    the folder holds no kiosk: join one, or give the right folder
  KeyLostError        this machine cannot open the database: the Dinas has the recovery key
  DamagedError        the database is not whole: `kiosk doctor`; packets can still be exported
  NewerStoreError     a newer program made this database: install it; sending and exporting still go
  StoreFullError      the disk is full: deliver or export, then go on
  StoreBusyError      another program holds the database: wait, or close it
  OutboxError         a packet and its row do not fit together
"""

from kiosk.domain.errors import KioskError


class StorageError(KioskError):
    """The local store cannot do what was asked; what was saved before is safe."""


class NoKioskHereError(StorageError):
    """There is no kiosk in this folder."""


class KeyLostError(StorageError):
    """No key slot of this machine opens the database."""


class DamagedError(StorageError):
    """The database cannot be read, or contradicts itself."""


class NewerStoreError(StorageError):
    """The database was made by a newer program."""


class StoreFullError(StorageError):
    """There is no room on the disk; nothing of what was asked has been written."""


class StoreBusyError(StorageError):
    """Another program holds the database."""


class OutboxError(StorageError):
    """A packet, its row and its promise do not fit together."""
