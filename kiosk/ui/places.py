"""The names of places that are not on the rail."""

ARRIVAL, VISIT, SAVED, SEARCH, RECORD, TASKS = "arrival", "visit", "saved", "search", "record", "tasks"
DEVICE_LIVE, DEVICE_SETUP = "device_live", "device_setup"
PAPER_BOOK, PAPER_CHECK = "paper_book", "paper_check"
