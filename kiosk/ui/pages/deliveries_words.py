"""What the page of deliveries says: its state turned into lines, days and sentences of one language."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain.labels import DECISION
from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words
from kiosk.services.deliveries import DayOfDeliveries, Deliveries, PacketCounts
from kiosk.services.standing import LinkState, Standing
from kiosk.ui import tokens
from kiosk.ui.pages.deliveries_chart import ChartDay, Outage
from kiosk.ui.pages.deliveries_summary import Summary
from kiosk.ui.pages.deliveries_table import StateLine
from kiosk.ui.pages.verdicts import VERDICT_LOOK
from kiosk.ui.tokens import MOODS, OFFLINE, SUCCESS, WARNING

QUARANTINED = "quarantined"
# icon and colour
_WAITING = ("tray", OFFLINE.colour)
_SENT = ("paper-plane-tilt", tokens.MUTED)
_UNDECIDED = ("check-circle", SUCCESS.colour)
_ACCEPTED = ("checks", SUCCESS.colour)


def moment(words: Words, at: datetime, now: datetime) -> str:
    """Return the time, with its day where that is not today."""
    time = words.time(at)
    return time if at.date() == now.date() else f"{words.short_day(at.date())} {time}"


def chart_days(words: Words, days: Sequence[DayOfDeliveries]) -> tuple[ChartDay, ...]:
    """Return the days as the chart shows them: `Kam 29`."""
    return tuple(
        ChartDay(
            " ".join(words.short_day(day.day).split()[:2]),
            day.recorded,
            day.acknowledged,
            day.backlog_at_end,
        )
        for day in days
    )


def outage_of(words: Words, standing: Standing, days: Sequence[DayOfDeliveries]) -> Outage | None:
    """Return the outage as the chart shows it, None while the centre is there."""
    since = standing.link_since
    if standing.link is not LinkState.OFFLINE or since is None or not days:
        return None
    first = next((place for place, day in enumerate(days) if day.day >= since.date()), len(days) - 1)
    when = f"{words.short_day(since.date())} {words.time(since)}"
    return Outage(first, words.say("Centre cut off since {when}", when=when))


def good_news(words: Words, state: Deliveries, now: datetime) -> str:
    """Return what to say while the centre is there."""
    if state.standing.link is LinkState.SENDING:
        return words.say("You can leave this page; it goes on by itself.")
    if state.standing.waiting:
        return words.say("What waits goes out by itself.")
    told = words.say("Everything is at the centre.")
    if state.acknowledged_last is None:
        return words.say("Nothing waits to be sent.")
    last = words.say("Last acknowledged {when}.", when=moment(words, state.acknowledged_last, now))
    return f"{told} {last}"


def since_words(words: Words, state: Deliveries) -> str:
    """Return how many packets there ever were: `2.059 sejak 5 Januari`."""
    if state.since is None:
        return words.say("No packet yet")
    day = words.day_name(state.since.date()).partition(", ")[2]
    return words.say("{count} since {day}", count=words.number(state.states.total), day=day)


def summary_of(words: Words, state: Deliveries, now: datetime) -> Summary:
    """Return the card beside the chart."""
    standing = state.standing
    if not standing.waiting:
        return _empty_summary(words, state, now)
    total = words.number(standing.waiting)
    cut_off = standing.link is LinkState.OFFLINE
    return Summary(
        waiting=standing.waiting,
        told=words.say(
            "{packets}, {size}", packets=_packets(words, standing), size=words.size(standing.waiting_bytes)
        ),
        oldest=_oldest(words, standing, now),
        progress_name=words.say("Sent since the centre was cut off")
        if cut_off and _none_since(state)
        else "",
        progress_told=words.say("{done} of {all}", done=0, all=total),
        progress=0.0,
        order=tuple((words.say(label), count) for label, count in state.by_urgency),
        forecast=_forecast(words, state),
    )


def _empty_summary(words: Words, state: Deliveries, now: datetime) -> Summary:
    last = state.acknowledged_last
    if last is None:
        told, when = words.say("Nothing waits"), words.say("Nothing was recorded here yet")
    else:
        told = words.say("Everything is at the centre")
        when = words.say("last acknowledged {when}", when=moment(words, last, now))
    return Summary(0, told, when, "", "", 0.0, (), "")


def _packets(words: Words, standing: Standing) -> str:
    return words.count("packet waits", "packets wait", standing.waiting)


def _oldest(words: Words, standing: Standing, now: datetime) -> str:
    if standing.oldest_waiting is None:
        return ""
    age = words.age_of((now - standing.oldest_waiting).total_seconds())
    return words.say("oldest {day}, {age}", day=words.short_day(standing.oldest_waiting.date()), age=age)


def _none_since(state: Deliveries) -> bool:
    """Tell whether really nothing arrived since the centre was cut off."""
    since, last = state.standing.link_since, state.acknowledged_last
    return since is not None and (last is None or last < since)


def _forecast(words: Words, state: Deliveries) -> str:
    if state.seconds_needed is None:
        return words.say("How long it takes was not measured yet")
    needed = words.age_of(state.seconds_needed)
    if state.standing.link is LinkState.OFFLINE:
        return words.say("Needs {time} once the line is back", time=needed)
    return words.say("Needs {time} more", time=needed)


def way_lines(words: Words, counts: PacketCounts) -> tuple[StateLine, ...]:
    """Return the states a packet goes through."""
    say = words.say
    accepted = counts.accepted + counts.printed
    rows = (
        ("waiting", _WAITING, say("Saved, waiting"), counts.waiting, say("safe on this machine")),
        ("sent", _SENT, say("Sent in part"), counts.sent, say("goes on where it stopped")),
        ("undecided", _UNDECIDED, say("At the centre"), counts.undecided, say("waiting for its decision")),
        ("accepted", _ACCEPTED, say("Accepted"), accepted, _finished(words, counts)),
    )
    return tuple(
        StateLine(key, *look, name, words.number(count), meaning) for key, look, name, count, meaning in rows
    )


def _finished(words: Words, counts: PacketCounts) -> str:
    if not counts.printed:
        return words.say("finished")
    return words.count("finished, {count} card printed", "finished, {count} cards printed", counts.printed)


def end_lines(words: Words, counts: PacketCounts) -> tuple[StateLine, ...]:
    """Return the states that leave something to do; the rarer ones only stand there when a packet does."""
    examined, *found = _decided(words, counts)
    lines = (examined, *found) if counts.adjudicate else tuple(found)
    return (*lines, _put_aside(words, counts)) if counts.quarantined else lines


def _decided(words: Words, counts: PacketCounts) -> tuple[StateLine, ...]:
    say = words.say
    rows = (
        (Decision.ADJUDICATE, counts.adjudicate, say("the centre asks the Dinas")),
        (Decision.DUPLICATE, counts.duplicate, say("the resident has to be told")),
        (Decision.REJECTED, counts.rejected, say("see the reason, record again")),
    )
    return tuple(_verdict(words, decision, count, meaning) for decision, count, meaning in rows)


def _verdict(words: Words, decision: Decision, count: int, meaning: str) -> StateLine:
    mood, icon = VERDICT_LOOK[decision]
    shown = words.number(count)
    act = words.say("Show {count}", count=shown) if count else ""
    name = words.say(DECISION[decision])
    return StateLine(decision.value, icon, MOODS[mood].colour, name, shown, meaning, act)


def _put_aside(words: Words, counts: PacketCounts) -> StateLine:
    return StateLine(
        QUARANTINED,
        "pause-circle",
        WARNING.colour,
        words.say("Put aside"),
        words.number(counts.quarantined),
        words.say("failed several times"),
        words.say("Try again"),
    )
