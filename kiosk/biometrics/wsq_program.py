"""Making WSQ of grey pixels and opening it: two functions, and the program that is a process of its own.

`python -m kiosk.biometrics.wsq_program WIDTH HEIGHT` makes; without the two it opens.
"""

import io
import os
import sys

import wsq
from PIL import Image as Pillow

FORMAT = wsq.WsqImagePlugin.WsqImageFile.format
GREY_MAP = "PPM"
_POLITE = 5  # behind the window: nobody waits for a plate


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


def main() -> None:
    """Read pixels or WSQ from the input, write the other to the output."""
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    given, sides = sys.stdin.buffer.read(), [int(side) for side in sys.argv[1:]]
    sys.stdout.buffer.write(wsq_from(given, *sides) if sides else grey_map_from(given))


if __name__ == "__main__":
    main()
