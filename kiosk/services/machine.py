"""Facts of the machine a diagnosis needs: system, processor, memory, disk; nothing that names a person."""

import ctypes
import os
import platform
import shutil
import sys
from importlib.metadata import distributions
from pathlib import Path

_MEMORY = Path("/proc/meminfo")


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *(
            (name, ctypes.c_uint64)
            for name in ("total", "free", "pages", "pages_free", "own", "own_free", "more")
        ),
    )


def machine_facts(folder: Path) -> dict[str, str | int]:
    """Return the facts, sizes in bytes; folder: the data folder, for its disk.  Raises `OSError`."""
    total, free = memory()
    disk = shutil.disk_usage(folder)
    return {
        "system": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "processors": os.cpu_count() or 0,
        "memory_total": total,
        "memory_free": free,
        "disk_total": disk.total,
        "disk_free": disk.free,
    }


def libraries() -> dict[str, str]:
    """Return every installed library with its version, by name."""
    found = {one.metadata["Name"]: one.version for one in distributions() if one.metadata["Name"]}
    return dict(sorted(found.items()))


def memory() -> tuple[int, int]:
    """Return the bytes of memory there are and those free (Windows: never run on hardware so far)."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            raise ctypes.WinError()
        return int(status.total), int(status.free)
    pairs = (line.split() for line in _MEMORY.read_text(encoding="ascii").splitlines())
    sizes = {pair[0]: int(pair[1]) << 10 for pair in pairs if len(pair) > 1}
    return sizes.get("MemTotal:", 0), sizes.get("MemAvailable:", 0)
