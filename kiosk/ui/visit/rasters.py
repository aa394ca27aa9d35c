"""Pixels as Qt's images, over the same bytes, and how a picture covers its place."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from kiosk.services.pictures import Raster


def image_of(raster: Raster) -> QImage:
    """Return an image over the raster's own bytes; keep the raster for as long as the image."""
    form = QImage.Format.Format_Grayscale8 if raster.channels == 1 else QImage.Format.Format_RGB888
    return QImage(raster.pixels, raster.width, raster.height, raster.width * raster.channels, form)


def covering(width: float, height: float, place: QRectF) -> QRectF:
    """Return the part, of the shape of `place`, from the middle of a picture that large."""
    scale = max(place.width() / width, place.height() / height)
    wide, high = place.width() / scale, place.height() / scale
    return QRectF((width - wide) / 2, (height - high) / 2, wide, high)
