import json
from datetime import UTC, datetime

import pytest

from kiosk.domain.findings import Severity
from kiosk.wire.contents import (
    ChangeFile,
    ConsentFile,
    ExceptionEntry,
    FindingEntry,
    Manifest,
    Member,
    Operation,
    OperationsFile,
    ResidentFile,
)
from kiosk.wire.errors import MessageError
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import Message, PacketKind

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
PACKET_ID = new_identifier(NOW, bytes(10))
RESIDENT = ResidentFile(
    service="first_enrollment",
    biodata={"full_name": "SITI RAHAYU"},
    reasons={"nik.other_birth_date": "corrected in 2015"},
    exceptions=(ExceptionEntry(part="left_ring", reason="missing"),),
    documents_shown=("family_card",),
)
MANIFEST = Manifest(
    packet_id=PACKET_ID,
    kind=PacketKind.AMENDMENT,
    visit_id=PACKET_ID,
    kiosk_id="k-332507-aaaa",
    device_seq=3,
    refers_to=PACKET_ID,
    members={"change.json": Member(sha256="0" * 64, size=12)},
)
CONSENT = ConsentFile(text_version="1", language="jv", given=True, at=NOW, witness="petugas")
FINDING = FindingEntry(code="finger.dry", severity=Severity.WARNING, field="left_ring", values={"a": "1"})
OPERATIONS = OperationsFile(
    operations=(Operation(at=NOW, user_id="u", role="officer", step="portrait", findings=(FINDING,)),)
)
CHANGE = ChangeFile(
    action="amendment", reason="typing error", user_id="u", at=NOW, biodata={"full_name": "SITI"}
)


@pytest.mark.parametrize(
    "file", [RESIDENT, MANIFEST, CONSENT, OPERATIONS, CHANGE], ids=lambda file: type(file).__name__
)
def test_a_file_gives_back_what_was_put_in(file: Message) -> None:
    assert type(file).read(file.model_dump_json()) == file


@pytest.mark.parametrize("file", [RESIDENT, MANIFEST], ids=lambda file: type(file).__name__)
def test_a_file_of_another_format_is_refused(file: Message) -> None:
    with pytest.raises(MessageError, match="format"):
        type(file).read(json.dumps({**file.plain(), "format": 2}))


def test_a_resident_needs_a_service_and_a_form_only() -> None:
    read = ResidentFile.read('{"service": "collection", "biodata": {}}')

    assert read == ResidentFile(service="collection", biodata={})
    assert (read.reasons, read.exceptions, read.documents_shown, read.enrolled_before) == ({}, (), (), False)


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"x": {"sha256": "0" * 64}}, "members.x.size"),
        ({"x": {"sha256": "zz", "size": 1}}, "members.x.sha256"),
        ({"x": {"sha256": "0" * 64, "size": -1}}, "members.x.size"),
        ([], "members"),
    ],
)
def test_a_manifest_says_hash_and_size_of_every_member(members: object, place: str) -> None:
    with pytest.raises(MessageError, match=f"^Manifest: {place}: "):
        Manifest.read(json.dumps({**MANIFEST.plain(), "members": members}))


def test_consent_that_was_refused_is_not_consent_that_is_missing() -> None:
    refused = ConsentFile.read(json.dumps({**CONSENT.plain(), "given": False}))

    assert refused.given is False
    with pytest.raises(MessageError, match="given"):
        ConsentFile.read(json.dumps({key: value for key, value in CONSENT.plain().items() if key != "given"}))
