"""Outputs of calls from elsewhere: sent to a sink on one side, put out again on the other."""

from typing import Any


def test_while_redirected_every_output_goes_to_the_sink(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        shell.run(
            "from IPython.display import display, clear_output\nimport os, sys\ndef call():\n"
            "    print('printed')\n    print('warned', file=sys.stderr)\n"
            "    os.system('echo below')\n"
            "    display({'text/plain': 'shown'}, raw=True, display_id='one')\n"
            "    display({'text/plain': 'anew'}, raw=True, display_id='one', update=True)\n"
            "    clear_output(wait=True)\n    print('end', end='')",
            1,
        )
        sunk = []
        with shell.redirect(sunk.append):
            shell.namespace["call"]()
        after = shell.run("print('own')", 2)
        return [sunk, list(after.outputs)]

    sunk, after = probe(inside)
    display = {"metadata": {}, "transient": {"display_id": "one"}}
    assert sunk == [
        {"output_type": "stream", "name": "stdout", "text": "printed\nbelow\n"},
        {"output_type": "stream", "name": "stderr", "text": "warned\n"},
        {"output_type": "display_data", "data": {"text/plain": "shown"}, **display},
        {"output_type": "update_display_data", "data": {"text/plain": "anew"}, **display},
        {"output_type": "clear_output", "wait": True},
        {"output_type": "stream", "name": "stdout", "text": "end"},
    ]
    assert after == [{"output_type": "stream", "name": "stdout", "text": "own\n"}]


def test_a_call_inside_of_a_call_has_its_own_sink(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        shell.run("pass", 1)
        outer, inner = [], []
        with shell.redirect(outer.append):
            print("before")
            with shell.redirect(inner.append):
                print("within")
            print("after")
        return [[o["text"] for o in sunk] for sunk in (outer, inner)]

    assert probe(inside) == [["before\n", "after\n"], ["within\n"]]


def test_what_is_flushed_arrives_at_once(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        sunk, seen = [], []
        with shell.redirect(sunk.append):
            for text in ("a", "b"):
                print(text, end="", flush=True)
                seen.append("".join(o["text"] for o in sunk))
        return seen

    assert probe(inside) == ["a", "ab"]


def test_what_was_printed_before_an_error_arrives_all_the_same(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        sunk = []
        try:
            with shell.redirect(sunk.append):
                print("so far")
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            return sunk

    assert probe(inside) == [{"output_type": "stream", "name": "stdout", "text": "so far\n"}]


def test_a_sink_gets_no_more_than_a_cell_would(probe: Any) -> None:
    def inside(shell):
        shell.begin(output_kb=8)
        sunk = []
        with shell.redirect(sunk.append):
            for _ in range(100):
                print("x" * 1000)
        return sunk

    (output,) = probe(inside)
    assert len(output["text"]) < 8 << 10
    assert output["text"].endswith("was too long and is left out.]\n")


def test_figures_of_a_call_are_shown_when_it_is_finished_and_never_in_a_cell(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        shell.run("import matplotlib.pyplot as plt\ndef draw(): return plt.plot([1])[0].axes", 1)
        sunk = []
        with shell.redirect(sunk.append):
            shell.namespace["draw"]()
            shell.finish()
        with shell.redirect(lambda output: None):
            shell.namespace["draw"]()
        after = shell.run("plt.get_fignums()", 2)
        return [[sorted(o["data"]) for o in sunk], [o["output_type"] for o in after.outputs]]

    assert probe(inside) == [[["image/png", "text/plain"]], ["execute_result"]]


def test_what_is_emitted_is_an_output_of_the_cell(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        shell.namespace["emit"] = shell.emit
        sources = [
            "import io, contextlib, sys\n"
            "emit({'output_type': 'stream', 'name': 'stdout', 'text': 'out'})\n"
            "emit({'output_type': 'stream', 'name': 'stderr', 'text': 'err'})",
            "with contextlib.redirect_stdout(io.StringIO()) as caught:\n"
            "    emit({'output_type': 'stream', 'name': 'stdout', 'text': 'out'})\n"
            "caught.getvalue()",
            "one = {'data': {'text/plain': 'a'}, 'transient': {'display_id': 'one'}}\n"
            "emit({'output_type': 'display_data', **one, 'metadata': {'m': 1}})\n"
            "one['data'] = {'text/plain': 'b'}\n"
            "emit({'output_type': 'update_display_data', **one, 'metadata': {}})",
            "print('gone')\nemit({'output_type': 'clear_output', 'wait': False})",
            "%%capture caught\nemit({'output_type': 'display_data', 'data': {'text/plain': 'c'}})",
            "len(caught.outputs)",
        ]
        return [shell.run(source, count).outputs for count, source in enumerate(sources, 1)]

    streams, caught, displays, cleared, captured, number = probe(inside)
    assert [(o["name"], o["text"]) for o in streams] == [("stdout", "out"), ("stderr", "err")]
    assert caught[0]["data"]["text/plain"] == "'out'"
    (display,) = displays
    assert (display["data"], display["metadata"]) == ({"text/plain": "b"}, {})
    assert (cleared, captured) == ([], [])
    assert number[0]["data"]["text/plain"] == "1"


def test_nothing_emitted_is_taken_for_the_cells_own_result_or_error(probe: Any) -> None:
    def inside(shell):
        shell.begin()
        shell.namespace["emit"] = shell.emit
        shell.namespace["outputs"] = [
            {"output_type": "execute_result", "data": {"text/plain": "5"}, "execution_count": 1},
            {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["line 1", "line 2"]},
            {"output_type": "stream", "text": b"bytes"},
            {"output_type": "error", "traceback": 5},
            {"output_type": "display_data", "data": "no bundle"},
            {"output_type": "nothing known"},
            {},
        ]
        return shell.run("for output in outputs:\n    emit(output)", 1).outputs

    assert [o["output_type"] for o in probe(inside)] == ["display_data", "stream"]
