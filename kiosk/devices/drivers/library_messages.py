"""What a driver and the process of its maker's library tell each other: fields as JSON, and bytes such as a picture.

    message = length of the fields (4 bytes, big-endian) | length of the body (4 bytes) | fields | body

A program of this kind tells `{"ready": true}` or `{"missing": why}` first, then answers one request after the other.
An answer with `spent` is its last: the library has failed, and what it left behind is not to be trusted.

It imports little: what starts quickly is started again quickly.
"""

import json
import os
import queue
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

LENGTHS = struct.Struct(">II")
MOST_FIELDS = 1 << 20  # bytes
MOST_BODY = 256 << 20
SPENT = "spent"
LAST_CALL = 2.0  # seconds a call may still take once nobody waits for it

Fields = dict[str, object]


class DamagedMessageError(ValueError):
    """Bytes that are no message."""


@dataclass(frozen=True, slots=True)
class Message:
    """One request or one answer."""

    fields: Fields
    body: bytes = b""

    def text(self, key: str) -> str:
        """Return a field as text; empty where it is not there."""
        return str(self.fields.get(key, ""))

    def number(self, key: str) -> float:
        """Return a field as a number; 0 where it is none."""
        value = self.fields.get(key)
        return value if isinstance(value, int | float) else 0


Answering = Callable[[Message], Message]


def encode(message: Message) -> bytes:
    """Return the message's bytes."""
    told = json.dumps(message.fields).encode()
    return LENGTHS.pack(len(told), len(message.body)) + told + message.body


def read_message(stream: IO[bytes]) -> Message | None:
    """Return the next message, or None at the end; raises `DamagedMessageError` for what is none."""
    head = stream.read(LENGTHS.size)
    if len(head) < LENGTHS.size:
        return None
    fields_length, body_length = LENGTHS.unpack(head)
    if fields_length > MOST_FIELDS or body_length > MOST_BODY:
        raise DamagedMessageError
    told, body = stream.read(fields_length), stream.read(body_length)
    if len(told) + len(body) < fields_length + body_length:
        return None
    return Message(_fields(told), body)


def serve(answer: Answering, *, missing: str) -> None:
    """Answer requests until the input ends.

    missing: why the library cannot be loaded; then that is all there is to tell.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is told to the kiosk as well, which ends us
    said = _own_output()
    said.write(encode(Message({"missing": missing} if missing else {"ready": True})))
    said.flush()
    requests: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
    threading.Thread(target=_read_on, args=(requests,), name="requests", daemon=True).start()
    while (request := requests.get()) is not None:
        said.write(encode(answer(request)))
        said.flush()


def _own_output() -> IO[bytes]:
    """Return the output for messages; what a library prints goes where its errors go."""
    said = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return said


def _read_on(requests: "queue.SimpleQueue[Message | None]") -> None:
    """Hand on every request; a call that lasts when the driver has gone is given up."""
    while (request := read_message(sys.stdin.buffer)) is not None:
        requests.put(request)
    requests.put(None)
    time.sleep(LAST_CALL)
    os._exit(1)


def _fields(told: bytes) -> Fields:
    try:
        fields = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise DamagedMessageError from error
    if not isinstance(fields, dict):
        raise DamagedMessageError
    return fields
