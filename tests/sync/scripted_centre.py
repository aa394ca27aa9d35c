"""A scripted centre on loopback: speaks the contract over real sockets, and fails as it is told."""

import hashlib
import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from kiosk.wire.join_code import JoinCode
from kiosk.wire.messages import ProblemType
from kiosk.wire.signing import Purpose, SigningKey, sign

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
KIOSK = "k-332507-testing"
JSON = "application/json"


@dataclass
class Fault:
    """One fault, used once: `do` names what happens at the next call whose method and path fit."""

    method: str
    path: str
    do: str
    number: int = 0
    times: int = 1


@dataclass
class Upload:
    """What was announced, and the bytes that are durable."""

    item: dict[str, object]
    held: bytearray = field(default_factory=bytearray)
    taken: threading.Lock = field(default_factory=threading.Lock)


class ScriptedCentre:
    """The state of the peer: keys, uploads, packets held; `faults` is its menu."""

    def __init__(self) -> None:
        self.key = SigningKey.generate()
        self.stranger = SigningKey.generate()
        self.faults: list[Fault] = []
        self.uploads: dict[str, Upload] = {}
        self.packets: dict[str, bytes] = {}
        self.acknowledgements: dict[str, str] = {}
        self.verdicts: list[str] = []
        self.directives = ""
        self.heartbeats: list[dict[str, object]] = []
        self.rejected: dict[str, str] = {}
        self.deferred: set[str] = set()
        self.calls: list[str] = []
        self.patch_headers: list[dict[str, str]] = []
        self.sent_again: list[str] = []
        self.upload_url = "/v1/uploads/{}"
        self.grant: dict[str, object] = {}
        self.body_bytes = 0
        self.commits: list[str] = []
        self.now = NOW
        self.released = threading.Event()
        self.during: Callable[[], None] | None = None
        self.url = ""

    def fault(self, method: str, path: str, do: str, *, number: int = 0, times: int = 1) -> None:
        self.faults.append(Fault(method, path, do, number, times))

    def take_fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and re.match(fault.path, path):
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
                return fault
        return None

    def acknowledge(self, packet_id: str) -> str:
        """Commit a whole packet once; the same packet gets the same bytes again."""
        if packet_id not in self.acknowledgements:
            upload = self.uploads.pop(packet_id)
            self.packets[packet_id] = bytes(upload.held)
            self.commits.append(packet_id)
            self.acknowledgements[packet_id] = self.signed_acknowledgement(upload.item)
        return self.acknowledgements[packet_id]

    def signed_acknowledgement(self, item: dict[str, object], key: SigningKey | None = None) -> str:
        payload = {name: item[name] for name in ("packet_id", "sha256", "size", "device_seq")}
        payload |= {"kiosk_id": KIOSK, "stored_at": self.now.isoformat(), "generation": 1}
        payload["log_index"] = len(self.commits)
        return sign(payload, key or self.key, Purpose.ACKNOWLEDGEMENT)

    def add_verdict(self, packet_id: str, decision: str, reason: str = "") -> None:
        payload = {"serial": len(self.verdicts) + 1, "packet_id": packet_id, "kiosk_id": KIOSK}
        payload |= {"decision": decision, "reason": reason, "decided_at": self.now.isoformat()}
        self.verdicts.append(sign(payload, self.key, Purpose.VERDICT))

    def granted(self, public_key: str, signer: SigningKey) -> dict[str, object]:
        keys = [{"kid": self.key.public.kid, "public_key": self.key.public.text}]
        grant: dict[str, object] = {"kiosk_id": KIOSK, "office": "33.25.07", "practice": True}
        grant |= {"public_key": public_key, "recipients": ["age1test"], "signing_keys": keys, "generation": 1}
        signed = sign(grant | self.grant, signer, Purpose.JOIN)
        return {"signing_key": signer.public.text, "grant": signed}

    def code(self) -> JoinCode:
        return JoinCode(b"0123456789", self.key.public.fingerprint)

    def set_directives(
        self, serial: int, roster: list[dict[str, object]], neighbours: tuple[dict[str, object], ...] = ()
    ) -> None:
        payload = {"serial": serial, "kiosk_id": KIOSK, "generation": 1, "roster": roster}
        payload |= {"neighbours": list(neighbours)}
        self.directives = sign(payload, self.key, Purpose.DIRECTIVES)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    centre: ClassVar[ScriptedCentre]

    def log_message(self, *told: object) -> None:
        return

    def do_GET(self) -> None:
        self._handle()

    def do_HEAD(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PATCH(self) -> None:
        self._handle()

    def _handle(self) -> None:
        self.centre.calls.append(f"{self.command} {self.path}")
        if self.command == "PATCH":
            self.centre.patch_headers.append({name.lower(): value for name, value in self.headers.items()})
        fault = self.centre.take_fault(self.command, self.path)
        if fault is not None and self._failed(fault):
            return
        getattr(self, f"_{self.command.lower()}")(fault)

    def _failed(self, fault: Fault) -> bool:
        simple = {
            "page": (200, "text/html", b"<html>Log in to the network</html>", {}),
            "plain": (500, "text/plain", b"Traceback (most recent call last)", {}),
            "gateway": (502, "text/html", b"<h1>Bad Gateway</h1>", {}),
            "shape": (200, JSON, b'{"foo": 1}', {}),
            "huge": (200, JSON, b" " * (3 << 20), {}),
            "redirect": (302, "text/html", b"", {"location": "http://127.0.0.1:1/login"}),
        }
        if fault.do in simple:
            self._drain()
            self._answer(*simple[fault.do])
        elif fault.do.startswith("urn:"):
            self._drain()
            self._problem(fault.do, fault.number)
        elif fault.do == "silent":
            self.centre.released.wait(10)
            self.close_connection = True
        elif fault.do == "reset":
            self._reset()
        else:
            return False
        return True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _drain(self) -> bytes:
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def _post(self, fault: Fault | None) -> None:
        body = json.loads(self._drain())
        if self.path == "/v1/sessions":
            self._session(body, fault)
        elif self.path == "/v1/announcements":
            self._announcement(body, fault)
        elif self.path == "/v1/heartbeats":
            self.centre.heartbeats.append(body)
            self._tell({"serial": body["serial"]})
        elif self.path == "/v1/kiosks":
            stranger = fault is not None and fault.do == "stranger"
            signer = self.centre.stranger if stranger else self.centre.key
            self._tell(self.centre.granted(str(body["public_key"]), signer))

    def _session(self, body: dict[str, object], fault: Fault | None) -> None:
        if body.get("signed") is None:
            self._tell({"nonce": "n-1"})
            return
        nonce = "n-2" if fault is not None and fault.do == "nonce" else "n-1"
        time = sign({"nonce": nonce, "now": self.centre.now.isoformat()}, self.centre.key, Purpose.TIME)
        self._tell({"token": "t", "expires_in": 3600, "time": time})

    def _announcement(self, body: dict[str, object], fault: Fault | None) -> None:
        items = body["items"]
        assert isinstance(items, list)
        answers = [self._item(item) for item in items]
        receipt = {"kiosk_id": KIOSK, "head": body["audit_head"], "length": body["audit_length"]}
        receipt["at"] = self.centre.now.isoformat()
        signed = sign(receipt, self.centre.key, Purpose.AUDIT_HEAD)
        admission = {"max_bytes": 1 << 30, "valid_for": 60}
        if fault is not None and fault.do == "lose":
            self._reset()
        else:
            self._tell({"answers": answers, "admission": admission, "audit_receipt": signed})

    def _item(self, item: dict[str, object]) -> dict[str, object]:
        packet_id = str(item["packet_id"])
        if packet_id in self.centre.acknowledgements:
            token = self.centre.acknowledgements[packet_id]
            return {"do": "have", "packet_id": packet_id, "acknowledgement": token}
        if packet_id in self.centre.rejected:
            problem = {"type": self.centre.rejected[packet_id], "title": "no", "status": 409}
            return {"do": "reject", "packet_id": packet_id, "problem": problem}
        if packet_id in self.centre.deferred:
            return {"do": "defer", "packet_id": packet_id, "retry_after": 60}
        upload = self.centre.uploads.setdefault(packet_id, Upload(item))
        url = self.centre.upload_url.format(packet_id)
        with upload.taken:
            return {"do": "need", "packet_id": packet_id, "url": url, "offset": len(upload.held)}

    def _get(self, fault: Fault | None) -> None:
        path, _, query = self.path.partition("?")
        after = int(query.partition("=")[2] or 0)
        if path == "/v1/directives":
            self._tell_directives()
            return
        tokens = list(self.centre.acknowledgements.values())
        rows = tokens if path == "/v1/acknowledgements" else self.centre.verdicts
        self._tell({"items": rows[after : after + 2], "next": min(after + 2, max(after, len(rows)))})

    def _tell_directives(self) -> None:
        if not self.centre.directives:
            self.centre.set_directives(1, [])
        etag = f'"{hashlib.sha256(self.centre.directives.encode()).hexdigest()[:8]}"'
        if self.headers.get("if-none-match") == etag:
            self._answer(304, "", b"", {"etag": etag})
        else:
            self._answer(
                200, JSON, json.dumps({"directives": self.centre.directives}).encode(), {"etag": etag}
            )

    def _head(self, fault: Fault | None) -> None:
        upload = self.centre.uploads.get(self.path.rpartition("/")[2])
        if upload is None:
            self._answer(404, "", b"", {})
        else:
            with upload.taken:
                offset = len(upload.held)
            self._answer(200, "", b"", {"tus-resumable": "1.0.0", "upload-offset": str(offset)})

    def _patch(self, fault: Fault | None) -> None:
        packet_id = self.path.rpartition("/")[2]
        upload = self.centre.uploads.get(packet_id)
        if upload is None:
            if packet_id in self.centre.acknowledgements:
                self.centre.sent_again.append(packet_id)
            self._drain()
            self._problem(ProblemType.UNKNOWN_PACKET, 404)
            return
        with upload.taken:
            self._take(packet_id, upload, fault)

    def _take(self, packet_id: str, upload: Upload, fault: Fault | None) -> None:
        if int(self.headers["upload-offset"]) != len(upload.held):
            self._drain()
            self._problem(ProblemType.OFFSET, 409)
            return
        if self._received(upload, fault):
            self._completed(packet_id, upload, fault)

    def _received(self, upload: Upload, fault: Fault | None) -> bool:
        left = int(self.headers["content-length"])
        limit = fault.number if fault is not None and fault.do == "cut" else left
        while left and limit > 0 and (block := self.rfile.read(min(left, limit, 16384))):
            upload.held += block
            self.centre.body_bytes += len(block)
            left -= len(block)
            limit -= len(block)
            if self.centre.during is not None:
                self.centre.during()
        if left or (fault is not None and fault.do == "cut"):
            self._reset()
            return False
        return True

    def _completed(self, packet_id: str, upload: Upload, fault: Fault | None) -> None:
        do = fault.do if fault is not None else ""
        if do == "rot" and upload.held:
            upload.held[0] ^= 1
        if hashlib.sha256(upload.held).hexdigest() != upload.item["sha256"]:
            del self.centre.uploads[packet_id]
            self._problem(ProblemType.DAMAGED, 422)
            return
        if do == "part":
            self._answer(204, "", b"", {"tus-resumable": "1.0.0", "upload-offset": str(len(upload.held))})
            return
        if do == "stranger":
            token = self.centre.signed_acknowledgement(upload.item, self.centre.stranger)
        elif do == "another":
            token = self.centre.signed_acknowledgement(upload.item | {"sha256": "0" * 64})
        else:
            token = self.centre.acknowledge(packet_id)
        if do == "lose":
            self._reset()
        else:
            self._tell({"acknowledgement": token})

    def _tell(self, value: object) -> None:
        self._answer(200, JSON, json.dumps(value).encode(), {})

    def _problem(self, kind: str, status: int) -> None:
        body = json.dumps({"type": str(kind), "title": "told so", "status": status}).encode()
        retry = {"retry-after": "120"} if status == 503 else {}
        self._answer(status, "application/problem+json", body, retry)

    def _answer(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"content-type": kind} if kind else {}).items():
            self.send_header(name, value)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: lines that break are what is tested."""


@contextmanager
def served(state: ScriptedCentre, *, tls: ssl.SSLContext | None = None) -> Iterator[ScriptedCentre]:
    """Lend the centre listening on loopback."""
    handler = type("Handler", (_Handler,), {"centre": state})
    with _Server(("127.0.0.1", 0), handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        scheme = "http" if tls is None else "https"
        state.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            state.released.set()
            server.shutdown()
            thread.join(5)
