from collections.abc import Callable
from datetime import timedelta

import pytest

from central.clock import system_clock
from central.errors import RefusedError
from central.keys import read_door_keys
from central.sessions import NONCE_LIFE, TOKEN_LIFE, Doorkeeper
from kiosk.wire.messages import SessionRequest, SignedTime
from kiosk.wire.signing import Purpose, SigningKey, verify
from tests.central.conftest import Centre, Kiosk, joined, problem_of


def test_a_signed_nonce_opens_a_session_of_an_hour(kiosk: Kiosk) -> None:
    kiosk.token = ""

    answer = kiosk.log_in()

    assert answer.expires_in == 3600
    assert kiosk.request("GET", "/v1/verdicts").status_code == 200


def test_the_centre_signs_its_time_together_with_the_nonce(kiosk: Kiosk) -> None:
    before, nonce = system_clock(), kiosk.nonce()

    response = kiosk.post("/v1/sessions", kiosk.claim(nonce))

    told = SignedTime.read(verify(response.json()["time"], kiosk.centre_key, Purpose.TIME))
    assert told.nonce == nonce
    assert before <= told.now <= system_clock()


def test_a_nonce_is_good_once(kiosk: Kiosk) -> None:
    claim = kiosk.claim(kiosk.nonce())
    kiosk.post("/v1/sessions", claim)

    again = kiosk.post("/v1/sessions", claim)

    assert problem_of(again) == (401, "unauthorized")


def test_a_nonce_signed_by_another_key_opens_nothing(kiosk: Kiosk) -> None:
    kiosk.key = SigningKey.generate()

    refused = kiosk.post("/v1/sessions", kiosk.claim(kiosk.nonce()))

    assert problem_of(refused) == (401, "unauthorized")


def test_the_nonce_of_another_kiosk_opens_nothing(kiosk: Kiosk, centre: Centre) -> None:
    refused = kiosk.post("/v1/sessions", kiosk.claim(joined(centre).nonce()))

    assert problem_of(refused) == (401, "unauthorized")


def test_a_kiosk_nobody_knows_gets_no_nonce(kiosk: Kiosk) -> None:
    refused = kiosk.post("/v1/sessions", SessionRequest(kiosk_id="k-332507-nobody"))

    assert problem_of(refused) == (401, "unauthorized")


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", "Basic {token}", "{token}"])
def test_without_the_bearer_token_every_call_is_refused(kiosk: Kiosk, authorization: str) -> None:
    headers = {"authorization": authorization.format(token=kiosk.token)}
    with kiosk.http as client:
        client.headers.clear()
        answers = [
            client.post("/v1/announcements", content=b"{}", headers=headers),
            client.get("/v1/acknowledgements", headers=headers),
            client.get("/v1/verdicts", headers=headers),
            client.get("/v1/directives", headers=headers),
            client.post("/v1/uploads/x", headers=headers),
            client.patch("/v1/uploads/x", content=b"", headers=headers),
            client.delete("/v1/uploads/x", headers=headers),
        ]

    assert [problem_of(answer) for answer in answers] == [(401, "unauthorized")] * 7


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_a_nonce_is_good_for_five_minutes(kiosk: Kiosk, centre: Centre, late: timedelta) -> None:
    now = system_clock()
    with centre.store() as store:
        doorkeeper = Doorkeeper(store, read_door_keys(store.folder.keys))
        nonce = doorkeeper.open(SessionRequest(kiosk_id=kiosk.grant.kiosk_id), now).nonce
        claim = kiosk.claim(nonce)

        opened = _holds(lambda: doorkeeper.open(claim, now + NONCE_LIFE + late))

    assert opened is not bool(late)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_a_session_is_over_after_an_hour(kiosk: Kiosk, centre: Centre, late: timedelta) -> None:
    now = system_clock()
    with centre.store() as store:
        doorkeeper = Doorkeeper(store, read_door_keys(store.folder.keys))
        nonce = doorkeeper.open(SessionRequest(kiosk_id=kiosk.grant.kiosk_id), now).nonce
        token = doorkeeper.open(kiosk.claim(nonce), now).token

        open_still = _holds(lambda: doorkeeper.caller(f"Bearer {token}", now + TOKEN_LIFE + late))

    assert open_still is not bool(late)


def test_a_revoked_kiosk_opens_no_session_and_its_open_one_serves_it_no_more(
    kiosk: Kiosk, centre: Centre
) -> None:
    centre.revoke(kiosk.grant.kiosk_id)

    asked = kiosk.post("/v1/sessions", SessionRequest(kiosk_id=kiosk.grant.kiosk_id))
    verdicts = kiosk.request("GET", "/v1/verdicts")

    assert problem_of(asked) == (403, "kiosk-revoked")
    assert problem_of(verdicts) == (403, "kiosk-revoked")


def _holds(call: Callable[[], object]) -> bool:
    try:
        call()
    except RefusedError:
        return False
    return True
