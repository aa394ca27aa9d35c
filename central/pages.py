"""The centre's pages: for the staff what arrived from where; for anybody the page that checks papers."""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader
from pydantic import BaseModel

from central.checking import made_check_page
from central.door import Asked
from central.figures import count
from central.keys import DoorKeys
from central.part_words import PART_WORDS, PROBLEM_WORDS, VERDICT_WORDS
from central.staff import People, StaffSession
from central.status import PARTS, offices_standing
from central.store import Store

COOKIE, FORM_COOKIE = "staff", "form"
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class LoginEntry(BaseModel):
    """What the log-in form sends."""

    name: str
    password: str
    form_token: str


class Pages:
    """Renders the pages of one centre; name_of: the name of an office by its code."""

    def __init__(self, store: Store, keys: DoorKeys, name_of: Callable[[str], str]) -> None:
        self.store = store
        self.keys = keys
        self._name_of = name_of
        self.people = People(store)
        loader = FileSystemLoader(Path(__file__).parent / "templates")
        self._templates = Environment(loader=loader, autoescape=True)

    def login(self, request: Request, *, wrong: bool = False) -> Response:
        """Return the log-in form; its token stands in a cookie as well, so that no other site can post it."""
        token = secrets.token_urlsafe(24)
        response = self._page(
            "login.html", {"form_token": token, "wrong": wrong}, status=401 if wrong else 200
        )
        _set_cookie(request, response, FORM_COOKIE, token)
        return response

    def start(self, staff: StaffSession) -> Response:
        """Return the start page."""
        with self.store.read() as session:
            practice = self.store.centre(session).practice
        values = {
            "figures": count(self.store),
            "practice": practice,
            "name": staff.name,
            "form_token": staff.form_token,
        }
        return self._page("start.html", values)

    def status(self, staff: StaffSession, now: datetime) -> Response:
        """Return the page of the offices and their parts."""
        values: dict[str, object] = {
            "offices": offices_standing(self.store, self._name_of),
            "parts": PARTS,
            "part_words": PART_WORDS,
            "verdict_words": VERDICT_WORDS,
            "problem_words": PROBLEM_WORDS,
            "now": now,
            "name": staff.name,
            "form_token": staff.form_token,
        }
        return self._page("status.html", values)

    def _page(self, name: str, values: dict[str, object], *, status: int = 200) -> Response:
        return HTMLResponse(self._templates.get_template(name).render(values), status, _HEADERS)


def _set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=True, samesite="strict", secure=secure)


def pages_of(request: Request) -> Pages:
    """Return the pages of the application that was asked."""
    pages = request.app.state.pages
    assert isinstance(pages, Pages)
    return pages


Shown = Annotated[Pages, Depends(pages_of)]
Text = Annotated[str, Form()]
router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request, desk: Asked, pages: Shown) -> Response:
    """Show what arrived, to the staff."""
    staff = pages.people.session(request.cookies.get(COOKIE, ""), desk.clock())
    return pages.start(staff) if staff else RedirectResponse("/login", 303)


@router.get("/check")
def check(desk: Asked, pages: Shown) -> Response:
    """Hand out the page that checks papers, to anybody; it can be kept and works without the centre then."""
    headers = {**_HEADERS, "cache-control": "max-age=3600"}
    del headers[
        "content-security-policy"
    ]  # the page has its own, which names the hash of each of its scripts
    return HTMLResponse(made_check_page(pages.store, pages.keys, desk.clock()), 200, headers)


@router.get("/status")
def status(request: Request, desk: Asked, pages: Shown) -> Response:
    """Show which office lacks which part, to the staff."""
    now = desk.clock()
    staff = pages.people.session(request.cookies.get(COOKIE, ""), now)
    return pages.status(staff, now) if staff else RedirectResponse("/login", 303)


@router.get("/login")
def login_form(request: Request, pages: Shown) -> Response:
    """Show the log-in form."""
    return pages.login(request)


@router.post("/login")
def log_in(request: Request, desk: Asked, pages: Shown, entry: Annotated[LoginEntry, Form()]) -> Response:
    """Open a log-in."""
    own_form = hmac.compare_digest(request.cookies.get(FORM_COOKIE, "-").encode(), entry.form_token.encode())
    token = pages.people.log_in(entry.name, entry.password, desk.clock()) if own_form else None
    if token is None:
        return pages.login(request, wrong=True)
    response = RedirectResponse("/", 303)
    _set_cookie(request, response, COOKIE, token)
    return response


@router.post("/logout")
def log_out(request: Request, desk: Asked, pages: Shown, form_token: Text) -> Response:
    """End the log-in, when its own form asks for it."""
    cookie = request.cookies.get(COOKIE, "")
    staff = pages.people.session(cookie, desk.clock())
    if staff is not None and hmac.compare_digest(staff.form_token.encode(), form_token.encode()):
        pages.people.log_out(cookie)
    return RedirectResponse("/login", 303)
