"""The data dictionary: every column of the eight tables, as data."""

import pandas as pd

from course.cases.frames import Column, dictionary_of

__all__ = ["COLUMNS", "dictionary"]

_REQUEST = "the request; refers to requests"
_CALLED = "full name or nickname: see people"
_WHEN = "July 2025 to July 2026"

COLUMNS: tuple[Column, ...] = (
    ("people", "person_id", "", "the person; key", "S01 to S10, P1 to P6"),
    ("people", "name", "", "full name (invented)", "text"),
    ("people", "also_called", "", "what others call them, separated by semicolons", "text"),
    ("people", "team", "", "where they work", "sales | presales"),
    ("people", "joined_on", "date", "first day in the firm", "2009 to 2024"),
    ("requests", "request_id", "", "the request; key, in order of time", "Q001 to Q300"),
    ("requests", "asked_on", "date", "day on which presales was asked", "July 2025 to May 2026"),
    ("requests", "salesperson", "", f"who asked; {_CALLED}", "text"),
    ("requests", "presales", "", f"who was asked; {_CALLED}", "text"),
    ("requests", "customer", "", "for whom it is (invented)", "text"),
    ("requests", "contact", "", "whom one deals with there", "text"),
    (
        "requests",
        "kind",
        "",
        "what is wanted",
        "proposal | slides | tender answer | report | demo",
    ),
    (
        "requests",
        "plan_named",
        "",
        "which of our plans the salesperson named; blank if none",
        "text",
    ),
    ("requests", "told", "", "what the salesperson told presales", "text"),
    ("requests", "due_on", "date", "the day that the salesperson named", _WHEN),
    (
        "requests",
        "complexity",
        "",
        "as two of presales judged it from what was delivered, without knowing who had asked or "
        "how often it came back",
        "low | middle | high",
    ),
    ("requests", "started_on", "date", "first day of work", _WHEN),
    ("requests", "done_on", "date", "day of the last version", _WHEN),
    ("requests", "outcome", "", "what became of the last version", "accepted | dropped"),
    ("brief_fields", "request_id", "", _REQUEST, "Q001 to Q300"),
    (
        "brief_fields",
        "field",
        "",
        "plan: which one they mean; concern: what worries them; detail: what they want in full; "
        "omit: what they do not want; audience: who reads it; date: by when; success: what is to "
        "come of it",
        "plan | concern | detail | omit | audience | date | success",
    ),
    ("brief_fields", "asked", "", "did the salesperson ask the customer?", "True | False"),
    (
        "brief_fields",
        "known",
        "",
        "was there an answer when work began? A question may stay without one, and some customers "
        "tell without being asked",
        "True | False",
    ),
    (
        "brief_fields",
        "worked_with",
        "",
        "what presales worked with: the answer, or a guess",
        "text",
    ),
    ("brief_fields", "wanted", "", "what the customer wanted, as found out in the end", "text"),
    ("brief_fields", "right", "", "are the two the same?", "True | False"),
    ("versions", "version_id", "", "the file; key, in order of time", "text"),
    ("versions", "request_id", "", _REQUEST, "Q001 to Q300"),
    (
        "versions",
        "version",
        "count",
        "number in the name of the file. Some were saved under the number of the version before; "
        "those that follow count on from there",
        "1 to 7",
    ),
    ("versions", "sent_at", "time", "when it was sent for review; always right", _WHEN),
    ("versions", "author", "", f"who wrote it; {_CALLED}", "text"),
    (
        "versions",
        "hours",
        "hours",
        "work on this version, since the one before; blank if not entered. At most one blank per "
        "person and week",
        "0.5 to 45",
    ),
    (
        "versions",
        "reviewer",
        "",
        "who looked at it",
        "our leaders | customer, working level | customer, top",
    ),
    (
        "versions",
        "feedback_kind",
        "",
        "as two students coded it who did not know what came of it. specific: says what should be "
        "different; just change it: does not",
        "specific | just change it | accepted | dropped",
    ),
    ("versions", "feedback", "", "what came back, as it reached presales", "text"),
    ("time_sheets", "presales", "", "whose week it is, full name", "text"),
    ("time_sheets", "week", "date", "the Monday of the week", _WHEN),
    (
        "time_sheets",
        "hours",
        "hours",
        "total of the versions sent in that week; complete, as people are paid by it",
        "from 0.5",
    ),
    ("customer_claims", "claim_id", "", "the statement; key, in order of time", "K001 to K463"),
    ("customer_claims", "request_id", "", _REQUEST, "Q001 to Q300"),
    ("customer_claims", "said_on", "date", "day on which the customer said it", _WHEN),
    ("customer_claims", "salesperson", "", f"to whom; {_CALLED}", "text"),
    ("customer_claims", "contact", "", "who said it", "text"),
    (
        "customer_claims",
        "matter",
        "",
        "price: we are too expensive; plan: ours is an old one; list: we shall not be invited",
        "price | plan | list",
    ),
    ("customer_claims", "said", "", "what the customer said", "text"),
    (
        "customer_claims",
        "passed_on",
        "",
        "how the salesperson passed it on to presales",
        "as an alarm | as a claim | not at all",
    ),
    (
        "customer_claims",
        "told_presales",
        "",
        "what presales was told; blank if nothing. A claim is passed on as it was said, an alarm "
        "often is not",
        "text",
    ),
    (
        "customer_claims",
        "hours",
        "hours",
        "of presales, spent because of it: on the alarm, on the check",
        "0 to 8",
    ),
    (
        "customer_claims",
        "disputed",
        "",
        "did presales say that it doubted it?",
        "True | False",
    ),
    (
        "customer_claims",
        "verified",
        "",
        "is it so? Looked up only where it was disputed, blank else: what was looked up is not a "
        "fair sample of what was said",
        "True | False | (blank)",
    ),
    ("customer_claims", "check", "", "what was found; blank if nobody looked", "text"),
    ("audits", "request_id", "", f"{_REQUEST}; 90 drawn by lot", "Q001 to Q300"),
    ("audits", "matter", "", "what was looked up, as in customer_claims", "price | plan | list"),
    (
        "audits",
        "is_so",
        "",
        "was the price too high, the plan an old one, were we not to be invited? Looked up whether "
        "anybody had said so or not",
        "True | False",
    ),
    ("credit_log", "credit_id", "", "the entry; key, in order of time", "text"),
    ("credit_log", "request_id", "", _REQUEST, "Q001 to Q300"),
    ("credit_log", "on", "date", "day on which it was said", _WHEN),
    ("credit_log", "salesperson", "", f"who said it; {_CALLED}", "text"),
    ("credit_log", "presales", "", f"whose work or hours they are; {_CALLED}", "text"),
    (
        "credit_log",
        "kind",
        "",
        "what it was; hours agreed: promised after asking; gave hours away: promised without",
        "thanked | named before the customer | named before their leader | took the credit | "
        "gave hours away | hours agreed",
    ),
    ("credit_log", "before", "", "before whom; blank if only they two were there", "text"),
    (
        "credit_log",
        "hours_promised",
        "hours",
        "hours of presales that it takes; blank where nothing was promised",
        "2 to 16",
    ),
    ("credit_log", "said", "", "what was said", "text"),
)


def dictionary() -> pd.DataFrame:
    """Return the dictionary as a table: table, column, unit, meaning, allowed."""
    return dictionary_of(COLUMNS)
