"""Making WSQ of grey pixels: a function, and the program `python -m kiosk.biometrics.wsq_program WIDTH HEIGHT`."""

import io
import sys

import wsq
from PIL import Image as Pillow

FORMAT = wsq.WsqImagePlugin.WsqImageFile.format


def wsq_from(pixels: bytes, width: int, height: int) -> bytes:
    """Return the pixels, given row by row, as WSQ; the codec holds the interpreter for as long as it takes."""
    content = io.BytesIO()
    Pillow.frombytes("L", (width, height), pixels).save(content, FORMAT)
    return content.getvalue()


def main() -> None:
    """Read the pixels from the input, write their WSQ to the output."""
    width, height = (int(side) for side in sys.argv[1:])
    sys.stdout.buffer.write(wsq_from(sys.stdin.buffer.read(), width, height))


if __name__ == "__main__":
    main()
