"""`python -m tests.ui.gallery --out DIR`: every page in every state, on four screens, in both languages."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# name -> width and height in pixels, scale
SCREENS = {
    "1366x768": (1366, 768, 1.0),
    "1920x1080": (1920, 1080, 1.0),
    "1920x1080-125": (1920, 1080, 1.25),
    "1920x1080-150": (1920, 1080, 1.5),
}


def main() -> int:
    """Take the pictures of every screen, each in a process of its own, since Qt has one scale a process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="pictures whose name begins so")
    parser.add_argument("--screen", choices=[*SCREENS, "all"], default="all")
    parser.add_argument("--language", choices=["id", "en", "both"], default="id")
    options = parser.parse_args()
    screens = SCREENS if options.screen == "all" else {options.screen: SCREENS[options.screen]}
    languages = ("id", "en") if options.language == "both" else (options.language,)
    codes = [_take(options, name, language) for name in screens for language in languages]
    return max(codes)


def _take(options: argparse.Namespace, screen: str, language: str) -> int:
    width, height, scale = SCREENS[screen]
    with tempfile.TemporaryDirectory() as folder:
        layout = Path(folder) / "screens.json"
        layout.write_text(
            json.dumps(
                {
                    "screens": [
                        {"name": "office", "x": 0, "y": 0, "width": width, "height": height, "dpr": scale}
                    ]
                }
            )
        )
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
            "QT_LOGGING_RULES": "qt.qpa.fonts=false",
        }
        folder_of_pictures = options.out / screen / language
        command = [
            sys.executable,
            "-m",
            "tests.ui.gallery.taking",
            str(folder_of_pictures),
            language,
            options.only,
        ]
        size = [str(round(width / scale)), str(round(height / scale))]
        return subprocess.run([*command, *size], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
