"""Text of others is escaped, and what is invisible in it is seen."""

import pytest

from course.grading.feedback.text import clean, coloured, highlighted, uncoloured


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain, 李雷, é, 🎉", "plain, 李雷, é, 🎉"),
        ("a\r\nb", "a\nb"),
        (" 10%\r 50%\r100%\nnext", "100%\nnext"),  # a progress bar
        ("a\x00\x07b", "a\u2400\u2407b"),
        ("05\u202e21", "05[U+202E]21"),
        ("half \ud83d", "half \ufffd"),
        ("a\U000e0041b", "ab"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_what_is_invisible_is_seen(text: str, seen: str) -> None:
    assert clean(text) == seen


def test_colours_become_classes_and_nothing_else() -> None:
    html = coloured("\x1b[31m<red>\x1b[0m \x1b[1;38;2;1;2;3mown\x1b[0m \x1b[2Jx \x1b]8;;y")
    assert html == (
        '<span class="ansi-red-fg">&lt;red&gt;</span> <span class="ansi-bold">own</span> x '
        "\u241b]8;;y"
    )
    assert uncoloured("\x1b[31mred\x1b[0m") == "red"


def test_quotes_cannot_end_an_attribute() -> None:
    assert coloured('" style="color:red" \x1b[31m" style="x"') == (
        '&#34; style=&#34;color:red&#34; <span class="ansi-red-fg">&#34; style=&#34;x&#34;</span>'
    )


def test_code_is_coloured_by_classes() -> None:
    assert highlighted("def f():\n    return '<b>'") == (
        '<span class="k">def</span><span class="w"> </span><span class="nf">f</span>'
        '<span class="p">():</span>\n    <span class="k">return</span> '
        "<span class=\"s1\">'&lt;b&gt;'</span>"
    )
    assert "<span" not in highlighted("x = '<b>'\n" * 1000)  # long ones are shown as they are
