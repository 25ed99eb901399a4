"""What runs inside the forked children: an IPython shell without a kernel, and the loop around it.

Nothing is imported here: a fork server imports what its children need, and when.
"""

__all__: list[str] = []
