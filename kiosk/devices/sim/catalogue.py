"""What both halves of a simulator know: its maker and the pad's field."""

MAKE = "Kiosk simulators"
PAD = (88.0, 39.0)  # width and height of the signature pad's writing field in millimetres
