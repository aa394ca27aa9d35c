"""Numbered steps from an empty database to the present one: forward only, never edited once released."""

from sqlalchemy import Connection

from kiosk.storage.errors import NewerStoreError

_ONE = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE visits (
  visit_id TEXT PRIMARY KEY, day TEXT NOT NULL, ticket INTEGER NOT NULL, service TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'parked', 'sealing', 'saved', 'ended')),
  opened_at DATETIME NOT NULL, opened_by TEXT NOT NULL, closed_at DATETIME, reason TEXT NOT NULL,
  called_at DATETIME, priority TEXT NOT NULL,
  UNIQUE (day, ticket));
CREATE INDEX ix_visits_state ON visits (state);
CREATE TABLE drafts (
  visit_id TEXT PRIMARY KEY REFERENCES visits (visit_id), content TEXT NOT NULL, committed_at DATETIME NOT NULL);
CREATE TABLE captures (
  visit_id TEXT NOT NULL REFERENCES visits (visit_id), kind TEXT NOT NULL, attempts INTEGER NOT NULL,
  taken_at DATETIME NOT NULL, content TEXT NOT NULL, signed BLOB, PRIMARY KEY (visit_id, kind));
CREATE TABLE capture_parts (
  visit_id TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, part TEXT NOT NULL, media TEXT NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, ppi INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (visit_id, kind, number));
CREATE TABLE sealings (
  sealing_id TEXT PRIMARY KEY, visit_id TEXT NOT NULL REFERENCES visits (visit_id), content TEXT NOT NULL,
  change BLOB NOT NULL);
CREATE TABLE sealing_packets (
  packet_id TEXT PRIMARY KEY, sealing_id TEXT NOT NULL REFERENCES sealings (sealing_id) ON DELETE CASCADE,
  kind TEXT NOT NULL, device_seq INTEGER NOT NULL UNIQUE, refers_to TEXT);
CREATE INDEX ix_sealing_packets_sealing_id ON sealing_packets (sealing_id);
CREATE TABLE outbox (
  packet_id TEXT PRIMARY KEY, kind TEXT NOT NULL, visit_id TEXT NOT NULL, priority INTEGER NOT NULL,
  device_seq INTEGER NOT NULL UNIQUE, size INTEGER NOT NULL, sha256 TEXT NOT NULL, created TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'partial', 'acknowledged', 'purged', 'quarantined')),
  upload_offset INTEGER NOT NULL CHECK (upload_offset BETWEEN 0 AND size), attempts INTEGER NOT NULL,
  failures INTEGER NOT NULL, cause TEXT NOT NULL, exported INTEGER NOT NULL, acknowledgement TEXT NOT NULL,
  acknowledged_at DATETIME, verdict TEXT, verdict_reason TEXT NOT NULL, refers_to TEXT,
  CHECK (state NOT IN ('acknowledged', 'purged') OR acknowledgement <> ''));
CREATE INDEX ix_outbox_state ON outbox (state, priority, device_seq);
CREATE INDEX ix_outbox_visit_id ON outbox (visit_id);
CREATE TABLE residents (
  number INTEGER PRIMARY KEY, visit_id TEXT NOT NULL UNIQUE, nik TEXT NOT NULL, full_name TEXT NOT NULL,
  birth_date TEXT NOT NULL, village TEXT NOT NULL, packet_id TEXT NOT NULL, saved_at DATETIME NOT NULL,
  withdrawn BOOLEAN NOT NULL, portrait BLOB NOT NULL);
CREATE INDEX ix_residents_nik ON residents (nik);
CREATE TABLE words (word TEXT PRIMARY KEY, spelling TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX ix_words_spelling ON words (spelling);
CREATE TABLE word_forms (form TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, word)) WITHOUT ROWID;
CREATE TABLE resident_words (
  word TEXT NOT NULL, resident INTEGER NOT NULL REFERENCES residents (number), PRIMARY KEY (word, resident)
  ) WITHOUT ROWID;
CREATE INDEX ix_resident_words_resident ON resident_words (resident);
CREATE TABLE users (
  user_id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, active BOOLEAN NOT NULL);
CREATE TABLE secrets (
  user_id TEXT NOT NULL REFERENCES users (user_id), kind TEXT NOT NULL CHECK (kind IN ('password', 'pin')),
  hash TEXT NOT NULL, wrong INTEGER NOT NULL, locked_seconds REAL NOT NULL, locked_since REAL NOT NULL,
  locked_boot_id TEXT NOT NULL, PRIMARY KEY (user_id, kind));
CREATE TABLE audit (
  number INTEGER PRIMARY KEY, at DATETIME NOT NULL, user_id TEXT NOT NULL, act TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, head TEXT NOT NULL);
CREATE INDEX ix_audit_subject ON audit (subject)
"""

_TWO = """
CREATE TABLE self_tests (
  number INTEGER PRIMARY KEY, part TEXT NOT NULL, device TEXT NOT NULL, at DATETIME NOT NULL, verdict TEXT NOT NULL,
  content TEXT NOT NULL);
CREATE INDEX ix_self_tests_part ON self_tests (part, number)
"""

_THREE = """
CREATE TABLE traces (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, driver TEXT NOT NULL, at DATETIME NOT NULL, error TEXT NOT NULL,
  said TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL)
"""

_FOUR = """
ALTER TABLE residents ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN decided_at DATETIME;
CREATE TABLE papers (
  number TEXT PRIMARY KEY, kind TEXT NOT NULL, year INTEGER NOT NULL, serial INTEGER NOT NULL, day TEXT NOT NULL,
  visit_id TEXT NOT NULL, nik TEXT NOT NULL, full_name TEXT NOT NULL, issued_at DATETIME NOT NULL,
  issued_by TEXT NOT NULL, valid_until TEXT,
  state TEXT NOT NULL CHECK (state IN ('issued', 'handed_over', 'void', 'withdrawn')),
  printing TEXT NOT NULL CHECK (printing IN ('unknown', 'printed', 'failed')), prints INTEGER NOT NULL,
  reason TEXT NOT NULL, changed_at DATETIME, changed_by TEXT NOT NULL, handed_to TEXT NOT NULL, renews TEXT NOT NULL,
  code TEXT NOT NULL, content TEXT NOT NULL,
  UNIQUE (kind, year, serial), CHECK (state NOT IN ('void', 'withdrawn') OR reason <> ''));
CREATE INDEX ix_papers_nik ON papers (nik);
CREATE INDEX ix_papers_visit_id ON papers (visit_id);
CREATE INDEX ix_papers_day ON papers (day)
"""

_FIVE = """
CREATE TABLE change_requests (
  request_id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal')),
  visit_id TEXT NOT NULL, changes TEXT NOT NULL, reason TEXT NOT NULL CHECK (reason <> ''), asked_by TEXT NOT NULL,
  asked_at DATETIME NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'refused')),
  decided_by TEXT NOT NULL, decided_at DATETIME, answer TEXT NOT NULL,
  CHECK (state <> 'refused' OR answer <> ''));
CREATE UNIQUE INDEX ix_change_requests_open ON change_requests (visit_id, kind) WHERE state = 'open';
CREATE INDEX ix_change_requests_visit_id ON change_requests (visit_id)
"""

MIGRATIONS: tuple[str, ...] = (_ONE, _TWO, _THREE, _FOUR, _FIVE)
"""The statements of each version, the first version's first; they hold no semicolon but those between them."""


def version_of(connection: Connection) -> int:
    """Return how many migrations a database has seen."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def is_present(connection: Connection) -> bool:
    """Tell whether a database needs no step; raises `NewerStoreError` for one that a newer program made."""
    version = version_of(connection)
    if version > len(MIGRATIONS):
        raise NewerStoreError(
            "A newer version of this program made the data here. Nothing was changed; install that version."
        )
    return version == len(MIGRATIONS)


def migrate(connection: Connection) -> None:
    """Take every step that is left, within the caller's transaction: all of them or none."""
    for number, statements in enumerate(
        MIGRATIONS[version_of(connection) :], start=version_of(connection) + 1
    ):
        for statement in statements.split(";"):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
