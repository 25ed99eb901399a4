"""The fixed words on the engine."""

from course.text import _

__all__ = ["labels"]


def labels() -> dict[str, str]:
    """Return them by the names that engine.js knows them under."""
    return {
        "title": _("One customer, one engine"),
        "task": _("You present {pitch} to {name} ({house}) and to the boss."),
        "pull": _("Pull the cord: present"),
        "pullHelp": _("Or drag the red handle down and let go."),
        "strength": _("How well does it please?"),
        "points": _("{points} of 10"),
        "rpm": _("rpm"),
        "dial": _("Engine: {rpm} revolutions a minute; the stall line is at {line}"),
        "stalled": _("stalled"),
        "stallLine": _("stall line"),
        "cold": _("cold"),
        "running": _("running"),
        "throttle": _("Throttle: what do you do for them?"),
        "inForce": _("in force"),
        "run": _("Let it run"),
        "pause": _("Pause"),
        "step": _("One week"),
        "again": _("From the start"),
        "stop": _("Let this one go"),
        "week": _("Week {week} of {weeks}"),
        "hours": _("Your hours: {hours}"),
        "steps": _("Inside the customer's house"),
        "done": _("done"),
        "next": _("next"),
        "liking": _("Satisfaction"),
        "fuel": _("What they put in"),
        "load": _("Work left to them"),
        "loadOf": _("{left} of {alone} h"),
        "risk": _("Risk so far: money gone"),
        "trace": _("Revolutions by week"),
        "traceBefore": _("Revolutions by week; dashed: your last play, same customer, same luck"),
        "diary": _("What just happened"),
        "behind": _("What was hidden"),
        "plays": _("Your plays with this customer"),
        "others": _("The same customer, the same luck, had you kept to one manner"),
        "replay": _("Same customer, same luck"),
        "new": _("Another customer"),
        "waiting": _("No answer from the notebook. Run this cell again; nothing is lost."),
        "keys": _("Keys: 1-7 throttle, P run or pause, W one week."),
        "assumed": _("All numbers are assumed; rpm is 3,000 times the chance of the next step."),
    }
