"""A grey picture made into WSQ and back, a whole plate by a process of its own.

The codec holds the interpreter for a tenth of a second a plate: in the kiosk's process its window would stand still.
"""

import logging
import subprocess
import sys

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.wsq_program import grey_map_from, wsq_from

logger = logging.getLogger(__name__)

PROGRAM = "kiosk.biometrics.wsq_program"
LIMIT = 10.0  # seconds
MOST_HERE = 500_000  # pixels: fingers have fewer and take 15 ms at most, less than another process


def wsq_of(image: Image) -> bytes:
    """Return a grey picture as WSQ; a large one is made elsewhere, or here after all where that does not work."""
    height, width = image.shape
    pixels = image.tobytes()
    elsewhere = _done_elsewhere(pixels, width, height) if image.size > MOST_HERE else b""
    return elsewhere or wsq_from(pixels, width, height)


def opened_wsq(content: bytes, size: int) -> bytes:
    """Return a WSQ of so many pixels as a portable grey map; raises bare Exceptions for a damaged one."""
    elsewhere = _done_elsewhere(content) if size > MOST_HERE else b""
    return elsewhere or grey_map_from(content)


def _done_elsewhere(given: bytes, *sides: int) -> bytes:
    try:  # -P: nothing of the folder we happen to stand in is imported
        return subprocess.run(
            [sys.executable, "-P", "-m", PROGRAM, *map(str, sides)],
            input=given,
            stdout=subprocess.PIPE,
            timeout=LIMIT,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("WSQ is left to the kiosk's own process, since another does not do it: %s", error)
        return b""
