"""Who works at an office, and what each of them may do; services ask, screens only hide."""

from enum import StrEnum


class Role(StrEnum):
    """What a person on the roster is there for."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing a service checks before it acts."""

    ARRIVE = "arrive"
    CAPTURE = "capture"
    SAVE = "save"
    END_VISIT = "end_visit"
    SEARCH_RESIDENTS = "search_residents"
    SIGN_OFF_EXCEPTION = "sign_off_exception"
    ASK_CHANGE = "ask_change"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    ISSUE_CERTIFICATE = "issue_certificate"
    VOID_CERTIFICATE = "void_certificate"
    HAND_OVER = "hand_over"
    CHECK_CERTIFICATE = "check_certificate"
    PUBLISH_NOTICE = "publish_notice"
    CLOSE_DAY = "close_day"
    SEE_TASKS = "see_tasks"
    SEE_DELIVERIES = "see_deliveries"
    CARRY_PACKETS = "carry_packets"
    RUN_SELFTEST = "run_selftest"
    SEE_SELFTESTS = "see_selftests"
    MANAGE_DEVICES = "manage_devices"
    REPAIR = "repair"
    JOIN_CENTRE = "join_centre"
    CHANGE_SETTINGS = "change_settings"
    MANAGE_USERS = "manage_users"
    SEE_AUDIT = "see_audit"


_OFFICER = frozenset(
    {
        Permission.ARRIVE,
        Permission.CAPTURE,
        Permission.SAVE,
        Permission.END_VISIT,
        Permission.SEARCH_RESIDENTS,
        Permission.ASK_CHANGE,
        Permission.HAND_OVER,
        Permission.CHECK_CERTIFICATE,
        Permission.SEE_TASKS,
        Permission.SEE_DELIVERIES,
        Permission.CARRY_PACKETS,
        Permission.RUN_SELFTEST,
    }
)
_SUPERVISOR = _OFFICER | {
    Permission.SIGN_OFF_EXCEPTION,
    Permission.AMEND,
    Permission.WITHDRAW,
    Permission.ISSUE_CERTIFICATE,
    Permission.VOID_CERTIFICATE,
    Permission.PUBLISH_NOTICE,
    Permission.CLOSE_DAY,
    Permission.CHANGE_SETTINGS,
    Permission.SEE_AUDIT,
    Permission.SEE_SELFTESTS,
}
_TECHNICIAN = frozenset(
    {
        Permission.SEE_DELIVERIES,
        Permission.CARRY_PACKETS,
        Permission.RUN_SELFTEST,
        Permission.SEE_SELFTESTS,
        Permission.MANAGE_DEVICES,
        Permission.REPAIR,
        Permission.JOIN_CENTRE,
        Permission.CHECK_CERTIFICATE,
    }
)
_ADMINISTRATOR = frozenset(
    {
        Permission.SEE_DELIVERIES,
        Permission.CARRY_PACKETS,
        Permission.SEE_TASKS,
        Permission.CHECK_CERTIFICATE,
        Permission.PUBLISH_NOTICE,
        Permission.JOIN_CENTRE,
        Permission.CHANGE_SETTINGS,
        Permission.MANAGE_USERS,
        Permission.SEE_AUDIT,
    }
)
_ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _OFFICER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.TECHNICIAN: _TECHNICIAN,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


def allows(role: Role, permission: Permission) -> bool:
    """Tell whether a person of this role may do that."""
    return permission in _ALLOWED[role]
