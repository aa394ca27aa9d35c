"""Whose signature counts: certificates up to a folder's CAs, their dates, and tokens that are signed otherwise."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.devices.api import NotSupportedError, WrongAnswerError
from kiosk.devices.drivers.sbi_trust import Trust, trust_of
from kiosk.devices.sim.sbi_tokens import Signer, device, issued, issuer, packed, root, root_file, spoilt
from kiosk.devices.wall_clock import utc_now
from tests.devices.sbi_stand import trusted

pytestmark = pytest.mark.timeout(60)

NAME = "fingerprint scanner"


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return trust_of(trusted(tmp_path / "trust"), NAME)


def believed(trust: Trust, signer: Signer, now: datetime | None = None) -> object:
    """Return what is read of a token, or the sentence why it is not believed."""
    try:
        return trust.opened(signer.token({"a": 1}), now or utc_now())
    except WrongAnswerError as error:
        return str(error)


def pinned(tmp_path: Path, signer: Signer) -> Trust:
    return trust_of(trusted(tmp_path / "pinned", signer.shown[0].public_bytes(Encoding.PEM)), NAME)


def test_a_token_is_believed_up_to_a_root_an_issuer_or_the_device_itself_in_the_folder(
    tmp_path: Path, trust: Trust
) -> None:
    issuers = trusted(tmp_path / "issuers", issuer().certificate.public_bytes(Encoding.DER))

    assert believed(trust, device()) == {"a": 1}
    assert believed(trust_of(issuers, NAME), device()) == {"a": 1}
    assert believed(pinned(tmp_path, device()), device()) == {"a": 1}


def test_without_the_certificate_between_there_is_no_way_up(trust: Trust) -> None:
    alone = Signer(device().key, device().shown[:1])

    assert "nobody this counter trusts" in str(believed(trust, alone))


def test_a_device_may_not_issue_certificates(trust: Trust) -> None:
    own = issued("Simulated device", issuer())
    below = issued("Forged device", own)

    shown = (below.certificate, own.certificate, issuer().certificate)

    assert "nobody this counter trusts" in str(believed(trust, Signer(below.key, shown)))


def test_a_certificate_of_the_same_name_by_another_key_is_foreign(trust: Trust) -> None:
    forged = issued("Simulated root", None, is_ca=True)
    below = issued("Simulated device", forged)

    shown = (below.certificate, forged.certificate)

    assert "nobody this counter trusts" in str(believed(trust, Signer(below.key, shown)))


@pytest.mark.parametrize(
    ("days", "sentence"), [(-800, "begins on"), (0, "{'a': 1}"), (500, "ended on"), (5000, "ended on")]
)
def test_a_certificate_counts_between_its_dates_only(trust: Trust, days: int, sentence: str) -> None:
    assert sentence in str(believed(trust, device(), utc_now() + timedelta(days=days)))


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ({"alg": "none"}, "does not accept"),
        ({"alg": "HS256", "x5c": []}, "does not accept"),
        ({"alg": "RS256"}, "does not accept"),
        ({"alg": "RS256", "x5c": []}, "shows no certificate"),
        ({"alg": "RS256", "x5c": [7]}, "shows no certificate"),
        ({"alg": "RS256", "x5c": ["AAAA"]}, "cannot be read"),
        ({"alg": "RS256", "x5c": ["?"]}, "cannot be read"),
        ({"alg": "RS256", "x5c": ["AAAA"] * 7}, "shows no certificate"),
    ],
)
def test_a_token_signed_in_another_way_is_refused(
    trust: Trust, header: dict[str, object], sentence: str
) -> None:
    token = f"{packed(json.dumps(header).encode())}.{packed(b'{}')}.{packed(b'signature')}"

    with pytest.raises(WrongAnswerError, match=sentence):
        trust.opened(token, utc_now())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "root.pem",
            b"-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n",
            "is no certificate",
        ),
        ("root.der", b"nothing", "is no certificate"),
        ("root.pem", b"x" * (1 << 21), "is no certificate"),
        ("readme.txt", b"no certificate here", "holds no certificate"),
    ],
)
def test_a_trust_folder_that_is_of_no_use_says_why(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(NotSupportedError, match=sentence):
        trust_of(str(tmp_path), NAME)


@pytest.mark.parametrize(
    ("folder", "sentence"), [("", "trust is empty"), ("no/such/folder", "cannot be read")]
)
def test_a_trust_folder_has_to_be_there(folder: str, sentence: str) -> None:
    with pytest.raises(NotSupportedError, match=sentence):
        trust_of(folder, NAME)


def test_several_certificates_may_stand_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "all.pem").write_bytes(root_file() + issuer().certificate.public_bytes(Encoding.PEM))

    assert set(trust_of(str(tmp_path), NAME).anchors) == {root().certificate, issuer().certificate}


def test_a_spoilt_signature_differs_in_one_letter() -> None:
    token = device().token({})

    assert sum(one != other for one, other in zip(token, spoilt(token), strict=True)) == 1
