"""A second reader of ANSI/NIST-ITL files, written from the standard and knowing nothing of the writer."""

from dataclasses import dataclass

FS, GS, RS, US = b"\x1c", b"\x1d", b"\x1e", b"\x1f"


@dataclass(frozen=True, slots=True)
class Walked:
    """One record: its type and its fields by number; a binary record has field 999 only."""

    kind: int
    fields: dict[int, bytes]

    def rows(self, number: int) -> list[list[str]]:
        return [[item.decode("ascii") for item in row.split(US)] for row in self.fields[number].split(RS)]

    def text(self, number: int) -> str:
        return self.fields[number].decode("ascii")


def walk(data: bytes) -> list[Walked]:
    """Cut a file into records by their own lengths, in the order its first record announces."""
    first, at = _tagged(data, 0, 1)
    records = [first]
    (_, count), *announced = first.rows(3)
    assert int(count) == len(announced)
    for kind, idc in announced:
        record, at = _binary(data, at, int(idc)) if kind == "8" else _tagged(data, at, int(kind))
        assert kind == "8" or record.text(2) == idc
        records.append(record)
    assert at == len(data)
    return records


def _binary(data: bytes, at: int, idc: int) -> tuple[Walked, int]:
    length = int.from_bytes(data[at : at + 4], "big")
    assert data[at + 4] == idc
    return Walked(8, {999: data[at + 5 : at + length]}), at + length


def _tagged(data: bytes, at: int, kind: int) -> tuple[Walked, int]:
    head = f"{kind}.001:".encode()
    assert data.startswith(head, at)
    length = int(data[at + len(head) : data.index(GS, at)])
    record = data[at : at + length]
    assert record.endswith(FS)
    fields: dict[int, bytes] = {}
    rest = record[:-1]
    while rest:
        tag, _, told = rest.partition(b":")
        number = int(tag.removeprefix(f"{kind}.".encode()))
        told, rest = (told, b"") if number == 999 else told.partition(GS)[::2]
        assert number not in fields
        assert number > max(fields, default=0)
        fields[number] = told
    return Walked(kind, fields), at + length
