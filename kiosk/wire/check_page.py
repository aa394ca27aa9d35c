"""The web page that checks papers: one file that holds all it needs, so that it works from a stick, without a network.

It carries the centre's signed list of keys and ended papers, and the centre's keys to prove it by.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.wire.errors import MessageError

_EXPORT = re.compile(r"^export \{([^}]*)\};?\s*\Z", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageParts:
    """The files of the page as they lie in `resources/check`, as text; reader: the compiled reader of QR codes."""

    page: str
    style: str
    script: str
    reader_script: str
    signatures: str
    reader: bytes

    @classmethod
    def load(cls, folder: Path) -> "PageParts":
        """Read the files; raises `OSError` where one is missing."""

        def text(name: str) -> str:
            return (folder / name).read_text(encoding="utf-8")

        return cls(
            page=text("page.html"),
            style=text("page.css"),
            script=text("check.js"),
            reader_script=text("vendor/zxing_reader.js"),
            signatures=text("vendor/ed25519.js"),
            reader=(folder / "vendor" / "zxing_reader.wasm").read_bytes(),
        )


def check_page(
    parts: PageParts, token: str, centre_keys: tuple[str, ...], sentences: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the page.

    token: the signed list.  centre_keys: base64url.  sentences: by language and name.  Nothing but what stands in the
    page may run: its policy names the hash of each script, and no address at all.
    """
    told = {
        "list": token,
        "keys": list(centre_keys),
        "sentences": {language: dict(texts) for language, texts in sentences.items()},
        "reader": base64.b64encode(parts.reader).decode("ascii"),
    }
    scripts = (parts.reader_script, _as_global(parts.signatures), parts.script)
    written = {
        "POLICY": _policy(scripts),
        "PRACTICE": "" if _is_practice(token) else "hidden",
        "STYLE": parts.style,
        "DATA": json.dumps(told, ensure_ascii=True).replace("</", "<\\/"),
        "SCRIPTS": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda place: written[place[1]], parts.page)


def _as_global(module: str) -> str:
    """Return a module as a plain script that leaves what it exports in `ed25519`."""
    found = _EXPORT.search(module)
    if found is None:
        raise MessageError("The signature library does not end with what it exports.")
    body = f"{module[: found.start()]}globalThis.ed25519 = {{{found[1]}}};"
    return f"(() => {{\n{body}\n}})();"


def _policy(scripts: tuple[str, ...]) -> str:
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes} 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
        "img-src blob: data:; media-src blob: mediastream:; form-action 'none'; base-uri 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _is_practice(token: str) -> bool:
    """Tell what the list says of itself; the page proves the list before it believes anything else of it."""
    body = token.split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return bool(told.get("practice"))
