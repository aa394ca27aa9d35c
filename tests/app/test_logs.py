"""The log's last defence: sixteen digits never reach the file."""

import logging
import sys

from kiosk.app.logs import MaskingFormatter


def test_a_number_of_sixteen_digits_is_hidden_in_messages_and_tracebacks() -> None:
    try:
        int("3325071708900001 was wrong")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, __file__, 1, "saw %s", ("3325075708900001",), sys.exc_info()
        )

    text = MaskingFormatter("%(message)s").format(record)

    assert "3325071708900001" not in text
    assert "3325075708900001" not in text
    assert "saw ################" in text
