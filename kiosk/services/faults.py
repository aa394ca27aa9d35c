"""The errors of the store by the names services pass on, so that the window need not know the store."""

from kiosk.storage.errors import (
    DamagedError,
    KeyLostError,
    NewerStoreError,
    NoKioskHereError,
    StorageError,
    StoreBusyError,
    StoreFullError,
)

__all__ = [
    "DamagedError",
    "KeyLostError",
    "NewerStoreError",
    "NoKioskHereError",
    "StorageError",
    "StoreBusyError",
    "StoreFullError",
]
