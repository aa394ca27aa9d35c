"""The colours, sizes and spaces every screen is made of; contrast between them is held by a test."""

from dataclasses import dataclass

BACKGROUND = "#F4F6F9"
SURFACE = "#FFFFFF"
SUNKEN = "#EEF1F5"
LINE = "#D8DEE6"  # decorative only: too faint for the border of a control
EDGE = "#7C8896"
INK = "#17212B"
MUTED = "#5B6775"
PRIMARY = "#0B5CAD"
PRIMARY_DEEP = "#084A8C"
PRIMARY_TINT = "#E8F1FA"
ON_PRIMARY = "#FFFFFF"
KEYCAP_ON_PRIMARY = "#7FAAD6"
PORTRAIT_BLUE = "#2D62B3"
PORTRAIT_RED = "#B3261E"
SHADOWED = "#9AA6B4"  # the drawn stand-in for a person

RAIL = 88
STRIP = 44
STEPPER = 56
ACTION_BAR = 64
RESIDENT_CARD = 272
CONTROL = 44
BIG_CONTROL = 64
PAGE_MARGIN = 24
RADIUS = 6
CARD_RADIUS = 8


@dataclass(frozen=True, slots=True)
class Mood:
    """The three colours of one state: text and icons, fill, border of the fill."""

    colour: str
    tint: str
    border: str


SUCCESS = Mood("#1B7A4B", "#E6F4EC", "#B7DCC8")
WARNING = Mood("#9A5B00", "#FFF4E0", "#EBCF9A")
DANGER = Mood("#B3261E", "#FCEBEA", "#EDBBB7")
OFFLINE = Mood("#5E4B8B", "#EFECF6", "#CFC7E2")  # work goes on: never red
CHOSEN = Mood(PRIMARY, PRIMARY_TINT, "#B9D3EC")
NEUTRAL = Mood(MUTED, SUNKEN, LINE)

MOODS: dict[str, Mood] = {
    "success": SUCCESS,
    "warning": WARNING,
    "danger": DANGER,
    "offline": OFFLINE,
    "chosen": CHOSEN,
    "neutral": NEUTRAL,
}
