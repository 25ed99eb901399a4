"""Graded cells on one side, the learner's work on the other, and calls between the two.

The *referee* runs the instructor's tests, and no learner's code ever. What tests use of a learner's
work comes over a socket: values as copies, known by their exact type; functions, classes and other
objects as stand-ins that ask over there. Tests need not be written for it.

**What tests can rely on.** Scalars, containers, arrays and tables arrive as what they are, named
tuples, enumerations and other subclasses of built-in types with the value they hold. What can
change is kept alike on both sides: a function that sorts its argument sorts the test's own list,
and a test that appends to ``account.log`` is seen by ``account``. ``isinstance``, ``except`` and
``type(x) is C`` work with learners' classes; so do ``inspect``, ``unittest``, ``mock.patch`` (of
learners' names, of libraries and built-ins that learners' code uses, of ``__main__``), ``input``
answered by the test, prints and warnings caught by it, seeds, environment, files that either side
writes, figures, and modules that were handed in.

**What is kept from learners.** No comparison with a value of the test's reaches their code: an
object of theirs is unequal to every plain value, whatever its class says. In arithmetic, in order
(``<``), as a container (``in``), and by methods such as ``equals``, only objects that the test
itself made, by calling a class whose name begins with a capital letter, meet plain values. Names
that a test assigns stay with it, unless they are answers, names of locked cells, or names it has
read. What a test hands over can be called and looked at from outside, no more.

**What cannot be done** raises :class:`Unsupported`, and such a cell goes to a person:

- comparing an object of a learner's class with a plain value, if the class has its own ``__eq__``
  and the cell fails there; ordering, adding or searching it, if the test did not make it;
- a subclass, in a test, of a class of the learner's;
- handing over an object of a library that is no data (a database connection, a parser) for the
  learner's code to use (dataclasses, open files and mocks work);
- evaluating text (``eval``, ``exec``, ``DataFrame.query`` with ``@`` or calls) that does not stand
  in the test; running a submitted file, its docstrings' examples or its pickles in the test itself
  (importing it works);
- looking into ``f.__globals__``, frames, or code that would be run;
- a name that means one module to everybody (``np``) and another to the learner.

**What differs silently:**

- a view of an array, or two tables that share memory, are independent copies on the other side;
- a learner's class that says who its instances are (``__instancecheck__``) is not asked;
- what a test assigns to a name in a *library's* module, without ``mock.patch``, stays with it;
- a value drawn from the shared random numbers by learners' code does not move on the test's own;
- masked arrays, and tables and arrays of a learner's own class, are objects, not data;
- what is read one by one from a learner's iterator takes a message each (a few thousand a second).
"""

from course.grading.remote.errors import (
    LearnerGoneError,
    MalformedError,
    NotSendableError,
    RemoteError,
    Unsupported,
)

__all__ = [
    "LearnerGoneError",
    "MalformedError",
    "NotSendableError",
    "RemoteError",
    "Unsupported",
]
