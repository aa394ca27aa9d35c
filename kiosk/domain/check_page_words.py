"""The words of the web page that checks papers; its answers are those of the window."""

from kiosk.domain.paper_check_words import ANSWERS, CAUSES, KINDS
from kiosk.domain.words import Words, msg

_PAGE: dict[str, str] = {
    "title": msg("Check a paper"),
    "ways": msg(
        "Take a photo of the whole code, hold it before the camera, or scan its text into the field."
    ),
    "photo": msg("Photo of the paper"),
    "camera": msg("Camera"),
    "code": msg("Text of the code"),
    "check": msg("Check"),
    "hold": msg("Hold these against the sheet and the person"),
    "name": msg("Name"),
    "born": msg("Born"),
    "number": msg("Number"),
    "kind": msg("Kind"),
    "issued": msg("Issued on"),
    "until": msg("Valid until"),
    "made": msg("List of keys and withdrawn papers of {day}."),
    "nothing_leaves": msg(
        "Nothing of what is checked here leaves this device. The code is no electronic signature."
    ),
    "no_picture": msg(
        "This picture cannot be read. Take a photo of the whole code, in the light, without a fold."
    ),
    "no_camera": msg("The camera is not to be had here. Take a photo instead, or scan the code."),
    "practice": msg("PRACTICE: nothing here is real."),
    "broken": msg("This page cannot be trusted"),
    "broken_rest": msg("Its list is not as the centre signed it. Get the page anew from the Dinas."),
}


def check_page_words(words: Words) -> dict[str, str]:
    """Return the words of the page by name, in the language of the words."""
    told = {f"page.{name}": words.say(text) for name, text in _PAGE.items() if name != "made"}
    told["page.made"] = words.say(_PAGE["made"], day="{day}")
    told |= {f"answer.{answer.value}": words.say(text) for answer, text in ANSWERS.items()}
    told |= {f"cause.{cause.value}": words.say(text) for cause, text in CAUSES.items() if text}
    told |= {f"kind.{kind.value}": words.say(text) for kind, text in KINDS.items()}
    many = words.count("The list is {count} day old.", "The list is {count} days old.", 2)
    return told | {
        "age.today": words.say("The list is of today."),
        "age.one": words.count("The list is {count} day old.", "The list is {count} days old.", 1),
        "age.many": many.replace("2", "{count}"),
    }
