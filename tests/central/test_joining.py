from datetime import timedelta
from pathlib import Path

import pytest

from central.clock import system_clock
from central.errors import RefusedError
from central.joining import CODE_LIFE, Joiner
from central.keys import read_door_keys
from kiosk.wire.join_code import JoinCode
from kiosk.wire.messages import JoinRequest
from kiosk.wire.signing import SigningKey
from tests.central.conftest import OFFICE, Centre, Kiosk, joined, made_centre, problem_of


def request_of(code: JoinCode, key: SigningKey) -> JoinRequest:
    return JoinRequest(
        secret_id=code.secret_id,
        proof=code.proof(key.public),
        public_key=key.public.text,
        software="test 1",
    )


def test_a_kiosk_with_the_right_code_gets_a_grant_signed_by_the_key_the_code_names(centre: Centre) -> None:
    kiosk = Kiosk(centre)

    response = kiosk.join(centre.code())

    assert response.status_code == 201
    assert kiosk.grant.office == OFFICE
    assert kiosk.grant.kiosk_id.startswith("k-332507-")
    assert kiosk.grant.public_key == kiosk.key.public.text
    assert kiosk.grant.generation == 1


def test_the_grant_names_the_working_key_and_the_recovery_key_as_recipients(centre: Centre) -> None:
    kiosk = joined(centre)

    listed = (centre.folder / "keys" / "recipients.txt").read_text(encoding="ascii").split()
    assert list(kiosk.grant.recipients) == listed
    assert len(set(listed)) == 2


def test_a_practice_centre_marks_the_kiosks_that_join_it(centre: Centre) -> None:
    assert joined(centre).grant.practice


def test_a_proof_made_with_another_secret_is_refused_and_uses_nothing_up(centre: Centre) -> None:
    code, kiosk = centre.code(), Kiosk(centre)
    wrong = JoinCode(b"0123456789", code.fingerprint).proof(kiosk.key.public)
    request = request_of(code, kiosk.key).model_copy(update={"proof": wrong})

    refused = kiosk.post("/v1/kiosks", request)

    assert problem_of(refused) == (403, "code-refused")
    assert refused.json()["detail"] == "The proof does not fit the code."
    assert kiosk.join(code).status_code == 201


def test_a_code_nobody_gave_out_is_refused(centre: Centre) -> None:
    code = JoinCode(b"0123456789", centre.code().fingerprint)

    assert problem_of(Kiosk(centre).join(code)) == (403, "code-refused")


def test_a_code_is_good_for_one_kiosk_only(centre: Centre) -> None:
    code = centre.code()
    Kiosk(centre).join(code)

    assert problem_of(Kiosk(centre).join(code)) == (403, "code-refused")


def test_the_same_key_asking_again_gets_the_same_grant(centre: Centre) -> None:
    code, kiosk = centre.code(), Kiosk(centre)

    first, second = kiosk.join(code), kiosk.join(code)

    assert second.status_code == 201
    assert first.content == second.content


def test_an_overheard_proof_does_not_bring_another_key_in(centre: Centre) -> None:
    code, kiosk = centre.code(), Kiosk(centre)
    kiosk.join(code)
    stolen = request_of(code, kiosk.key).model_copy(update={"public_key": SigningKey.generate().public.text})

    assert problem_of(kiosk.post("/v1/kiosks", stolen)) == (403, "code-refused")


def test_a_key_that_joined_already_is_not_let_in_a_second_time(centre: Centre) -> None:
    kiosk = joined(centre)

    assert problem_of(kiosk.join(centre.code())) == (403, "code-refused")


def test_a_key_that_is_none_is_malformed(centre: Centre) -> None:
    code, kiosk = centre.code(), Kiosk(centre)
    request = request_of(code, kiosk.key).model_copy(update={"public_key": "AAAA"})

    assert problem_of(kiosk.post("/v1/kiosks", request)) == (400, "malformed")


@pytest.mark.parametrize(("late", "let_in"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_a_code_is_good_for_fourteen_days(tmp_path: Path, late: timedelta, let_in: bool) -> None:
    made = made_centre(tmp_path / "centre")
    now, key = system_clock(), SigningKey.generate()
    with made.store() as store:
        joiner = Joiner(store, read_door_keys(store.folder.keys))
        code = joiner.new_code(OFFICE, now)
        try:
            joiner.join(request_of(code, key), now + CODE_LIFE + late)
            came_in = True
        except RefusedError:
            came_in = False

    assert came_in is let_in
    assert timedelta(days=14) == CODE_LIFE
