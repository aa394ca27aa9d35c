"""Errors in the words of the screen: what happened, what is safe, what to do."""

from dataclasses import dataclass

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.domain.errors import KioskError
from kiosk.domain.words import Words, msg
from kiosk.services.errors import (
    KitError,
    LockedOutError,
    NobodyError,
    NoPasswordError,
    NotAllowedError,
    NoVisitError,
    SettingsUnkeptError,
    WrongSecretError,
)
from kiosk.services.faults import (
    DamagedError,
    KeyLostError,
    NewerStoreError,
    StorageError,
    StoreBusyError,
    StoreFullError,
)
from kiosk.services.joining import why_not_joined
from kiosk.services.outside_file import (
    FileThereError,
    InsideDataError,
    MayNotWriteError,
    NoFolderThereError,
    NoRoomThereError,
    NotWrittenError,
)
from kiosk.services.paper_answers import NoFileThereError, NoPictureError, TooLargeError, UnreadError


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, in two short sentences; `error` is what it was made of."""

    head: str
    rest: str
    error: KioskError

    @property
    def text(self) -> str:
        """Both sentences."""
        return f"{self.head} {self.rest}".strip()


# The first class of the list an error belongs to gives its sentences.
_SENTENCES: tuple[tuple[type[KioskError], str, str], ...] = (
    (NotConnectedError, msg("The device is not connected."), msg("Check its cable; what was taken is safe.")),
    (BusyError, msg("Another program uses the device."), msg("Close that program; what was taken is safe.")),
    (TooLateError, msg("Nothing came from the device."), msg("Try again; what was taken is safe.")),
    (WrongAnswerError, msg("The device answers wrongly."), msg("Unplug it, plug it in, and try again.")),
    (RefusedError, msg("The device refuses."), msg("Look at the device and try again.")),
    (NotSupportedError, msg("This device cannot do that."), msg("Ask the technician for another one.")),
    (DeviceError, msg("The device failed."), msg("Try again; what was taken is safe.")),
    (KitError, msg("No such device is set up."), msg("The step can be left open.")),
    (NobodyError, msg("Nobody of this name works here."), msg("Choose your name from the list.")),
    (NotAllowedError, msg("Your role may not do this."), msg("Nothing was changed. Ask a supervisor.")),
    (NoPasswordError, msg("No password is set yet."), msg("Choose one at the first log-in.")),
    (NoVisitError, msg("This visit is closed already."), msg("What was saved is safe.")),
    (
        SettingsUnkeptError,
        msg("The settings could not be kept."),
        msg("The devices stay as they were. Look at the disk and at kiosk.toml in the data folder."),
    ),
    (
        InsideDataError,
        msg("Not in the data folder."),
        msg("Nothing was written. Choose a stick or another folder."),
    ),
    (FileThereError, msg("A file of this name is there."), msg("It stays as it was. Try again in a second.")),
    (
        NoFolderThereError,
        msg("There is no such folder."),
        msg("Nothing was written. Look whether the stick is still in."),
    ),
    (MayNotWriteError, msg("Nothing may be written there."), msg("Choose another folder or another stick.")),
    (
        NoRoomThereError,
        msg("There is no room left."),
        msg("Nothing of the file is there. Choose another stick."),
    ),
    (
        NotWrittenError,
        msg("The file could not be written."),
        msg("Nothing of it is there. Choose another place."),
    ),
    (NoFileThereError, msg("There is no such file."), msg("Look whether the stick is still in.")),
    (
        UnreadError,
        msg("The file cannot be read."),
        msg("Choose another one, or pull the stick and put it in."),
    ),
    (TooLargeError, msg("The file is too large."), msg("A photo or a PDF of a paper has less than 32 MB.")),
    (
        NoPictureError,
        msg("This is neither a PDF nor a photo."),
        msg("Choose the PDF, or a photo of the whole paper."),
    ),
    (StoreFullError, msg("The disk is full."), msg("What was saved is safe. Deliver or copy packets first.")),
    (StoreBusyError, msg("Another program holds the data."), msg("Nothing is lost. Close it and try again.")),
    (DamagedError, msg("The database is damaged."), msg("Packets are safe. Call the technician.")),
    (KeyLostError, msg("This machine has lost its key."), msg("Packets are safe. The Dinas can open them.")),
    (
        NewerStoreError,
        msg("The data are of a newer version."),
        msg("Install the newer program. Nothing is lost."),
    ),
    (StorageError, msg("The data could not be written."), msg("What was saved before is safe. Try again.")),
)


# What keeps a counter from opening and is said as it is; of other errors only the technician's note can tell.
_AT_OPENING = (StoreFullError, StoreBusyError, DamagedError, KeyLostError, NewerStoreError)


def opening_trouble(error: KioskError, words: Words) -> Trouble | None:
    """Return why the counter could not be opened, or None where that is not known in words."""
    return trouble_of(error, words) if isinstance(error, _AT_OPENING) else None


def start_trouble(error: KioskError, words: Words) -> str:
    """Return why a first start came to nothing; what is known in no words is said as the error says it."""
    known, why = opening_trouble(error, words), why_not_joined(error)
    if known is not None:
        return known.text
    return words.say(why) if why else str(error)


def trouble_of(error: KioskError, words: Words) -> Trouble:
    """Return the sentences of an error; an unforeseen one says that what was saved is safe."""
    if isinstance(error, WrongSecretError):
        left = words.count("{count} more try.", "{count} more tries.", error.tries_left)
        return Trouble(words.say("That is wrong."), left, error)
    if isinstance(error, LockedOutError):
        wait = words.count("Try again in {count} second.", "Try again in {count} seconds.", error.seconds)
        return Trouble(words.say("Too many wrong tries."), wait, error)
    for kind, head, rest in _SENTENCES:
        if isinstance(error, kind):
            return Trouble(words.say(head), words.say(rest), error)
    told = words.say("What was saved is safe. Try again, or call the technician.")
    return Trouble(words.say("That did not work."), told, error)
