"""The end of a homework: pack it into one file to send, and see what is still open."""

import base64

import ipywidgets as w

from course.answers import CourseError, Work
from course.answers.handin import hand_in, workspace
from course.text import _, ngettext
from course.widgets.page import card, escape, show_once, show_text, text

__all__ = ["HandInView", "hand_in_view"]

_LINK_BYTES = 8_000_000  # larger zips are found in the file list instead of behind a link


def hand_in_view() -> w.Widget:
    """Return the view for this folder's homework."""
    return show_once("handin", lambda: HandInView(Work()).widget)


class HandInView:
    """One button; what it did, or what is in the way, stands below it."""

    def __init__(self, work: Work) -> None:
        """Show the button alone: what is open is looked up when it is pressed."""
        self.folder = work.folder
        self.button = w.Button(
            description=_("Pack my homework"), button_style="primary", layout={"width": "auto"}
        )
        self.button.on_click(lambda button: self.on_pack())
        advice = _("If you wrote code, save the notebook (Ctrl+S) first.")
        self.said = text(kind="feedback")
        self.widget = card(
            [
                w.HBox([self.button, text(escape(advice), kind="status")]).add_class("ltd-buttons"),
                self.said,
            ],
            name="handin",
        )

    def on_pack(self) -> None:
        """Make the zip and say where it is, or say in one sentence why not."""
        try:
            done = hand_in(self.folder)
        except CourseError as error:
            show_text(self.said, f"<div class='ltd-bad' role='status'>{escape(str(error))}</div>")
            return
        count = sum(map(len, done.open_items.values()))
        lines = list(done.notes)
        if count:
            note = ngettext(
                "One thing is still open. You can finish it and pack again.",
                "{count} things are still open. You can finish them and pack again.",
                count,
            )
            lines.append(note.format(count=count))
        root = workspace(self.folder) or self.folder.parent
        where = _("It is also in the file list on the left: {path}.")
        lines.append(where.format(path=done.path.relative_to(root).as_posix()))
        data = done.path.read_bytes()
        link = escape(done.path.name)
        if len(data) <= _LINK_BYTES:
            # The file itself as a link: it works behind any server address.
            coded = base64.b64encode(data).decode()
            link = f"<a download='{link}' href='data:application/zip;base64,{coded}'>{link}</a>"
        head = _("Packed for {learner}. Send this file to your instructor:").format(
            learner=escape(done.learner_id)
        )
        listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
        mood = "part" if count else "good"
        show_text(
            self.said,
            f"<div class='ltd-{mood}' role='status'><strong>{head}</strong>{link}"
            f"<ul>{listed}</ul></div>",
        )
