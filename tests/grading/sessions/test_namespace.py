"""Cells run in a namespace that looks elsewhere for the names it lacks, as the referee's does."""

from typing import Any


def test_names_that_are_missing_are_asked_for_wherever_they_are_used(probe: Any) -> None:
    def inside(shell):
        class Names(dict):
            def __missing__(self, name):
                if name.startswith("far"):
                    return name.upper()
                raise KeyError(name)

        shell.begin(names := Names())
        cells = [
            "far",
            "def use():\n    return far_away, [far_too for _ in '1'], (lambda: far_in)()\nuse()",
            "class Body:\n    value = far_body, len('1')\n    def method(self):\n"
            "        return far_self\nBody.value, Body().method()",
            "class Derived(type(far_base)):\n    one: int = far_one\nDerived.__mro__[1]",
            "type(globals()).__name__, globals() is get_ipython().user_ns, globals()['far_x']",
            "import __main__, sys\n__main__.far_main, sys.modules['__main__'] is __main__",
            "[far_list for _ in range(1)]",
            "eval('far_eval')",
            "exec('found = far_exec')\nfound",
            "len([1]), 'far' in globals(), globals().get('far')",
            "from unittest import mock\nwith mock.patch('builtins.hash', lambda _: far_hash):\n"
            "    found = (lambda: hash(1))()\nfound",
            "import pickle\nlist(pickle.loads(pickle.dumps(iter([1]))))",
            "class Nowhere:\n    value = nowhere",
            "nowhere",
            "def nowhere_either():\n    return nowhere\nnowhere_either()",
        ]
        outputs = [shell.run(cell, count).outputs for count, cell in enumerate(cells, 1)]
        found = [o[-1].get("data", {}).get("text/plain") or o[-1]["ename"] for o in outputs]
        return [found, "far" in names, "use" in names]

    found, kept, defined = probe(inside)
    assert found == [
        "'FAR'",
        "('FAR_AWAY', ['FAR_TOO'], 'FAR_IN')",
        "(('FAR_BODY', 1), 'FAR_SELF')",
        "str",
        "('Names', True, 'FAR_X')",
        "('FAR_MAIN', True)",
        "['FAR_LIST']",
        "'FAR_EVAL'",
        "'FAR_EXEC'",
        "(1, False, None)",
        "'FAR_HASH'",
        "[1]",
        "NameError",
        "NameError",
        "NameError",
    ]
    assert (kept, defined) == (False, True)


def test_what_a_cell_sets_and_deletes_goes_through_the_namespace(probe: Any) -> None:
    def inside(shell):
        told = []

        class Names(dict):
            def __setitem__(self, name, value):
                told.append(f"set {name}")
                super().__setitem__(name, value)

            def __delitem__(self, name):
                told.append(f"del {name}")
                super().__delitem__(name)

        shell.begin(Names())
        told.clear()
        shell.run("a = 1\nimport math\ndef f(): pass\nglobals()['b'] = 2\ndel a", 1)
        return told

    assert probe(inside) == ["set a", "set math", "set f", "set b", "del a"]


def test_ipython_itself_asks_for_no_names_but_special_ones(probe: Any) -> None:
    def inside(shell):
        import builtins

        asked = []

        class Names(dict):
            def __missing__(self, name):
                if not (name.startswith("__") or hasattr(builtins, name)):
                    asked.append(name)
                raise KeyError(name)

            def get(self, name, default=None):
                try:
                    return self[name]
                except KeyError:
                    return default

        shell.begin(Names())
        cells = [
            "assert True",
            "1 + 1",
            "x = 1",
            "x",
            "_ + _2",
            "%who",
            "%whos",
            "who",
            "%time x",
            "%%capture\nx",
            "!true",
            "1 / x - 1 / 0",
            "def f():\n    return x\nf()",
            "del x",
            "%reset -f",
            "In, Out",
            "get_ipython().user_ns_hidden",
            "import matplotlib.pyplot as plt\nplt.plot([1]);",
            "import pandas as pd\npd.DataFrame({'a': [1]})",
            "from IPython.display import HTML\nHTML('a')",
            "import warnings\nwarnings.warn('careful')",
        ]
        for count, cell in enumerate(cells, 1):
            shell.run(cell, count)
        return asked

    assert probe(inside) == []


def test_without_a_namespace_of_ours_it_is_the_one_a_kernel_has(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        (output,) = shell.run("type(globals()).__name__, __name__, __doc__ is None", 1).outputs
        return [output["data"]["text/plain"], type(shell.namespace).__name__]

    assert probe(inside) == ["('dict', '__main__', False)", "dict"]
