"""The one style sheet: sizes, borders and colours of the controls Qt draws, from the tokens.

Labels, boxes and buttons are not in it: there are hundreds of them, they draw themselves, and Qt would look through
the rules for each.
"""

from string import Template

from kiosk.ui import tokens
from kiosk.ui.tokens import DANGER, WARNING

_SHEET = Template(
    """
QScrollArea { border: none; }
QPushButton[kind="flat"] { background: transparent; border: none; border-radius: ${radius}px; padding: 0;
  outline: none; }
QPushButton[kind="flat"]:hover { background: $primary_tint; }
QPushButton[kind="row"] { background: $surface; border: none; border-top: 1px solid $line; border-radius: 0;
  outline: none; }
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
    return _SHEET.substitute(
        icons=icons,
        ink=tokens.INK,
        muted=tokens.MUTED,
        line=tokens.LINE,
        edge=tokens.EDGE,
        surface=tokens.SURFACE,
        sunken=tokens.SUNKEN,
        primary=tokens.PRIMARY,
        primary_tint=tokens.PRIMARY_TINT,
        on_primary=tokens.ON_PRIMARY,
        warning=WARNING.colour,
        danger=DANGER.colour,
        radius=tokens.RADIUS,
        card_radius=tokens.CARD_RADIUS,
        **{f"px{size}": round(size * scale) for size in (13, 15)},
    )
