"""Role-plays: choose what to say, read what comes back, be told why.

What one must know to be shown is in :mod:`course.widgets.roleplay.drama`.
"""

from course.widgets.roleplay.view import RolePlay, show_roleplay

__all__ = ["RolePlay", "show_roleplay"]
