"""The data dictionary: every column of the four tables, as data."""

import pandas as pd

from course.cases.frames import Column, dictionary_of

__all__ = ["COLUMNS", "dictionary"]

_STYLES = "silent | begging | attending | rule"

COLUMNS: tuple[Column, ...] = (
    ("deals", "deal_id", "", "the deal; key", "D001 to D160"),
    ("deals", "customer", "", "firm that would buy", "text"),
    ("deals", "customer_zh", "", "its Chinese short name", "text"),
    ("deals", "vendor", "", "firm that would sell", "text"),
    ("deals", "customer_contact", "", "the customer's person in the group", "text"),
    ("deals", "vendor_contact", "", "the vendor's person in the group", "text"),
    ("deals", "broker", "", "who introduced the two", "text"),
    ("deals", "style", "", "how the broker led this deal, as judged by two readers", _STYLES),
    ("deals", "sector", "", "trade of the customer", "one of 16 words"),
    ("deals", "product", "", "what would be bought", "text"),
    ("deals", "customer_city", "", "city of the customer", "text"),
    ("deals", "vendor_city", "", "city of the vendor", "text"),
    ("deals", "distance_km", "km", "between the two cities, as the crow flies", "0 to 3,500"),
    ("deals", "introduced_on", "date", "day on which the group was created", "2026"),
    ("deals", "value", "10,000 CNY", "value of the contract the parties talk about", "8 to 400"),
    (
        "deals",
        "fee",
        "% of value, or CNY",
        "the broker's fee as typed in: mostly % of the value, by some colleagues the amount in "
        "CNY; there is no column that says which",
        "4 to 18, or above 100",
    ),
    ("deals", "repeatable", "", "would the customer buy this again?", "True | False"),
    ("deals", "divisible", "", "could the contract be cut into parts?", "True | False"),
    ("deals", "group", "", "name under which the group was created", "text"),
    (
        "deals",
        "chat_from",
        "date",
        "first day of the exported chat; where it is later than introduced_on the beginning is "
        "lost, and silence before that day cannot be told",
        "2026",
    ),
    ("group_messages", "message_id", "", "row of the archive; key", "M00001 and on"),
    ("group_messages", "deal_id", "", "the deal; refers to deals", "D001 to D160"),
    (
        "group_messages",
        "group",
        "",
        "name of the exported group; a renamed group was exported under both names, and what "
        "lies in both exports is here twice",
        "text",
    ),
    ("group_messages", "sent_at", "Beijing time", "when it was sent", "2026"),
    ("group_messages", "role", "", "side of the sender", "broker | customer | vendor"),
    ("group_messages", "sender", "", "name of the sender", "text"),
    ("group_messages", "type", "", "kind of message", "text | file | image | voice"),
    ("group_messages", "text", "", "wording; a file's name; a voice message's transcript", "text"),
    ("agreements", "agreement_id", "", "the agreement; key", "A001 and on"),
    ("agreements", "deal_id", "", "the deal; refers to deals, at most one each", "D001 to D160"),
    ("agreements", "agreed_on", "date", "day of the signature or of the chat", "2025 or 2026"),
    ("agreements", "form", "", "signed on paper, or only said in a chat", "written | chat"),
    ("agreements", "payer", "", "who is to pay the fee", "customer | vendor"),
    (
        "agreements",
        "protection_months",
        "months",
        "how long a contract made without the broker still owes the fee; 0 if nothing was said",
        "0 | 6 | 12 | 24",
    ),
    ("outcomes", "deal_id", "", "the deal; key, refers to deals", "D001 to D160"),
    (
        "outcomes",
        "status",
        "",
        "on 28 June 2026, end of week 26. paid: contract and fee; bypassed: contract without the "
        "broker; dead: nobody moved it; dropped: the broker stopped; open: still going, its end "
        "unknown. Blank: ended, nobody wrote down how",
        "paid | bypassed | dead | dropped | open | (blank)",
    ),
    ("outcomes", "ended_on", "date", "day of the end; empty if open", "2026"),
    ("outcomes", "broker_hours", "hours", "the broker's hours so far, travel included", "from 3"),
    ("outcomes", "fee_received", "CNY", "fee paid; 0 if none", "from 0"),
)


def dictionary() -> pd.DataFrame:
    """Return the dictionary as a table: table, column, unit, meaning, allowed."""
    return dictionary_of(COLUMNS)
