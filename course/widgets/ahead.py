"""What keeps a picture under the hand that moves a control, and what waits until the hand rests.

On the way from a control to Python and back a picture comes too late for a drag to feel like moving
it. So pictures are made ahead, for every place a slider can take, and the browser shows them by
itself; Python follows, and has the last word once the hand rests. Texts and tables, which nobody
reads while dragging, wait for that, too.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

__all__ = ["Ahead", "Picture", "Rest"]

Picture = Mapping[widgets.Widget, Mapping[str, Any]]
"""What marks and labels show: of each, the new values of some traits, as JSON has them."""


class Rest:
    """Does something once nothing has moved for a while."""

    def __init__(self, seconds: float, act: Callable[[], None]) -> None:
        """Take how long nothing may move, and what to do then."""
        self._seconds, self._act = seconds, act
        self._pending: asyncio.TimerHandle | None = None

    def moved(self) -> bool:
        """Begin to wait anew; False if there is nothing to wait in, no event loop as a kernel has.

        Then nobody drags either, and whoever calls goes on at once.
        """
        self.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        self._pending = loop.call_later(self._seconds, self._act)
        return True

    def cancel(self) -> None:
        """Do not do it any more."""
        if self._pending is not None:
            self._pending.cancel()


class Ahead(anywidget.AnyWidget):
    """An invisible widget: the browser's album of pictures, by control and place.

    Attributes:
        controls: of each control's model, the trait that says where it stands.
        marks: the models that pictures are made of, marks of a chart and labels.
        ready: a browser is there and knows what to do.
        album: ``base``, where each control stood when the pictures were made; ``pictures``, by
            control, place and mark.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    controls: Any = traitlets.Dict().tag(sync=True)
    marks: Any = traitlets.List().tag(sync=True)
    ready: Any = traitlets.Bool(False).tag(sync=True)
    album: Any = traitlets.Dict({"base": {}, "pictures": {}}).tag(sync=True)

    def __init__(self, controls: Sequence[widgets.Widget], marks: Sequence[widgets.Widget]) -> None:
        """Watch the controls, all that decide what the picture is."""
        self._watched = {control.model_id: control for control in controls}
        traits = {
            key: "index" if control.has_trait("index") else "value"
            for key, control in self._watched.items()
        }
        super().__init__(controls=traits, marks=[mark.model_id for mark in marks])

    def _stand(self) -> dict[str, Any]:
        return {key: getattr(self._watched[key], trait) for key, trait in self.controls.items()}

    def offer(self, pictures: Mapping[widgets.Widget, Mapping[float, Picture]]) -> None:
        """Give the browser the pictures of every place that some controls can take from here."""
        self.album = {
            "base": self._stand(),
            "pictures": {
                control.model_id: {
                    f"{place:g}": {mark.model_id: dict(state) for mark, state in picture.items()}
                    for place, picture in places.items()
                }
                for control, places in pictures.items()
            },
        }

    def shows(self, control: widgets.Widget) -> bool:
        """Tell whether the browser has shown by itself what ``control`` was just moved to."""
        if not self.ready:
            return False
        stand, key = self._stand(), control.model_id
        places = self.album["pictures"].get(key, {})
        return f"{stand.pop(key):g}" in places and all(
            self.album["base"][other] == place for other, place in stand.items()
        )
