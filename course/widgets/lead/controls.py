"""The six things a learner sets in the lead simulator, and how they read as settings."""

from collections.abc import Mapping
from dataclasses import replace

from course.models.lead import Policy, Style
from course.models.lead.pipeline import Pipeline
from course.text import _
from course.widgets.controls import Control, choice, slider, switch
from course.widgets.lead.words import Settings, style_name

__all__ = ["make_controls", "read_controls"]


def _silence(count: float) -> str:
    if count == 0:
        return _("never")
    return _("{count} chases").format(count=int(count)) if count > 1 else _("1 chase")


def make_controls(start: Settings) -> dict[str, Control]:
    """Return the controls by name, set to ``start``, in the order in which they are shown."""
    policy, pipeline = start.policy, start.pipeline
    return {
        "style": choice(
            _("How you lead"), {style_name(style): style for style in Style}, value=policy.style
        ),
        "fee": slider(
            _("Your fee"),
            value=round(policy.fee),
            low=0,
            high=20,
            show=lambda fee: _("{fee:g}% of the deal").format(fee=fee),
        ),
        "agreement": switch(_("Written fee agreement"), value=policy.agreement),
        "drop_after": slider(
            _("Drop after silence"),
            value=policy.drop_after or 0,
            low=0,
            high=8,
            show=_silence,
            help=_("Unanswered chases in a row; you chase weekly."),
        ),
        "bad_cop": switch(
            _("Play the bad cop"),
            value=policy.bad_cop,
            help=_("You take the blame for asking, so that neither side has to."),
        ),
        "leads": slider(
            _("New leads"),
            value=float(pipeline.leads),
            low=0.5,
            high=10.0,
            step=0.5,
            show=lambda leads: _("{leads:g} a week").format(leads=leads),
            help=_("You have {hours:g} working hours a week.").format(hours=pipeline.hours),
        ),
    }


def read_controls(
    controls: dict[str, Control],
    pipeline: Pipeline,
    otherwise: Mapping[str, float] | None = None,
) -> Settings:
    """Return what the controls say, as settings.

    Args:
        controls: by name, as :func:`make_controls` returns them.
        pipeline: supplies what has no control.
        otherwise: what some sliders would say if they were moved there.
    """
    value = {name: control.value for name, control in controls.items()} | dict(otherwise or {})
    return Settings(
        policy=Policy(
            style=value["style"],
            fee=float(value["fee"]),
            agreement=value["agreement"],
            drop_after=value["drop_after"] or None,
            bad_cop=value["bad_cop"],
        ),
        # A slider's value carries the noise of repeated steps: 9.500000000000002.
        pipeline=replace(pipeline, leads=round(value["leads"], 3)),
    )
