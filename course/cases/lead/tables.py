"""The clean tables of the case, built from deals, fate and chats."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from course.cases.dice import Dice
from course.cases.lead.days import FIRST_MONDAY, SNAPSHOT, WEEKS
from course.cases.lead.fate import HORIZON, Fate
from course.cases.lead.plot import Course
from course.cases.lead.thread import Message
from course.cases.lead.world import Deal
from course.models.lead import Kind, Outcome

__all__ = ["agreements", "courses", "deals_table", "messages", "outcomes", "weeks"]

_ROLES = {"B": "broker", "C": "customer", "V": "vendor"}


def group_name(deal: Deal) -> str:
    """Return the name under which the group was created."""
    return f"{deal.customer.short} × {deal.vendor.short}"


def _watched(deal: Deal) -> int:
    """Calendar weeks from the introduction to the snapshot, both included."""
    return WEEKS - (deal.monday - FIRST_MONDAY).days // 7


def courses(deals: Sequence[Deal], fate: Fate) -> list[Course]:
    """Return each deal's fate as far as it was watched: what ends later is open."""
    found = []
    for i, deal in enumerate(deals):
        watched = _watched(deal)
        ended = int(fate.end[i]) < watched
        weeks = int(fate.end[i]) + 1 if ended else watched
        found.append(
            Course(
                Outcome(int(fate.outcome[i])) if ended else Outcome.OPEN,
                bool(fate.willing[i]),
                fate.speaks[:weeks, i].tolist(),
                fate.attended[:weeks, i].tolist(),
                fate.answered[:weeks, i].tolist(),
                fate.momentum[:weeks, i].tolist(),
            )
        )
    return found


def deals_table(deals: Sequence[Deal], fate: Fate) -> pd.DataFrame:
    """One row per deal, with the clean fee and what nobody sees (``willing``, ``kind``)."""
    rows = [
        {
            "deal_id": deal.key,
            "customer": deal.customer.name,
            "customer_zh": deal.customer.zh,
            "vendor": deal.vendor.name,
            "customer_contact": deal.buyer.name,
            "vendor_contact": deal.seller.name,
            "broker": deal.broker.name,
            "style": deal.style,
            "sector": deal.sector.key,
            "product": deal.sector.product,
            "customer_city": deal.customer.city,
            "vendor_city": deal.vendor.city,
            "distance_km": deal.kilometres,
            "introduced_on": pd.Timestamp(deal.start),
            "value": deal.terms.value,
            "fee": deal.terms.fee,
            "repeatable": deal.terms.repeatable,
            "divisible": deal.terms.divisible,
            "group": group_name(deal),
            "chat_from": pd.Timestamp(deal.start),
            "willing": bool(fate.willing[i]),
            "kind": Kind(int(fate.kind[i])).name.lower(),
        }
        for i, deal in enumerate(deals)
    ]
    return pd.DataFrame(rows)


def messages(deals: Sequence[Deal], chats: Sequence[Sequence[Message]]) -> pd.DataFrame:
    """Every message ever written, with the situation it came from and what it answers."""
    rows = []
    for deal, chat in zip(deals, chats, strict=True):
        key, group = deal.key, group_name(deal)
        names = {"B": deal.broker.name, "C": deal.buyer.name, "V": deal.seller.name}
        ids = [f"{key}-{number:03d}" for number in range(1, len(chat) + 1)]
        rows += [
            (
                message_id,
                key,
                group,
                each.at,
                _ROLES[each.role],
                names[each.role],
                each.type,
                each.text,
                each.key,
                ids[each.reply_to] if each.reply_to >= 0 else "",
            )
            for message_id, each in zip(ids, chat, strict=True)
        ]
    columns = ["message_id", "deal_id", "group", "sent_at", "role", "sender", "type", "text"]
    frame = pd.DataFrame(rows, columns=[*columns, "situation", "reply_to"])
    frame["sent_at"] = frame["sent_at"].astype("datetime64[s]")
    return frame


def agreements(deals: Sequence[Deal], dice: Dice) -> pd.DataFrame:
    """Fee agreements: written ones before the introduction, others only said in a chat."""
    rows: list[tuple[str, str, pd.Timestamp, str, str, int]] = []
    for deal in deals:
        signed = deal.terms.written
        if signed is None and not dice.chance(0.4):
            continue
        form = "chat" if signed is None else "written"
        payer = "vendor" if dice.chance(0.7) else "customer"
        months = dice.pick((6, 12, 12, 24)) if form == "written" else 0
        day = signed or deal.start + timedelta(days=dice.whole(0, 3))
        rows.append((f"A{len(rows) + 1:03d}", deal.key, pd.Timestamp(day), form, payer, months))
    columns = ["agreement_id", "deal_id", "agreed_on", "form", "payer", "protection_months"]
    return pd.DataFrame(rows, columns=columns)


def _end(deal: Deal, week: int, last: date | None, dice: Dice) -> date:
    day = deal.monday + timedelta(weeks=week, days=dice.whole(2, 4))
    return min(max(day, last), SNAPSHOT) if last else day


def outcomes(
    deals: Sequence[Deal],
    fate: Fate,
    chats: Sequence[Sequence[Message]],
    dice: Dice,
) -> pd.DataFrame:
    """How every deal ended, whenever it did; ``open`` only if it never did within a year."""
    rows = []
    for i, (deal, chat) in enumerate(zip(deals, chats, strict=True)):
        end, outcome = int(fate.end[i]), Outcome(int(fate.outcome[i]))
        seen = end < _watched(deal)
        day: pd.Timestamp | None = None
        if outcome != Outcome.OPEN:
            last = chat[-1].at.date() if seen else None
            paid_in_chat = outcome == Outcome.PAID and chat[-1].key.startswith("end.")
            day = pd.Timestamp(last if last and paid_in_chat else _end(deal, end, last, dice))
        hours = fate.hours[min(end, HORIZON - 1), i]
        watched = fate.hours[min(end, _watched(deal) - 1, HORIZON - 1), i]
        fee = deal.terms.value * 100 * deal.terms.fee if outcome == Outcome.PAID else 0.0
        name = outcome.name.lower()
        rows.append((deal.key, name, day, round(float(hours), 1), round(float(watched), 1), fee))
    columns = ["deal_id", "status", "ended_on", "broker_hours", "hours_watched", "fee_received"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["ended_on"] = pd.to_datetime(frame["ended_on"]).astype("datetime64[s]")
    return frame


def weeks(deals: Sequence[Deal], told: Sequence[Course]) -> pd.DataFrame:
    """The course of every deal, one row per deal and week it was watched; week 1 is the first."""
    rows = []
    for deal, course in zip(deals, told, strict=True):
        key, monday = deal.key, deal.monday
        story = zip(course.speaks, course.attended, course.answered, course.momentum, strict=True)
        rows += [
            (key, week + 1, monday + timedelta(weeks=week), *what)
            for week, what in enumerate(story)
        ]
    columns = ["deal_id", "week", "monday", "speaks", "attended", "answered", "momentum"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["monday"] = pd.to_datetime(frame["monday"]).astype("datetime64[s]")
    frame["momentum"] = frame["momentum"].round(3)
    return frame
