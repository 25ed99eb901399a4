"""Case data: believable, seeded, each learner's own variant; what is simulated is called so.

Floor: cases. pandas and numpy; no I/O, no widgets.
"""
