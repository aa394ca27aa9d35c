"""Making WSQ of grey pixels and opening it: two functions, and the program that does both for another process.

It reads requests until its input ends: length, width and height as three numbers of four bytes, then so many bytes;
both sides are 0 for a WSQ to be opened.  It answers with a length and so many bytes; a damaged picture ends it.
"""

import io
import os
import sys
from struct import Struct
from typing import IO

import wsq
from PIL import Image as Pillow

FORMAT = wsq.WsqImagePlugin.WsqImageFile.format
GREY_MAP = "PPM"
_POLITE = 5  # behind the window: nobody waits for a plate
_ASKED, _ANSWERED = Struct(">III"), Struct(">I")


def wsq_from(pixels: bytes, width: int, height: int) -> bytes:
    """Return the pixels, given row by row, as WSQ; the codec holds the interpreter for as long as it takes."""
    content = io.BytesIO()
    Pillow.frombytes("L", (width, height), pixels).save(content, FORMAT)
    return content.getvalue()


def grey_map_from(wsq_content: bytes) -> bytes:
    """Return a WSQ as a portable grey map, which holds its size; raises bare Exceptions for a damaged one."""
    content = io.BytesIO()
    with Pillow.open(io.BytesIO(wsq_content), formats=(FORMAT,)) as picture:
        picture.convert("L").save(content, GREY_MAP)
    return content.getvalue()


def ask(line: IO[bytes], given: bytes, width: int, height: int) -> None:
    """Write one request."""
    line.write(_ASKED.pack(len(given), width, height) + given)
    line.flush()


def answer_from(line: IO[bytes]) -> bytes:
    """Read one answer; raises `EOFError` where the program ended."""
    (length,) = _ANSWERED.unpack(_exactly(line, _ANSWERED.size))
    return _exactly(line, length)


def serve(asked: IO[bytes], answered: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    while head := asked.read(_ASKED.size):
        length, width, height = _ASKED.unpack(head)
        given = _exactly(asked, length)
        made = wsq_from(given, width, height) if width else grey_map_from(given)
        answered.write(_ANSWERED.pack(len(made)) + made)
        answered.flush()


def _exactly(line: IO[bytes], count: int) -> bytes:
    content = line.read(count)
    if len(content) < count:
        raise EOFError("The program for WSQ ended.")
    return content


def main() -> None:
    """Serve whoever started this."""
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
