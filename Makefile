# The only door: every target sets up what it needs.  On a bare Debian 12: `apt install make python3 python3-venv`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PINS := requirements/kiosk.txt requirements/central.txt requirements/dev.txt
# One process more than there are cores, since one mostly waits; they share the files in the order of tests/conftest.py.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
SHARED := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
export QT_QPA_PLATFORM ?= offscreen
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup system run demo shots words devices test check faults bench centre pins clean

setup: $(STAMP)

system:
	@sh scripts/system_packages.sh $(SYSTEM_FOR)

$(STAMP): $(PINS) pyproject.toml
	@sh scripts/system_packages.sh run
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: $(PINS:%=-r %)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@rm -rf out/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then QT_QPA_PLATFORM= $(BIN)/kiosk demo --out out/demo; \
	else $(BIN)/kiosk demo --headless --outage --out out/demo; fi

# What drives card readers, scanners and still cameras on Linux; what cannot be had here, the tests name at their end.
devices: setup
	-@sh scripts/system_packages.sh devices
	-@$(BIN)/pip install --quiet --no-build-isolation --require-hashes -r requirements/devices-linux.txt

test: setup devices
	@sh scripts/system_packages.sh test
	@sh scripts/emupos.sh
	@sh scripts/pixelpass.sh
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest $(SHARED)

check: setup devices
	@sh scripts/system_packages.sh test
	@sh scripts/emupos.sh
	@sh scripts/pixelpass.sh
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest $(SHARED) -q -m "not slow"

.PHONY: lint
lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/words.py check

faults: setup
	@sh scripts/system_packages.sh test
	KIOSK_EVERY_PLACE=1 $(BIN)/python -m pytest tests/faults tests/e2e tests/devices/test_two_hundred_captures.py \
	  tests/services/test_traces_kept.py tests/documents/test_seals_in_the_wild.py tests/services/test_numbers_of_three_kiosks.py

bench: setup
	@sh scripts/system_packages.sh test
	$(BIN)/python -m benchmarks.run --json out/bench.json

run: setup
	@QT_QPA_PLATFORM= $(BIN)/kiosk run

shots: setup
	@rm -rf out/shots
	@$(BIN)/python -m tests.ui.gallery --out out/shots

words: setup
	$(BIN)/python scripts/words.py update

centre: setup
	@test -d out/centre || $(BIN)/central init --practice --data out/centre
	$(BIN)/central serve --data out/centre --host 127.0.0.1 --port 8169

pins:
	sh scripts/pins.sh

clean:
	rm -rf out build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
