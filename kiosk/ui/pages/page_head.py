"""What pages beside a visit have in common: the title with what stands beside it, and the margins."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.kit.layout import STRETCH, Item, put, row
from kiosk.ui.kit.texts import Text

HEAD = 44
GAP = 12


def page_head(title: str, *right: Item) -> QFrame:
    """Return the head of a page: its title, and at the right what else."""
    head = row(Text(title, "title"), STRETCH, *right)
    head.setFixedHeight(HEAD)
    return head


def fill_page(page: QWidget, *items: Item) -> None:
    """Put head and cards on a page, one under the other."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(tokens.PAGE_MARGIN, 8, tokens.PAGE_MARGIN, 12)
    layout.setSpacing(GAP)
    put(layout, *items)
