"""All pictures of the gallery."""

import importlib
import pkgutil

import tests.ui.gallery
from tests.ui.gallery.shot import Shot

_WITHOUT_SHOTS = frozenset({"__main__", "audit", "collection", "reading", "shot", "story", "taking"})


def shots() -> tuple[Shot, ...]:
    """Return the `SHOTS` of every module of the gallery, by name."""
    names = sorted(
        found.name
        for found in pkgutil.iter_modules(tests.ui.gallery.__path__)
        if found.name not in _WITHOUT_SHOTS
    )
    modules = [importlib.import_module(f"tests.ui.gallery.{name}") for name in names]
    return tuple(shot for module in modules for shot in getattr(module, "SHOTS", ()))
