"""Joining: the one-time code proves the centre to the kiosk and the kiosk to the centre."""

from kiosk.storage.records import Membership
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.sync.line import Line
from kiosk.wire.errors import MessageError, SignatureError
from kiosk.wire.join_code import JoinCode
from kiosk.wire.messages import JoinAnswer, JoinGrant, JoinRequest
from kiosk.wire.signing import Purpose, SigningKey, VerifyKey, verify

_RECIPIENT = "age1"


def join(
    code_text: str, centre_url: str, *, key: SigningKey, software: str, line: Line | None = None
) -> Membership:
    """Return the membership the centre grants; asking again with the same key gets the same one.

    Raises `JoinCodeError` for a mistyped code, `SignatureError` when another than the code's centre answers, and
    `DeliveryError`.  line: to `centre_url`; one with usual time limits unless given.
    """
    code = JoinCode.parse(code_text)
    request = JoinRequest(
        secret_id=code.secret_id,
        proof=code.proof(key.public),
        public_key=key.public.text,
        software=software,
    )
    with line or Line.to(centre_url) as open_line:
        answer = open_line.post("/v1/kiosks", request).read(JoinAnswer)
    grant = _checked_grant(answer, code, key.public)
    return Membership(
        kiosk_id=grant.kiosk_id,
        office=grant.office,
        practice=grant.practice,
        centre_url=centre_url,
        recipients=grant.recipients,
        signing_keys=tuple(info.public_key for info in grant.signing_keys),
        generation=grant.generation,
    )


def _checked_grant(answer: JoinAnswer, code: JoinCode, own_key: VerifyKey) -> JoinGrant:
    try:
        signer = VerifyKey.parse(answer.signing_key)
        if signer.fingerprint != code.fingerprint:
            raise SignatureError(
                "Another than the code's centre answered; nothing was joined. Check the address."
            )
        grant = JoinGrant.read(verify(answer.grant, signer, Purpose.JOIN))
        _check_keys(grant, signer)
    except MessageError as error:
        raise DeliveryError(Cause.CONTRACT, str(error)) from error
    if grant.public_key != own_key.text:
        raise SignatureError("The centre's answer is for another kiosk's key; nothing was joined.")
    return grant


def _check_keys(grant: JoinGrant, signer: VerifyKey) -> None:
    keys = [VerifyKey.parse(info.public_key) for info in grant.signing_keys]
    if signer not in keys or any(
        key.kid != info.kid for key, info in zip(keys, grant.signing_keys, strict=True)
    ):
        raise MessageError("The grant's signing keys are not those of the key that signed it.")
    if any(not recipient.startswith(_RECIPIENT) for recipient in grant.recipients):
        raise MessageError("The grant names a recipient that is no age recipient.")
