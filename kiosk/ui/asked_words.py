"""What drivers ask of the person before a device, by message key, in sentences."""

from kiosk.domain.words import Words, msg

ASKED: dict[str, str] = {
    "topaz.sign": msg("Sign on the pad now."),
    "zfm.right_thumb": msg("Lay the right thumb on the sensor."),
    "zfm.right_index": msg("Lay the right index finger on the sensor."),
    "zfm.right_middle": msg("Lay the right middle finger on the sensor."),
    "zfm.right_ring": msg("Lay the right ring finger on the sensor."),
    "zfm.right_little": msg("Lay the right little finger on the sensor."),
    "zfm.left_thumb": msg("Lay the left thumb on the sensor."),
    "zfm.left_index": msg("Lay the left index finger on the sensor."),
    "zfm.left_middle": msg("Lay the left middle finger on the sensor."),
    "zfm.left_ring": msg("Lay the left ring finger on the sensor."),
    "zfm.left_little": msg("Lay the left little finger on the sensor."),
}
_OTHER = msg("The device waits for you; look at it.")  # a driver from outside asks by a key of its own


def asked_words(words: Words, question: str) -> str:
    """Return the sentence of a key; nothing for nothing."""
    return words.say(ASKED.get(question, _OTHER)) if question else ""
