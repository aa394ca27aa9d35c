"""Which packets the centre takes in now: what fits beside what it has promised already."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes: free on the disk, promised to uploads that are open, kept back for the centre's own work."""

    free: int
    promised: int
    reserve: int

    @property
    def left(self) -> int:
        """Bytes that may still be promised."""
        return max(0, self.free - self.promised - self.reserve)

    def holds(self, size: int) -> bool:
        """Tell whether a packet may come; a small one may pass a large one that does not fit."""
        return size <= self.left

    def promise(self, size: int) -> "Space":
        """Return what is left once a packet was admitted."""
        return replace(self, promised=self.promised + size)
