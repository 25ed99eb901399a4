"""Grading: nbgrader's submissions in, nbgrader's grades out, fast and safely.

Three steps. *Prepare* (here, with the gradebook): a submission becomes a :class:`~.job.Job`, plain
data. *Execute* (anywhere, in a jail): a :class:`~.lane.Lane` turns a job into a
:class:`~.job.Result`. *Record* (here again): nbgrader's own rules turn the result into grades.
"""
