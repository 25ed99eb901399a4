"""The last step into a jail, taken inside: ``python -I -m course.grading.confine.shim``.

Its arguments are orders as JSON and a command: it follows the ones and becomes the other.
"""

import json
import os
import sys

from course.grading.confine.orders import Orders


def main() -> None:
    """Follow the orders, then become the command."""
    orders, argv = Orders(**json.loads(sys.argv[1])), sys.argv[2:]
    orders.follow()
    os.execv(argv[0], argv)


if __name__ == "__main__":
    main()
