"""Code lists: a list id, a code and a label, since the same number means different things in two lists."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kiosk.domain.errors import MalformedError

BLOOD_TYPE = "blood_type.siak"
CITIZENSHIP = "citizenship.siak"
DISABILITY = "disability.siak"
EDUCATION = "education.siak"
ENROLLMENT_STATUS = "enrollment_status.siak"
FAMILY_RELATIONSHIP = "family_relationship.siak"
MARITAL_STATUS = "marital_status.f101_2019"
MARITAL_STATUS_SIAK = "marital_status.siak"
MOVING_REASON = "moving_reason.siak"
OCCUPATION = "occupation.f101_2019"
RELIGION = "religion.siak"
SEX = "sex.siak"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of one list, with the label people read."""

    list_id: str
    code: str
    label: str

    @property
    def text(self) -> str:
        """The code with its list, as kept in a form: `religion.siak:1`."""
        return f"{self.list_id}:{self.code}"


def fold_label(text: str) -> str:
    """Return the text as labels are compared: one case, single blanks, none around a slash."""
    return " ".join(text.casefold().replace("/", " / ").split())


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list in its official order.

    elsewhere: code -> the label the same number has in another table that is still in use.
    """

    list_id: str
    title: str
    codes: tuple[Code, ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    _by_code: Mapping[str, Code] = field(default_factory=dict, repr=False, compare=False)
    _by_label: Mapping[str, Code] = field(default_factory=dict, repr=False, compare=False)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def get(self, code: str) -> Code | None:
        """Return the entry with this number, None when the list has none; leading zeros are not kept apart."""
        return self._by_code.get(code.lstrip("0") if code.isascii() and code.isdigit() else code)

    def find(self, text: str) -> Code | None:
        """Return the entry whose label or alias this is, whatever its case; None when there is none."""
        return self._by_label.get(fold_label(text))


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Every list the office uses, and how codes of one are carried over into another."""

    lists: Mapping[str, CodeList]
    version: str
    _carried: Mapping[tuple[str, str, str], str] = field(default_factory=dict, repr=False)

    def __getitem__(self, list_id: str) -> CodeList:
        return self.lists[list_id]

    def get(self, list_id: str) -> CodeList | None:
        """Return the list of that id, None when there is none."""
        return self.lists.get(list_id)

    def code(self, text: str) -> Code | None:
        """Return the code written as `list_id:code`, None when list or code are unknown."""
        list_id, _, number = text.partition(":")
        found = self.lists.get(list_id)
        return None if found is None else found.get(number)

    def carry_over(self, code: Code, list_id: str) -> Code | None:
        """Return the same meaning in another list; None when that list does not say as much."""
        if code.list_id == list_id:
            return code
        number = self._carried.get((code.list_id, code.code, list_id))
        return None if number is None else self.lists[list_id].get(number)

    @classmethod
    def parse(cls, content: bytes) -> "CodeLists":
        """Read `resources/codes.json`; MalformedError when it is not of that shape."""
        try:
            data = json.loads(content)
            lists = {entry["id"]: _read_list(entry) for entry in data["lists"]}
            carried = {
                (entry["from"], source, entry["to"]): target
                for entry in data["carry_over"]
                for source, target in entry["codes"].items()
            }
            return cls(lists, data["version"], carried)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MalformedError("the code lists cannot be read") from error


def _read_list(entry: dict[str, object]) -> CodeList:
    list_id = str(entry["id"])
    rows = entry["codes"]
    if not isinstance(rows, list):
        raise TypeError(list_id)
    codes: list[Code] = []
    labels: dict[str, Code] = {}
    elsewhere: dict[str, str] = {}
    for row in rows:
        code = Code(list_id, row["code"], row["label"])
        codes.append(code)
        labels.update((fold_label(label), code) for label in (code.label, *row.get("aliases", ())))
        if "elsewhere" in row:
            elsewhere[code.code] = row["elsewhere"]
    by_code = {code.code: code for code in codes}
    return CodeList(list_id, str(entry["title"]), tuple(codes), elsewhere, by_code, labels)
