"""What is fixed in a deal's group: names, numbers and how each speaker puts them."""

from course.cases.dice import Dice
from course.cases.lead.people import CITIES, COLLEAGUES
from course.cases.lead.world import Deal
from course.cases.people import Person

__all__ = ["money", "static_facts"]

_NUMBERS = ("three", "four", "five", "six", "seven", "eight")


def money(cny: float, style: str) -> str:
    """Write an amount of CNY as ``CNY 862,000`` (long), ``862k`` (short) or ``86.2万`` (zh)."""
    if style == "short":
        return f"{cny / 1000:,.0f}k"
    if style == "zh":
        return f"{cny / 10_000:g}万"
    return f"CNY {cny:,.0f}"


def _address(dice: Dice, person: Person) -> str:
    zong = f"{person.surname} zong"
    forms = [f"{person.title} {person.surname}"] * 6 + [zong, zong, f"{person.zh[0]}总"]
    return dice.pick(forms)


def static_facts(deal: Deal, dice: Dice) -> dict[str, dict[str, str]]:
    """Return what never changes in this group, for each speaker (B, C, V), by placeholder.

    The final price is the deal's value; a first quote lies above it and the customer's wish below.
    """
    value = deal.terms.value * 10_000
    quoted = round(value * dice.between(1.05, 1.16) / 1000) * 1000
    wish = round(value * dice.between(0.88, 0.96) / 1000) * 1000
    boss, mate, other, counsel, keeper = dice.shuffled(COLLEAGUES)[:5]
    both = {deal.customer.city, deal.vendor.city}
    shared = {
        "C": deal.customer.short,
        "V": deal.vendor.short,
        "cc": deal.customer.city,
        "vc": deal.vendor.city,
        "b": deal.broker.first,
        "km": str(deal.kilometres),
        "product": deal.sector.product,
        "site": deal.site,
        "data": deal.sector.data,
        "data_file": deal.sector.data.removeprefix("the ").replace(" ", "_"),
        "sample": deal.sector.sample,
        "worry": deal.sector.worry,
        "metric": deal.sector.metric,
        "boss": f"Director {boss}",
        "cmate": dice.pick((f"Lao {mate}", f"Xiao {mate}", f"Engineer {mate}")),
        "vmate": dice.pick((f"Xiao {other}", f"Xiao {other}", f"Lao {other}")),
        "legal": f"Ms {counsel}",
        "cmate2": f"Auntie {keeper}",
        "v_self": deal.seller.surname,
        "count": str(dice.whole(9, 38)),
        "weeks": dice.pick(_NUMBERS),
        "warranty": dice.pick(("12", "18", "24")),
        "months": dice.pick(("24", "36")),
        "split": dice.pick(("30/60/10", "40/50/10", "50/50")),
        "split2": dice.pick(("30/70", "20/70/10", "50/40/10")),
        "tier": dice.pick([city for city in CITIES if city not in both]),
        "demo": "the visit" if deal.kilometres < 700 else "the demo",
        "contract": "the contract draft",
        "slotday": dice.pick(("Monday", "Monday", "Monday", "Tuesday", "Thursday")),
        "slothour": dice.pick(("20:00", "20:00", "18:30", "19:00")),
        "eve": dice.pick(("18:00", "19:00", "20:00")),
    }
    amounts = {
        "q1": quoted,
        "q2": value,
        "price": value,
        "counter": wish,
        "feesum": value * deal.terms.fee / 100,
    }
    found = {}
    for role in "BCV":
        style = dice.pick(("long", "long", "short", "zh") if role != "B" else ("long", "short"))
        found[role] = shared | {
            "c": _address(dice, deal.buyer),
            "v": _address(dice, deal.seller),
            **{name: money(amount, style) for name, amount in amounts.items()},
        }
        exact = found[role]["feesum"]
        if style != "long" and round(amounts["feesum"]) % 1000:
            exact = money(amounts["feesum"], "long")
        found[role]["feesum"] = exact
    return found
