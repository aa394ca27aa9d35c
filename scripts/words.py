"""Keeps the catalogue of words: `python scripts/words.py update` after new texts, `check` before a commit."""

import argparse
import ast
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kiosk.app.drivers import all_drivers
from kiosk.domain import labels, sentences
from kiosk.sync import causes

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("kiosk", "central")
LANGUAGE = "id"
PO = ROOT / "resources" / "locale" / LANGUAGE / "LC_MESSAGES" / "kiosk.po"
NOTE = """\
# Indonesian words of the kiosk and the centre.
# `python scripts/words.py update` adds new texts, drops old ones and compiles; `check` tells what is missing."""
HEADERS = [
    ("Project-Id-Version", "kiosk"),
    ("Language", LANGUAGE),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit\n"),
]

Text = str | tuple[str, str]
"""A source text; with its plural where it is counted."""


class PlainCatalog(Catalog):
    """A catalogue whose head names no day, no person and no version, so that two makings are the same."""

    num_plurals = 1

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the head, the same at every making."""
        return HEADERS


@dataclass
class Found:
    """The texts of the program, and the places whose text nobody can translate."""

    texts: set[Text] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)


def find_texts(root: Path, named: Iterable[str] = ()) -> Found:
    """Return every text that is said, counted or marked in the sources, and those named beside them."""
    found = Found(texts=set(named))
    for top in SOURCES:
        for path in sorted((root / top).rglob("*.py")):
            _read_module(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix(), found)
    counted = {text[0] for text in found.texts if isinstance(text, tuple)}
    found.texts = {text for text in found.texts if text and text not in counted}
    return found


def table_texts() -> Iterator[str]:
    """Yield the texts of the tables whose values the program says."""
    yield from sentences.SENTENCES.values()
    yield from causes.SENTENCES.values()
    for name, table in vars(labels).items():
        if name.isupper() and not name.startswith("_") and isinstance(table, Mapping):
            yield from table.values()


def driver_texts() -> Iterator[str]:
    """Yield the titles and settings of the program's own drivers; one of another package stays as it was written."""
    for entry in all_drivers(ROOT).probe():
        if entry.driver is not None and entry.module.startswith("kiosk."):
            yield entry.driver.title
            yield from (setting.meaning for setting in entry.driver.settings)


def _read_module(source: str, place: str, found: Found) -> None:
    tree = ast.parse(source, filename=place)
    ours = dict(_names_for_methods(tree)) | {"msg": "msg"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            _read_call(_called(node, ours), node, place, found)


def _names_for_methods(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what stands for `say` or `count` after `say = words.say`; other functions of that name only print."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute(attr="say" | "count" as method)):
                yield name, method


def _called(call: ast.Call, ours: Mapping[str, str]) -> str:
    match call.func:
        case ast.Attribute(attr=name):
            return name
        case ast.Name(id=name):
            return ours.get(name, "")
    return ""


def _read_call(called: str, call: ast.Call, place: str, found: Found) -> None:
    match called, call.args:
        case "count", [ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_]:
            found.texts.add((one, many))
        case "say" | "msg", [text, *_]:
            for branch in _branches(text):
                _read_text(branch, f"{place}:{branch.lineno}", found)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _read_text(node: ast.expr, place: str, found: Found) -> None:
    """Take a plain text, report one that is put together; a name or a look-up is of a table with its own mark."""
    match node:
        case ast.Constant(value=str(text)):
            found.texts.add(text)
        case ast.JoinedStr() | ast.BinOp():
            found.unreadable.append(place)


def read_catalogue(path: Path) -> dict[Text, Message]:
    """Return the messages of a .po file by their source text; none where there is no file."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGE, abort_invalid=True)
    return {_text(message): message for message in catalogue if message.id}


def _text(message: Message) -> Text:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _first(text: Text) -> str:
    return text if isinstance(text, str) else text[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def merged(texts: Iterable[Text], known: Mapping[Text, Message]) -> Catalog:
    """Return a catalogue of exactly these texts, with the translations already known."""
    catalogue = PlainCatalog(locale=LANGUAGE, header_comment=NOTE, fuzzy=False)
    for text in sorted(texts, key=_sorting):
        old = known.get(text)
        said = "" if old is None else _strings(old)[0]
        message = catalogue.add(text, said if isinstance(text, str) else (said,))
        message.flags = {"fuzzy"} if old is not None and old.fuzzy else set()
        message.user_comments = [] if old is None else old.user_comments
    return catalogue


def _sorting(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def written(catalogue: Catalog) -> bytes:
    """Return the .po file of a catalogue: one line a text, in the order of the texts."""
    file = BytesIO()
    write_po(file, catalogue, width=0, no_location=True)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return the .mo file of a catalogue."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def update(root: Path, po: Path, named: Iterable[str] = ()) -> int:
    """Write .po and .mo anew for the texts of today; returns how many have no translation yet."""
    found = find_texts(root, named)
    catalogue = merged(found.texts, read_catalogue(po))
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(written(catalogue))
    po.with_suffix(".mo").write_bytes(compiled(catalogue))
    return sum(not _is_translated(message) for message in catalogue if message.id)


def problems(root: Path, po: Path, named: Iterable[str] = ()) -> list[str]:
    """Return what keeps the catalogue from being whole, a line each."""
    found = find_texts(root, named)
    known = read_catalogue(po)
    lines = [f"cannot be translated (not a plain text): {place}" for place in found.unreadable]
    lines += [
        f"missing: {_first(text)}"
        for text in sorted(found.texts, key=_sorting)
        if text not in known or not _is_translated(known[text])
    ]
    lines += [f"obsolete: {_first(text)}" for text in sorted(set(known) - found.texts, key=_sorting)]
    for text, message in known.items():
        lines += _flaws(text, message)
    mo = po.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(merged(known, known)):
        lines.append(f"out of date: {mo.name}")
    return lines


def _is_translated(message: Message) -> bool:
    return all(_strings(message))


def _flaws(text: Text, message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield f"fuzzy: {_first(text)}"
    for said in filter(None, _strings(message)):
        if placeholders(said) not in _fitting(text):
            yield f"other placeholders: {_first(text)} -> {said}"


def _fitting(text: Text) -> set[frozenset[str] | None]:
    """Return the placeholders a translation may have: of both forms where one names the number, one does not."""
    if isinstance(text, str):
        return {placeholders(text)}
    one, many = (placeholders(form) or frozenset() for form in text)
    return {one | many, many}


def placeholders(text: str) -> frozenset[str] | None:
    """Return the names in braces; None for a text whose braces cannot be read."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    names = [(name, form, conversion) for _, name, form, conversion in parts if name is not None]
    if any(form or conversion or not name.isidentifier() for name, form, conversion in names):
        return None
    return frozenset(name for name, _, _ in names)


def main() -> int:
    """Run one of the two commands; 1 when the catalogue is not whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    if parser.parse_args().command == "update":
        missing = update(ROOT, PO, chain(table_texts(), driver_texts()))
        sys.stdout.write(
            f"{missing} texts have no translation yet\n" if missing else "All texts are translated\n"
        )
        return 0
    lines = problems(ROOT, PO, chain(table_texts(), driver_texts()))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
