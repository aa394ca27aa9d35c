"""What the centre signed, believed only after its signature and every field were checked."""

from datetime import datetime

from kiosk.storage.records import Membership, OutboxEntry
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.wire.directives import Directives
from kiosk.wire.errors import MessageError, SignatureError
from kiosk.wire.messages import Acknowledgement, AuditReceipt, SignedTime, Verdict
from kiosk.wire.signing import Purpose, VerifyKey, key_named, verify


def check_acknowledgement(token: str, entry: OutboxEntry, membership: Membership) -> Acknowledgement:
    """Return the acknowledgement of exactly this packet; raises `DeliveryError` (untrusted) for any other text."""
    stated = read_acknowledgement(token, membership)
    named = (stated.packet_id, stated.sha256, stated.size, stated.device_seq)
    if named != (entry.packet_id, entry.sha256, entry.size, entry.device_seq):
        raise DeliveryError(Cause.UNTRUSTED, "the acknowledgement is of another packet")
    return stated


def read_acknowledgement(token: str, membership: Membership) -> Acknowledgement:
    """Return what a signed acknowledgement for this kiosk says; raises `DeliveryError` (untrusted)."""
    try:
        stated = Acknowledgement.read(_verified(token, membership, Purpose.ACKNOWLEDGEMENT))
    except MessageError as error:
        raise DeliveryError(Cause.UNTRUSTED, str(error)) from error
    _for_this_kiosk(stated.kiosk_id, membership)
    return stated


def check_verdict(token: str, membership: Membership) -> Verdict:
    """Return the verdict for a packet of this kiosk; raises `DeliveryError` (untrusted)."""
    try:
        stated = Verdict.read(_verified(token, membership, Purpose.VERDICT))
    except MessageError as error:
        raise DeliveryError(Cause.UNTRUSTED, str(error)) from error
    _for_this_kiosk(stated.kiosk_id, membership)
    return stated


def check_directives(token: str, membership: Membership, *, seen: int) -> Directives:
    """Return the directives; raises `DeliveryError` (untrusted), also for a serial lower than the one seen."""
    try:
        stated = Directives.read(_verified(token, membership, Purpose.DIRECTIVES))
    except MessageError as error:
        raise DeliveryError(Cause.UNTRUSTED, str(error)) from error
    _for_this_kiosk(stated.kiosk_id, membership)
    if stated.serial < seen:
        raise DeliveryError(Cause.UNTRUSTED, "these directives are older than those in force")
    return stated


def check_time(token: str, membership: Membership, *, nonce: str) -> datetime:
    """Return the centre's wall time, aware, as signed in answer to our nonce; raises `DeliveryError`."""
    try:
        stated = SignedTime.read(_verified(token, membership, Purpose.TIME))
    except MessageError as error:
        raise DeliveryError(Cause.UNTRUSTED, str(error)) from error
    if stated.nonce != nonce or stated.now.tzinfo is None:
        raise DeliveryError(Cause.UNTRUSTED, "the time answers another question")
    return stated.now


def check_audit_receipt(token: str, membership: Membership, *, head: str, length: int) -> AuditReceipt:
    """Return the countersigned head of our audit chain; raises `DeliveryError` (untrusted)."""
    try:
        stated = AuditReceipt.read(_verified(token, membership, Purpose.AUDIT_HEAD))
    except MessageError as error:
        raise DeliveryError(Cause.UNTRUSTED, str(error)) from error
    _for_this_kiosk(stated.kiosk_id, membership)
    if (stated.head, stated.length) != (head, length):
        raise DeliveryError(Cause.UNTRUSTED, "the receipt is of another audit head")
    return stated


def _verified(token: str, membership: Membership, purpose: Purpose) -> bytes:
    try:
        named = key_named(token)
        for text in membership.signing_keys:
            key = VerifyKey.parse(text)
            if key.kid == named:
                return verify(token, key, purpose)
    except (SignatureError, MessageError) as error:
        raise DeliveryError(Cause.UNTRUSTED, str(error)) from error
    raise DeliveryError(Cause.UNTRUSTED, "signed by a key that is not the centre's")


def _for_this_kiosk(kiosk_id: str, membership: Membership) -> None:
    if kiosk_id != membership.kiosk_id:
        raise DeliveryError(Cause.UNTRUSTED, "it was written for another kiosk")
