"""Joining: one-time codes for kiosks, and the grant a kiosk gets for one."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.errors import EnlistingError, RefusedError
from central.keys import DoorKeys
from central.store import Store
from central.tables import JoinCodeRow, KioskRow
from kiosk.wire.errors import MessageError
from kiosk.wire.join_code import JoinCode
from kiosk.wire.messages import JoinAnswer, JoinGrant, JoinRequest, ProblemType, SigningKeyInfo
from kiosk.wire.signing import Purpose, VerifyKey, sign

CODE_LIFE = timedelta(days=14)
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Joiner:
    """Gives out codes and lets kiosks in."""

    store: Store
    keys: DoorKeys

    def new_code(self, office: str, now: datetime) -> JoinCode:
        """Return a one-time code for one kiosk of the office, good for fourteen days."""
        code = JoinCode(secrets.token_bytes(10), self.keys.signing.public.fingerprint)
        with self.store.write() as session:
            session.add(
                JoinCodeRow(
                    secret_id=code.secret_id, office=office, secret=code.secret, expires_at=now + CODE_LIFE
                )
            )
        return code

    def join(self, request: JoinRequest, now: datetime) -> JoinAnswer:
        """Let the kiosk in; the same code with the same key gets the same kiosk id again."""
        key = _read_key(request.public_key)
        with self.store.write() as session:
            code = session.get(JoinCodeRow, request.secret_id)
            if code is None:
                raise RefusedError(ProblemType.CODE_REFUSED, "This centre gave out no such code.")
            kiosk_id = code.kiosk_id or self._enlist(session, code, request, now)
            if session.get_one(KioskRow, kiosk_id).public_key != key.text or not _same(code.proof, request):
                raise RefusedError(ProblemType.CODE_REFUSED, "The code was used already; ask for a new one.")
            grant = self._grant(session, kiosk_id, code.office, key)
        signed = sign(grant.plain(), self.keys.signing, Purpose.JOIN)
        return JoinAnswer(signing_key=self.keys.signing.public.text, grant=signed)

    def revoke(self, kiosk_id: str, now: datetime) -> None:
        """Take the kiosk's right to open sessions; raises `EnlistingError` if there is none of this id."""
        with self.store.write() as session:
            kiosk = session.get(KioskRow, kiosk_id)
            if kiosk is None:
                raise EnlistingError(f"There is no kiosk {kiosk_id}.")
            kiosk.revoked_at = kiosk.revoked_at or now

    def _enlist(self, session: Session, code: JoinCodeRow, request: JoinRequest, now: datetime) -> str:
        key = _read_key(request.public_key)
        if code.secret is None or code.expires_at < now:
            raise RefusedError(ProblemType.CODE_REFUSED, "The code is too old; ask for a new one.")
        proof = JoinCode(code.secret, self.keys.signing.public.fingerprint).proof(key)
        if not _same(proof, request):
            raise RefusedError(ProblemType.CODE_REFUSED, "The proof does not fit the code.")
        if session.scalar(select(KioskRow).where(KioskRow.public_key == key.text)) is not None:
            raise RefusedError(ProblemType.CODE_REFUSED, "This key belongs to a kiosk that joined already.")
        kiosk_id = f"k-{code.office.replace('.', '')}-{''.join(secrets.choice(_LETTERS) for _ in range(6))}"
        session.add(
            KioskRow(
                kiosk_id=kiosk_id,
                office=code.office,
                public_key=key.text,
                software=request.software[:200],
                joined_at=now,
            )
        )
        code.secret, code.proof, code.kiosk_id = None, proof, kiosk_id
        return kiosk_id

    def _grant(self, session: Session, kiosk_id: str, office: str, key: VerifyKey) -> JoinGrant:
        centre = self.store.centre(session)
        signing = self.keys.signing.public
        return JoinGrant(
            kiosk_id=kiosk_id,
            office=office,
            practice=centre.practice,
            public_key=key.text,
            recipients=self.keys.recipients,
            signing_keys=(SigningKeyInfo(kid=signing.kid, public_key=signing.text),),
            generation=centre.generation,
        )


def _same(proof: str | None, request: JoinRequest) -> bool:
    return proof is not None and hmac.compare_digest(proof.encode(), request.proof.encode())


def _read_key(text: str) -> VerifyKey:
    try:
        return VerifyKey.parse(text)
    except MessageError as error:
        raise RefusedError(ProblemType.MALFORMED, str(error)) from error
