"""Serving: the front door on a socket, told in one line once it answers."""

import os
import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from central import pages, tus
from central.clock import Clock
from central.door import make_desk, make_door
from central.errors import CentreError
from central.keys import read_door_keys
from central.limits import Limits
from central.offices import office_name
from central.pages import Pages
from central.store import Store, sync_directory


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, line: str, port_file: Path | None, port: int) -> None:
        super().__init__(config)
        self._line = line
        self._port_file = port_file
        self._port = port

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        if self._port_file is not None:
            _write_port(self._port_file, self._port)
        sys.stdout.write(self._line + "\n")
        sys.stdout.flush()


def make_application(store: Store, clock: Clock, limits: Limits) -> FastAPI:
    """Return the front door of the centre with its staff pages."""
    keys = read_door_keys(store.folder.keys)
    desk = make_desk(store, keys, limits, clock)
    door = make_door(desk, tus.router, pages.router)
    door.state.pages = Pages(store, keys, office_name)
    return door


def serve(application: FastAPI, host: str, port: int, *, port_file: Path | None = None) -> None:
    """Serve until a signal ends it; raises `CentreError` if the address is taken."""
    listener = _listen(host, port)
    bound = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    try:
        _Server(config, f"listening on http://{shown}:{bound}", port_file, bound).run(sockets=[listener])
    finally:
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CentreError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
    return listener


def _write_port(path: Path, port: int) -> None:
    """Write the file whole or not at all: others wait for it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(f"{port}\n", encoding="ascii")
    fresh.replace(path)
    sync_directory(path.parent)
