"""From author sources to what people open: the only writer of the generated folders.

Floor: build. ``course/lessons/<slug>`` → ``notebooks/``, ``solutions/``, ``exercises/``.
"""
