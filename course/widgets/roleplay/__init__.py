"""Role-plays: choose what to say, read what comes back, be told why."""

from course.widgets.roleplay.view import RolePlay, show_roleplay

__all__ = ["RolePlay", "show_roleplay"]
