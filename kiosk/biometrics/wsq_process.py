"""A grey picture made into WSQ, a whole plate by a process of its own.

The codec holds the interpreter for a tenth of a second a plate: in the kiosk's process its window would stand still.
"""

import logging
import subprocess
import sys

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.wsq_program import wsq_from

logger = logging.getLogger(__name__)

PROGRAM = "kiosk.biometrics.wsq_program"
LIMIT = 10.0  # seconds
MOST_HERE = 500_000  # pixels: fingers have fewer and take 15 ms at most, less than another process


def wsq_of(image: Image) -> bytes:
    """Return a grey picture as WSQ; a large one is made elsewhere, or here after all where that does not work."""
    height, width = image.shape
    pixels = image.tobytes()
    elsewhere = _made_elsewhere(pixels, width, height) if image.size > MOST_HERE else b""
    return elsewhere or wsq_from(pixels, width, height)


def _made_elsewhere(pixels: bytes, width: int, height: int) -> bytes:
    try:  # -P: nothing of the folder we happen to stand in is imported
        return subprocess.run(
            [sys.executable, "-P", "-m", PROGRAM, str(width), str(height)],
            input=pixels,
            stdout=subprocess.PIPE,
            timeout=LIMIT,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("WSQ is made in the kiosk's own process, since another does not do it: %s", error)
        return b""
