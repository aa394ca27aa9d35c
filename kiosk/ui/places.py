"""The names of places that are not on the rail."""

ARRIVAL, VISIT, SAVED, SEARCH, RECORD, TASKS = "arrival", "visit", "saved", "search", "record", "tasks"
DEVICE_LIVE = "device_live"
