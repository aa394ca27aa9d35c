"""A real browser without a window, driven over its DevTools protocol; it reaches nothing but what the test hands it."""

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from typing import TypeVar

import aiohttp

from tests.devices.lacking import needs

Result = TypeVar("Result")
WAIT = 20.0  # seconds for the browser to come up, and for a page to answer


class Browser:
    """One page of Chromium; `asked` holds every address the page wanted from anywhere but the file itself."""

    def __init__(self, profile: Path) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        needs("a browser (package chromium)", met=program is not None)
        assert program is not None
        self._loop = asyncio.new_event_loop()
        self._numbers = count(1)
        self._process = subprocess.Popen(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking",
                f"--user-data-dir={profile}", "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.asked: list[str] = []
        self._run(self._connect(profile / "DevToolsActivePort"))

    def open(self, path: Path, code: str = "") -> dict[str, str]:
        """Show a file with a code given in its address, and return what the page says once it is ready."""
        self._run(self._show(path, code))
        return self.told()

    def told(self) -> dict[str, str]:
        """Return what the page shows: answer, cause, head, age, rows, trouble."""
        texts = ("head", "why", "age", "rows", "trouble", "made")
        shown = ", ".join(f"{name}: document.getElementById('{name}').innerText" for name in texts)
        answer = "document.getElementById('answer').dataset"
        script = f"JSON.stringify({{ready: document.body.dataset.ready, ...{answer}, {shown}}})"
        told: dict[str, str] = json.loads(str(self.evaluate(script)))
        return told

    def evaluate(self, script: str) -> object:
        """Return what a script comes to in the page."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        return self._run(self._call("Runtime.evaluate", asked))["result"].get("value")

    def hand_file(self, selector: str, path: Path) -> None:
        """Choose a file in a field of the page."""
        root = self._run(self._call("DOM.getDocument", {}))["root"]["nodeId"]
        field = self._run(self._call("DOM.querySelector", {"nodeId": root, "selector": selector}))["nodeId"]
        self._run(self._call("DOM.setFileInputFiles", {"files": [str(path)], "nodeId": field}))

    def until(self, script: str) -> None:
        """Wait until a script comes to true."""
        self._run(self._until(script))

    def picture(self, path: Path, *, width: int, height: int) -> None:
        """Keep a picture of the page at a size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._run(self._call("Emulation.setDeviceMetricsOverride", size))
        shot = self._run(self._call("Page.captureScreenshot", {"format": "png"}))["data"]
        path.write_bytes(base64.b64decode(shot))

    def close(self) -> None:
        """End the browser."""
        self._run(self._session.close())
        self._process.terminate()
        self._process.wait(WAIT)
        self._loop.close()

    def _run(self, work: Coroutine[object, object, Result]) -> Result:
        return self._loop.run_until_complete(asyncio.wait_for(work, 2 * WAIT))

    async def _connect(self, port_file: Path) -> None:
        for _ in range(round(WAIT / 0.05)):
            if port_file.is_file() and port_file.read_text().count("\n"):
                break
            await asyncio.sleep(0.05)
        port = port_file.read_text().splitlines()[0]
        self._session = aiohttp.ClientSession()
        async with self._session.get(f"http://127.0.0.1:{port}/json/list") as answer:
            targets = await answer.json()
        page = next(target for target in targets if target["type"] == "page")
        self._line = await self._session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        for domain in ("Page", "Network", "DOM"):
            await self._call(f"{domain}.enable", {})

    async def _show(self, path: Path, code: str) -> None:
        await self._call("Page.navigate", {"url": "about:blank"})
        await self._call("Page.navigate", {"url": f"{path.as_uri()}#{code}"})
        await self._until("document.body && document.body.dataset.ready !== undefined")
        if code:
            await self._until(
                "!document.getElementById('answer').hidden || document.body.dataset.ready === 'no'"
            )

    async def _until(self, script: str) -> None:
        for _ in range(round(WAIT / 0.03)):
            asked = {"expression": f"Boolean({script})", "returnByValue": True}
            if (await self._call("Runtime.evaluate", asked))["result"].get("value"):
                return
            await asyncio.sleep(0.03)
        raise TimeoutError(script)

    async def _call(self, method: str, values: dict[str, object]) -> dict[str, dict[str, object]]:
        number = next(self._numbers)
        await self._line.send_json({"id": number, "method": method, "params": values})
        while True:
            heard = await self._line.receive_json()
            self._note(heard)
            if heard.get("id") == number:
                assert "error" not in heard, heard
                result: dict[str, dict[str, object]] = heard["result"]
                return result

    def _note(self, heard: dict[str, dict[str, dict[str, str]]]) -> None:
        if heard.get("method") == "Network.requestWillBeSent":  # type: ignore[comparison-overlap]
            address = heard["params"]["request"]["url"]
            if not address.startswith(("file:", "blob:", "data:", "about:")):
                self.asked.append(address)
