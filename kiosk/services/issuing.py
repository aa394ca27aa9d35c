"""Issuing papers: the rules first, then a number for good, then the paper; what the printer made of it is asked after.

Everything of one act is one commit: the line of the register, the promise of the packet that tells the centre, and the
audit.  A paper thus never has a number without a line, nor the centre a gap without a reason.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from kiosk.documents.paper import Paper, paper_from, text_of
from kiosk.documents.paper_page import Pictures, paper_pdf
from kiosk.documents.paper_words import PaperFacts, paper_of
from kiosk.documents.seal import Seal, sealed
from kiosk.documents.seal_picture import seal_picture
from kiosk.domain.clock import ClockState
from kiosk.domain.findings import Finding, Severity, stops
from kiosk.domain.paper_numbers import judge_template
from kiosk.domain.papers import PaperCase, PaperKind, judge_paper, valid_until
from kiosk.domain.register import RENEWED, PaperState, RegisterEntry
from kiosk.domain.remarks import read_reason
from kiosk.domain.roles import Permission
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.emblems import emblem_name, emblem_of, keep_emblem, kept_emblem
from kiosk.services.errors import NoVisitError
from kiosk.services.office_papers import office_papers, policy_of, rule_of, serial_after, template_of
from kiosk.services.paper_cases import PaperRecord, paper_record
from kiosk.services.paper_packets import promise_paper
from kiosk.services.saving import Refused
from kiosk.services.sealing import fulfil
from kiosk.storage.records import Sealing
from kiosk.storage.store import Ledger
from kiosk.wire.papers import OfficePapers, PaperRule
from kiosk.wire.signing import SigningKey


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What the rules say of one kind for one resident today; `number` is the one the next paper would get."""

    kind: PaperKind
    findings: tuple[Finding, ...]
    number: str

    @property
    def may_issue(self) -> bool:
        """Whether nothing stands against it; warnings want a reason."""
        return not stops(self.findings)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paper of which only the number's taking is left."""

    office: OfficePapers
    rule: PaperRule
    record: PaperRecord
    case: PaperCase
    serial: int
    number: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Issues papers at a counter; words: the catalogue of the language papers are written in."""

    counter: Counter
    words: Words

    def verdicts(self, supervisor: Officer, visit_id: str) -> tuple[PaperVerdict, ...]:
        """Return what the rules say of each kind; raises `NoVisitError` where nothing was saved."""
        require(supervisor, Permission.ISSUE_CERTIFICATE)
        with self.counter.store.reading() as ledger:
            record = paper_record(self.counter, ledger, visit_id)
            return tuple(self._verdict(ledger, record, kind) for kind in PaperKind)

    def preview(self, supervisor: Officer, visit_id: str, kind: PaperKind) -> bytes | Refused:
        """Return the PDF as it would be printed now, with the number it would get; nothing is taken."""
        require(supervisor, Permission.ISSUE_CERTIFICATE)
        with self.counter.store.reading() as ledger:
            draft = self._draft(ledger, visit_id, kind)
            if isinstance(draft, Refused):
                return draft
            paper = self._paper(ledger, draft, self.counter.clock().wall)
        return paper_pdf(paper, _pictures(paper, draft.record.resident.portrait, emblem_of(draft.office)))

    def issue(
        self, supervisor: Officer, visit_id: str, kind: PaperKind, *, reason: str = "", renews: str = ""
    ) -> RegisterEntry | Refused:
        """Take a number and write the paper into the register; it is not printed yet.

        reason: why in spite of warnings.  renews: number of the certificate this one takes the place of.
        Raises `NoVisitError`, and `StorageError` when the disk refuses: then no number was taken, or the paper stands
        in the register and its packet follows by itself.
        """
        require(supervisor, Permission.ISSUE_CERTIFICATE)
        with self.counter.store.writing() as ledger:
            draft = self._draft(ledger, visit_id, kind)
            if isinstance(draft, Refused):
                return draft
            wanted = self._wanted_reason(ledger, draft, kind, reason)
            if wanted:
                return Refused(wanted)
            entry, promise = self._take(ledger, supervisor, draft, reason=reason, renews=renews)
        fulfil(self.counter, promise)
        return entry

    def pdf(self, number: str) -> bytes:
        """Return the file of a paper as it was issued, for every print of it; raises `NoVisitError` for no such one."""
        with self.counter.store.reading() as ledger:
            entry = ledger.papers.get(number)
            resident = ledger.residents.by_visit(entry.visit_id) if entry else None
            if entry is None or resident is None:
                raise NoVisitError("This kiosk issued no such paper.")
            paper = paper_from(entry.content)
            emblem = kept_emblem(ledger, paper.emblem)
        return paper_pdf(paper, _pictures(paper, resident.portrait, emblem))

    def _verdict(self, ledger: Ledger, record: PaperRecord, kind: PaperKind) -> PaperVerdict:
        office = office_papers(ledger)
        findings = self._findings(office, record, kind)
        number, lack = self._number(ledger, office, kind)
        return PaperVerdict(kind, (*findings, *lack), number)

    def _findings(
        self, office: OfficePapers | None, record: PaperRecord, kind: PaperKind
    ) -> tuple[Finding, ...]:
        policy = policy_of(office, kind)
        if not policy.is_on:
            return (Finding.error("paper.switched_off"),)
        if record.case is None:
            return (Finding.error("paper.data_not_kept"),)
        findings = judge_paper(record.case, policy, today=self.counter.today())
        if self.counter.clock().state is ClockState.SUSPECT:
            findings += (Finding.warning("paper.clock_suspect"),)
        return findings

    def _number(
        self, ledger: Ledger, office: OfficePapers | None, kind: PaperKind
    ) -> tuple[str, tuple[Finding, ...]]:
        """Return the number of the next paper, or what keeps it from having one."""
        rule, membership = rule_of(office, kind), ledger.facts.membership()
        if office is None or rule is None or membership is None:
            return "", ()
        template = template_of(rule, membership.office)
        if unusable := judge_template(template):
            return "", unusable
        today = self.counter.today()
        serial = serial_after(ledger, office, kind, today.year)
        if serial is None:
            return "", (Finding.error("number.used_up", year=str(today.year)),)
        return template.number(serial, today), ()

    def _draft(self, ledger: Ledger, visit_id: str, kind: PaperKind) -> _Draft | Refused:
        record, office = paper_record(self.counter, ledger, visit_id), office_papers(ledger)
        verdict = self._verdict(ledger, record, kind)
        rule = rule_of(office, kind)
        if not verdict.may_issue or office is None or rule is None or record.case is None:
            return Refused(verdict.findings)
        serial = serial_after(ledger, office, kind, self.counter.today().year)
        assert serial is not None  # the verdict has a number
        return _Draft(office, rule, record, record.case, serial, verdict.number)

    def _wanted_reason(
        self, ledger: Ledger, draft: _Draft, kind: PaperKind, reason: str
    ) -> tuple[Finding, ...]:
        """Return what the reason lacks: there are warnings and it is empty, or it cannot stand."""
        reading = read_reason(reason)
        if stops(reading.findings):
            return reading.findings
        findings = self._findings(draft.office, draft.record, kind)
        warnings = tuple(finding for finding in findings if finding.severity is Severity.WARNING)
        if warnings and not reading.text:
            return (Finding.error("paper.wants_reason", "reason"), *warnings)
        return ()

    def _take(
        self, ledger: Ledger, supervisor: Officer, draft: _Draft, *, reason: str, renews: str
    ) -> tuple[RegisterEntry, Sealing]:
        """Write the line of the register and promise its packet."""
        at, today, kind = self.counter.clock().wall, self.counter.today(), draft.rule.kind
        paper = self._paper(ledger, draft, at)
        entry = RegisterEntry(
            number=draft.number,
            kind=kind,
            serial=draft.serial,
            day=today,
            visit_id=draft.record.resident.visit_id,
            nik=draft.record.resident.nik,
            full_name=draft.case.biodata.name.full,
            issued_at=at,
            issued_by=supervisor.user_id,
            valid_until=valid_until(kind, policy_of(draft.office, kind), today),
            reason=read_reason(reason).text or "",
            renews=renews,
            code=paper.seal.code,
            content=text_of(paper),
        )
        keep_emblem(ledger, emblem_of(draft.office))
        ledger.papers.add(entry)
        _take_place(ledger, supervisor, entry)
        return entry, promise_paper(self.counter, ledger, supervisor, entry, "paper_issued")

    def _paper(self, ledger: Ledger, draft: _Draft, at: datetime) -> Paper:
        membership, key = ledger.facts.membership(), ledger.facts.signing_key()
        assert membership is not None  # the number came from its directives
        assert key is not None  # it was made when the kiosk joined
        until = valid_until(draft.rule.kind, policy_of(draft.office, draft.rule.kind), self.counter.today())
        facts = PaperFacts(
            kind=draft.rule.kind,
            case=draft.case,
            office=draft.office,
            basis=draft.rule.basis,
            number=draft.number,
            recorded_on=draft.record.recorded_on,
            portrait_on=draft.record.portrait_on,
            at=self.counter.here(at),
            until=until,
            letters=_letters(draft, at, key, until),
            practice=membership.practice,
        )
        paper = paper_of(facts, self.words, self.counter.reference.regions)
        return replace(paper, emblem=emblem_name(emblem_of(draft.office)))


def _take_place(ledger: Ledger, supervisor: Officer, entry: RegisterEntry) -> None:
    """Let a renewed certificate count no longer; the packet of the new one names it."""
    before = ledger.papers.get(entry.renews) if entry.renews else None
    if before is not None:
        ended = replace(
            before,
            state=PaperState.WITHDRAWN,
            reason=f"{RENEWED} {entry.number}",
            changed_at=entry.issued_at,
            changed_by=supervisor.user_id,
        )
        ledger.papers.change(ended)


def _letters(draft: _Draft, at: datetime, key: SigningKey, until: date | None) -> str:
    biodata, resident = draft.case.biodata, draft.record.resident
    seal = Seal(
        number=draft.number,
        kind=draft.rule.kind,
        issuer=draft.office.issuer,
        issued_at=at.astimezone(UTC),
        valid_until=until,
        nik=biodata.nik.digits,
        name=biodata.name.full,
        birth_date=biodata.birth_date,
        sex=int(biodata.sex.code),
        portrait=seal_picture(resident.portrait) if resident.portrait else b"",
    )
    return sealed(seal, key)


def _pictures(paper: Paper, portrait: bytes, emblem: bytes) -> Pictures:
    return Pictures(portrait if paper.caption else b"", emblem)
