"""Lesson 01's views: the simulator, the case, the first case's fee."""

from course.widgets.lead.simulator import LeadSimulator, show_lead

__all__ = ["LeadSimulator", "show_lead"]
