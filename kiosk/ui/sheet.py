"""The one style sheet: sizes, borders and colours of every control, from the tokens."""

from string import Template

from kiosk.ui import tokens
from kiosk.ui.tokens import CHOSEN, DANGER, NEUTRAL, OFFLINE, SUCCESS, WARNING, Mood

MOODS: dict[str, Mood] = {
    "success": SUCCESS,
    "warning": WARNING,
    "danger": DANGER,
    "offline": OFFLINE,
    "chosen": CHOSEN,
    "neutral": NEUTRAL,
}

# style of a text: pixels, weight, letter spacing, colour
TEXT_STYLES: dict[str, tuple[int, int, float, str]] = {
    "title": (22, 600, -0.3, tokens.INK),
    "h2": (17, 600, 0.0, tokens.INK),
    "h3": (15, 600, 0.0, tokens.INK),
    "reading": (17, 400, 0.0, tokens.INK),  # what is read aloud
    "body": (15, 400, 0.0, tokens.INK),
    "strong": (15, 600, 0.0, tokens.INK),
    "button": (15, 500, 0.0, tokens.INK),
    "label": (13, 500, 0.0, tokens.INK),
    "note": (13, 400, 0.0, tokens.INK),
    "note_strong": (13, 600, 0.0, tokens.INK),
    "small": (13, 400, 0.0, tokens.MUTED),
    "section": (13, 600, 0.0, tokens.MUTED),
    "tiny": (12, 400, 0.0, tokens.MUTED),
    "count": (28, 600, -0.8, tokens.INK),
    "ticket": (40, 600, -1.4, tokens.INK),
}

_SHEET = Template(
    """
* { color: $ink; }
QWidget#root, QWidget[page="true"], QScrollArea, QWidget[body="true"] { background: $background; }
QScrollArea { border: none; }
QFrame[body="card"][box="plain"] { background: $surface; }
QLabel { background: transparent; }
QLabel[keycap="plain"] { font-size: ${px12}px; font-weight: 600; color: $muted; border: 1px solid $line;
  border-radius: 4px; background: $surface; padding: 0 5px; min-height: 18px; max-height: 18px; }
QLabel[keycap="primary"] { font-size: ${px12}px; font-weight: 600; color: $on_primary;
  border: 1px solid $keycap_on_primary; border-radius: 4px; background: $primary_deep; padding: 0 5px;
  min-height: 18px; max-height: 18px; }
QFrame[box="card"] { background: $surface; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[box="sunken"] { background: $background; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[box="plain"] { background: transparent; border: none; }
QFrame[box="rule"] { background: $line; border: none; }
QFrame[box="rail"] { background: $surface; border: none; border-right: 1px solid $line; }
QFrame[box="top"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[box="bottom"] { background: $surface; border: none; border-top: 1px solid $line; }
QPushButton { border-radius: ${radius}px; font-size: ${px15}px; font-weight: 500; background: $surface;
  border: 1px solid $edge; padding: 0; outline: none; }
QPushButton:hover { background: $sunken; }
QPushButton[kind="primary"], QPushButton[kind="big"] { background: $primary; border: 1px solid $primary; }
QPushButton[kind="primary"]:hover, QPushButton[kind="big"]:hover { background: $primary_deep; }
QPushButton[kind="quiet"], QPushButton[kind="strip"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="strip"]:hover { background: $primary_tint; }
QPushButton[kind="danger"] { border: 1px solid $danger; }
QPushButton[kind="danger"]:hover { background: $danger_tint; }
QPushButton:disabled { background: $sunken; border: 1px solid $line; }
QPushButton[kind="row"] { background: $surface; border: none; border-top: 1px solid $line; border-radius: 0; }
QPushButton[kind="row"]:hover { background: $sunken; }
QPushButton[kind="row"]:checked { background: $primary_tint; border-left: 3px solid $primary; }
QLineEdit, QComboBox, QPlainTextEdit { background: $surface; border: 1px solid $edge; border-radius: ${radius}px;
  padding: 0 11px; font-size: ${px15}px; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox { min-height: 42px; max-height: 42px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid $primary; padding: 0 10px; }
QLineEdit:focus, QComboBox:focus { min-height: 40px; max-height: 40px; }
QLineEdit[state="warning"], QComboBox[state="warning"] { border: 2px solid $warning; padding: 0 10px;
  min-height: 40px; max-height: 40px; }
QLineEdit[state="danger"], QComboBox[state="danger"] { border: 2px solid $danger; padding: 0 10px;
  min-height: 40px; max-height: 40px; }
QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled { background: $sunken; border: 1px solid $line;
  color: $muted; }
QComboBox { padding-left: 13px; }
QComboBox:focus { padding-left: 12px; }
QComboBox:editable { padding-left: 0; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; background: transparent; min-height: 38px;
  max-height: 38px; padding: 0; }
QComboBox::drop-down { border: none; width: 30px; }
QComboBox::down-arrow { image: url($icons/caret-down-bold.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView, QListView[popup="true"] { background: $surface; border: 1px solid $edge;
  outline: none; font-size: ${px15}px; selection-background-color: $primary_tint; selection-color: $ink; }
QComboBox QAbstractItemView::item, QListView[popup="true"]::item { min-height: 36px; padding: 0 8px; }
QCheckBox, QRadioButton { font-size: ${px15}px; spacing: 10px; min-height: 44px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 22px; height: 22px; }
QCheckBox::indicator:checked { image: url($icons/box-checked.svg); }
QCheckBox::indicator:unchecked { image: url($icons/box-empty.svg); }
QRadioButton::indicator:checked { image: url($icons/dot-checked.svg); }
QRadioButton::indicator:unchecked { image: url($icons/dot-empty.svg); }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QMenu { icon-size: 20px; background: $surface; border: 1px solid $edge; border-radius: ${card_radius}px; padding: 6px; }
QMenu::item { padding: 11px 18px 11px 10px; border-radius: 5px; font-size: ${px15}px; }
QMenu::item:selected { background: $primary_tint; color: $ink; }
QMenu::item:disabled { color: $muted; font-size: ${px13}px; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QMenu::icon { padding-left: 10px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $edge; border-radius: 3px; min-height: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
  height: 0; width: 0; }
QToolTip { background: $ink; color: $on_primary; border: none; padding: 6px 8px; font-size: ${px13}px; }
"""
)


def sheet(icons: str, scale: float = 1.0) -> str:
    """Return the sheet; icons: folder of the SVG files with forward slashes, scale: of all text."""
    return "\n".join((_controls(icons, scale), *_texts(scale), *_moods()))


def _controls(icons: str, scale: float) -> str:
    return _SHEET.substitute(
        icons=icons,
        ink=tokens.INK,
        muted=tokens.MUTED,
        line=tokens.LINE,
        edge=tokens.EDGE,
        surface=tokens.SURFACE,
        sunken=tokens.SUNKEN,
        background=tokens.BACKGROUND,
        primary=tokens.PRIMARY,
        primary_deep=tokens.PRIMARY_DEEP,
        primary_tint=tokens.PRIMARY_TINT,
        on_primary=tokens.ON_PRIMARY,
        keycap_on_primary=tokens.KEYCAP_ON_PRIMARY,
        warning=WARNING.colour,
        danger=DANGER.colour,
        danger_tint=DANGER.tint,
        radius=tokens.RADIUS,
        card_radius=tokens.CARD_RADIUS,
        **{f"px{size}": round(size * scale) for size in (12, 13, 15)},
    )


def _texts(scale: float) -> list[str]:
    return [
        f'QLabel[text_style="{name}"] {{ font-size: {round(size * scale)}px; font-weight: {weight}; '
        f"letter-spacing: {spacing}px; color: {colour}; }}"
        for name, (size, weight, spacing, colour) in TEXT_STYLES.items()
    ]


def _moods() -> list[str]:
    rules = []
    for name, mood in MOODS.items():
        rules.append(f'QLabel[mood="{name}"] {{ color: {mood.colour}; }}')
        rules.append(
            f'QFrame[tint="{name}"] {{ background: {mood.tint}; border: 1px solid {mood.border}; '
            f"border-radius: {tokens.RADIUS}px; }}"
        )
        rules.append(
            f'QFrame[badge="{name}"] {{ background: {mood.tint}; border: 1px solid {mood.border}; '
            "border-radius: 12px; }"
        )
    rules.append('QLabel[mood="on_primary"] { color: #FFFFFF; } QLabel[mood="ink"] { color: #17212B; }')
    return rules
