import hashlib
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import nistitl
import pytest

from central.clock import system_clock
from central.joining import Joiner
from central.judging import Judge
from central.keys import read_door_keys, read_opening_identity
from central.store import Folder, Store, create_centre, open_store
from kiosk.domain.clock import ClockState
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.join_code import JoinCode
from kiosk.wire.messages import (
    AnnouncedPacket,
    Announcement,
    AnnouncementAnswer,
    Created,
    ItemAnswer,
    JoinAnswer,
    JoinGrant,
    JoinRequest,
    PacketKind,
    Problem,
    SessionAnswer,
    SessionClaim,
    SessionNonce,
    SessionRequest,
)
from kiosk.wire.packet import Label, SealedPacket, seal
from kiosk.wire.signing import Purpose, SigningKey, VerifyKey, sign, verify

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
OFFICE = "33.25.07"
NIK = "3325075708900003"
TUS = {"tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream"}


def central(*arguments: str, data: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "central.main", *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=given)


def an2() -> bytes:
    message = nistitl.Message()
    message.TOT = "ENR"
    message[0].DAT, message[0].TCN = "20260129", "T1"
    return bytes(message.NIST)


def resident(nik: str = NIK) -> bytes:
    return f'{{"service":"first_enrollment","biodata":{{"nik":"{nik}"}}}}'.encode()


@dataclass
class Centre:
    folder: Path
    options: tuple[str, ...] = ()
    port: int = 0
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "serve.log"

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The same folder, opened beside the server, as the centre's own commands open it."""
        store = open_store(self.folder)
        yield store
        store.close()

    def object_of(self, packet: SealedPacket) -> Path:
        return Folder(self.folder).object_of(packet.header.packet_id)

    def landing_of(self, packet: SealedPacket) -> Path:
        return Folder(self.folder).landing_of(packet.header.packet_id)

    def start(self) -> None:
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "central.main", "serve", "--data", str(self.folder)]
        command += ["--port", str(self.port), "--port-file", str(port_file), *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("listening on http://127.0.0.1:")
        self.port = int(port_file.read_text(encoding="ascii"))

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self._reap()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self._reap()
        assert "Traceback" not in self.log.read_text(encoding="utf-8")

    def _reap(self) -> None:
        assert self.process is not None
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def run(self, *arguments: str, given: str = "") -> str:
        result = central(*arguments, data=self.folder, given=given)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def code(self) -> JoinCode:
        with self.store() as store:
            return Joiner(store, read_door_keys(store.folder.keys)).new_code(OFFICE, system_clock())

    def revoke(self, kiosk_id: str) -> None:
        with self.store() as store:
            Joiner(store, read_door_keys(store.folder.keys)).revoke(kiosk_id, system_clock())

    def judge(self) -> None:
        with self.store() as store:
            keys = store.folder.keys
            judge = Judge(store, read_door_keys(keys), read_opening_identity(keys))
            while judge.judge_waiting(NOW):
                pass


@dataclass
class Kiosk:
    """What a kiosk does at the other end of the line."""

    centre: Centre
    key: SigningKey = field(default_factory=SigningKey.generate)
    grant: JoinGrant | None = None
    token: str = ""
    sequence: int = 0

    @property
    def http(self) -> httpx2.Client:
        # No certificate is looked at on a plain line; reading the trusted ones takes longer than the whole test.
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx2.Client(
            base_url=self.centre.url, headers=headers, trust_env=False, verify=False, timeout=30
        )

    def request(self, method: str, path: str, **more: object) -> httpx2.Response:
        with self.http as client:
            return client.request(method, path, **more)

    def post(self, path: str, message: object) -> httpx2.Response:
        return self.request("POST", path, content=message.model_dump_json())

    def join(self, code: JoinCode) -> httpx2.Response:
        public = self.key.public
        request = JoinRequest(
            secret_id=code.secret_id, proof=code.proof(public), public_key=public.text, software="test 1"
        )
        response = self.post("/v1/kiosks", request)
        if response.status_code == 201:
            answer = JoinAnswer.read(response.content)
            signer = VerifyKey.parse(answer.signing_key)
            assert signer.fingerprint == code.fingerprint
            self.grant = JoinGrant.read(verify(answer.grant, signer, Purpose.JOIN))
        return response

    @property
    def centre_key(self) -> VerifyKey:
        return VerifyKey.parse(self.grant.signing_keys[0].public_key)

    def claim(self, nonce: str) -> SessionRequest:
        kiosk_id = self.grant.kiosk_id
        signed = sign(SessionClaim(kiosk_id=kiosk_id, nonce=nonce).plain(), self.key, Purpose.SESSION)
        return SessionRequest(kiosk_id=kiosk_id, signed=signed)

    def nonce(self) -> str:
        response = self.post("/v1/sessions", SessionRequest(kiosk_id=self.grant.kiosk_id))
        return SessionNonce.read(response.content).nonce

    def log_in(self) -> SessionAnswer:
        answer = SessionAnswer.read(self.post("/v1/sessions", self.claim(self.nonce())).content)
        self.token = answer.token
        return answer

    def packet(
        self,
        kind: PacketKind = PacketKind.ENROLLMENT,
        *,
        members: dict[str, bytes] | None = None,
        **changes: object,
    ) -> SealedPacket:
        self.sequence += 1
        label = Label(
            packet_id=new_identifier(NOW, os.urandom(10)),
            kind=kind,
            visit_id=new_identifier(NOW, os.urandom(10)),
            kiosk_id=self.grant.kiosk_id,
            office=OFFICE,
            practice=self.grant.practice,
            device_seq=self.sequence,
            created=Created(wall=NOW, boottime=1.0, boot_id="b", clock=ClockState.TRUSTED),
            audit_head="0" * 64,
        )
        if members is None:
            members = {"resident.json": resident(), "enrollment.an2": an2()}
        return seal(members, replace(label, **changes), self.key, self.grant.recipients)

    def announce(self, packet: SealedPacket, **changes: object) -> ItemAnswer:
        announcement = Announcement(
            items=(announced(packet, **changes),), audit_head="0" * 64, audit_length=1
        )
        return self.answers(announcement).answers[0]

    def answers(self, announcement: Announcement) -> AnnouncementAnswer:
        response = self.post("/v1/announcements", announcement)
        assert response.status_code == 200, response.text
        return AnnouncementAnswer.read(response.content)

    def patch(self, packet_id: str, offset: int, data: bytes, **headers: str) -> httpx2.Response:
        told = TUS | {"upload-offset": str(offset)} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.request("PATCH", f"/v1/uploads/{packet_id}", content=data, headers=told)

    def offset(self, packet_id: str) -> int:
        return int(self.request("HEAD", f"/v1/uploads/{packet_id}").headers["upload-offset"])

    def deliver(self, packet: SealedPacket) -> httpx2.Response:
        self.announce(packet)
        return self.patch(packet.header.packet_id, 0, packet.data)


@dataclass
class Half:
    """A PATCH of which only the first bytes have been sent; the line stays open."""

    line: socket.socket

    def send(self, data: bytes) -> None:
        self.line.sendall(data)

    def answer(self) -> bytes:
        return self.line.recv(65536)

    def cut(self) -> None:
        """Break the line off, as a modem does that loses its carrier."""
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.line.close()


@contextmanager
def half_sent(
    kiosk: Kiosk, packet: SealedPacket, sent: int, *, offset: int = 0, **headers: str
) -> Iterator[Half]:
    """Announce a packet, send its bytes from `offset` up to `sent`, and wait until the centre has written them."""
    kiosk.announce(packet)
    told = TUS | {k.replace("_", "-"): v for k, v in headers.items()}
    told |= {"host": "centre", "authorization": f"Bearer {kiosk.token}", "upload-offset": str(offset)}
    told["content-length"] = str(packet.size - offset)
    lines = [
        f"PATCH /v1/uploads/{packet.header.packet_id} HTTP/1.1",
        *(f"{name}: {value}" for name, value in told.items()),
    ]
    with socket.create_connection(("127.0.0.1", kiosk.centre.port), timeout=20) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode("ascii") + packet.data[offset:sent])
        landing = kiosk.centre.landing_of(packet)
        until(lambda: landing.exists() and landing.stat().st_size == sent)
        yield Half(line)


def announced(packet: SealedPacket, **changes: object) -> AnnouncedPacket:
    header = packet.header
    return AnnouncedPacket(
        packet_id=header.packet_id,
        kind=header.kind,
        priority=2,
        device_seq=header.device_seq,
        size=packet.size,
        sha256=packet.sha256,
        created=header.created,
    ).model_copy(update=changes)


def announced_sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def signed_over_others_seal(thief: Kiosk, victim: Kiosk) -> SealedPacket:
    """A packet of the thief's own name and number around what the victim sealed."""
    sealed = victim.packet().data.partition(b"\n")[2]
    own = thief.packet()
    header = own.header.model_copy(
        update={"sealed_sha256": announced_sha256(sealed), "sealed_size": len(sealed)}
    )
    data = sign(header.plain(), thief.key, Purpose.PACKET).encode() + b"\n" + sealed
    return SealedPacket(header, data, announced_sha256(data))


def problem_of(response: httpx2.Response) -> tuple[int, str]:
    """The status of a problem and the last part of its type."""
    assert response.headers["content-type"] == "application/problem+json"
    told = Problem.read(response.content)
    assert told.status == response.status_code
    assert told.title
    return told.status, told.type.removeprefix("urn:kiosk:problem:")


def until(true: Callable[[], bool]) -> None:
    """Wait for something another process does; the tests' own time limit ends it if it never comes."""
    while not true():
        time.sleep(0.01)


def made_centre(folder: Path, *, practice: bool = True, options: tuple[str, ...] = ()) -> Centre:
    create_centre(folder, practice=practice)
    return Centre(folder, options)


def joined(centre: Centre) -> Kiosk:
    kiosk = Kiosk(centre)
    assert kiosk.join(centre.code()).status_code == 201
    kiosk.log_in()
    return kiosk


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """One centre for all tests of a file, which do it no harm."""
    centre = made_centre(tmp_path_factory.mktemp("module") / "centre")
    centre.start()
    yield centre
    centre.stop()


@pytest.fixture
def kiosk(centre: Centre) -> Kiosk:
    return joined(centre)


@pytest.fixture
def made(tmp_path: Path) -> Centre:
    """A centre of the test's own, its door still closed."""
    return made_centre(tmp_path / "centre")


@pytest.fixture
def lone(made: Centre) -> Iterator[Centre]:
    """A running centre of the test's own, which it may kill."""
    made.start()
    yield made
    made.stop()
