"""The picture and the recording of a waypoint as the page shows them: from what was embedded, and never from a file."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from escape_route.model.journey import IMAGE_HEAD
from escape_route.publish.page.shown import ShownAudio, ShownImage

if TYPE_CHECKING:
    from escape_route.model.journey import Journey, Waypoint


def image(waypoint: Waypoint) -> ShownImage | None:
    """The picture of a waypoint with its size, so that nothing moves when it comes; None where there is none."""
    told = waypoint.image
    if told is None or not told.is_embedded:
        return None
    content = base64.b64decode(told.file.removeprefix(IMAGE_HEAD))
    with Pillow.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        return ShownImage(told.file, *opened.size, told.alt, told.credit)


def audio(waypoint: Waypoint) -> ShownAudio | None:
    """The recording of a waypoint; None where there is none."""
    told = waypoint.audio
    return ShownAudio(told.file, told.transcript, told.credit) if told and told.is_embedded else None


def without(journey: Journey) -> Journey:
    """The journey for a reader to take out of the page: what is to be seen and heard stands in the page already."""
    bare = tuple(replace(each, image=None, audio=None) for each in journey.waypoints)
    return replace(journey, waypoints=bare)
