"""A driver in a package of its own; it needs `kiosk.devices.api` and `kiosk.devices.serial_line`."""
