import pytest

from kiosk.domain.roles import Permission, Role, allows

# Who may do what: o officer, s supervisor, t technician, a administrator.
DECIDED = {
    Permission.ARRIVE: "os",
    Permission.CAPTURE: "os",
    Permission.SAVE: "os",
    Permission.END_VISIT: "os",
    Permission.SEARCH_RESIDENTS: "os",
    Permission.SIGN_OFF_EXCEPTION: "s",
    Permission.ASK_CHANGE: "os",
    Permission.AMEND: "s",
    Permission.WITHDRAW: "s",
    Permission.ISSUE_CERTIFICATE: "s",
    Permission.VOID_CERTIFICATE: "s",
    Permission.HAND_OVER: "os",
    Permission.CHECK_CERTIFICATE: "osta",
    Permission.PUBLISH_NOTICE: "sa",
    Permission.CLOSE_DAY: "s",
    Permission.SEE_TASKS: "osa",
    Permission.SEE_DELIVERIES: "osta",
    Permission.CARRY_PACKETS: "osta",
    Permission.RUN_SELFTEST: "ost",
    Permission.SEE_SELFTESTS: "st",
    Permission.MANAGE_DEVICES: "t",
    Permission.REPAIR: "t",
    Permission.JOIN_CENTRE: "ta",
    Permission.CHANGE_SETTINGS: "sa",
    Permission.MANAGE_USERS: "a",
    Permission.SEE_AUDIT: "sa",
}


def test_every_permission_is_decided() -> None:
    assert set(DECIDED) == set(Permission)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_do_what_was_decided_and_nothing_else(role: Role, permission: Permission) -> None:
    assert allows(role, permission) == (role.value[0] in DECIDED[permission])


def test_a_supervisor_may_do_all_that_an_officer_may() -> None:
    assert not [
        entry for entry in Permission if allows(Role.OFFICER, entry) and not allows(Role.SUPERVISOR, entry)
    ]


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    "permission", [Permission.ARRIVE, Permission.CAPTURE, Permission.SEARCH_RESIDENTS, Permission.AMEND]
)
def test_who_looks_after_machines_or_people_does_not_see_residents(
    role: Role, permission: Permission
) -> None:
    assert not allows(role, permission)
