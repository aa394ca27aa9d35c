"""What the steps of a visit still lack, in words (English source; placeholders in braces)."""

STEP_SENTENCES: dict[str, str] = {
    "step.missing": "This step is still open: {step}.",
    "document.missing": "This paper has not been shown: {document}.",
    "portrait.not_approved": "The resident has not yet approved the portrait.",
    "exception.no_sign_off": "A supervisor has not yet signed off what could not be captured.",
    "verification.not_seen": "This finger was not seen well enough to compare it. Lay it on the plate again.",
    "verification.differs": "This finger differs from the one recorded as {finger}. Compare the hands, or retake it.",
    "change.no_reason": "A change to what was saved needs a reason.",
    "change.asked_already": "This was asked for already. A supervisor has to decide it first.",
    "setup.driver_unknown": "No driver named {driver} serves this device here. Choose one of the list.",
    "setup.setting_unknown": "This driver has no setting {setting}.",
    "setup.setting_unreadable": "{setting} is too long, or holds signs nobody can see. Type it again.",
    "line.malformed": "This line cannot be read: {problem}.",
}
