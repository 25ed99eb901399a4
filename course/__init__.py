"""Lead the Deal: a coaching course kit in B2B selling.

The package has floors; imports only go down (tests/test_floors.py holds them to it)::

    cli
    build     desk
    widgets
    answers   cases
    models

``course.text`` (translations) lies below all of them.
"""

__version__ = "0.1.0"
