"""What the NIK and the number of a family card have in common: sixteen digits that begin with a district."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class RegionNumber:
    """Sixteen checked digits, shown masked wherever they are not asked for."""

    digits: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked})"

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The number with its middle hidden: `3325********0001`."""
        return f"{self.digits[:4]}********{self.digits[12:]}"

    @property
    def district(self) -> str:
        """The code of the district it was given in: `33.25.07`."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"
