"""The parts of a figure in axes of one's own, for people who compose their own pictures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Transform

from escape_route.distance.legs import legs_of
from escape_route.errors import UsageError
from escape_route.language.comparison import Comparison
from escape_route.language.digits import PUBLISHED
from escape_route.language.view import LegView, view_published
from escape_route.publish.figure import chart, comparison, ledger, ledger_layout
from escape_route.publish.figure.legible import legible, legible_journey
from escape_route.publish.figure.pen import Ink, put
from escape_route.publish.figure.scene import best_aspect, scene
from escape_route.publish.figure.sheet import shrunk
from escape_route.publish.figure.sizes import Look

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from escape_route.distance.report import PublishedReport
    from escape_route.geography.geodesic import Floats
    from escape_route.model.published import Published
    from escape_route.publish.figure.projection import Projection

_LEAST_SHARE = 0.55
_BINS = 60
_WIDE_PT = 700.0
_SHOWN_DPI = 144
_CURVE = 0.72  # of the height of a row; above it stands what it is of


class FromLonLat(Transform):
    """From longitude and latitude in degrees to what the axes of a map count in; `ax.from_lon_lat` holds it."""

    input_dims = 2
    output_dims = 2
    is_separable = False

    def __init__(
        self, projection: Projection, window: tuple[float, float, float, float], width_pt: float
    ) -> None:
        """Take what the map was drawn with."""
        super().__init__()
        self._projection = projection
        self._corner = window[:2]
        self._per_m = width_pt / (window[2] - window[0])

    def transform_non_affine(self, values: ArrayLike) -> Floats:
        """Transform positions, shape (n, 2)."""
        return np.asarray(
            (self._projection.forward(np.asarray(values, dtype=float)) - self._corner) * self._per_m
        )


def plot_map(published: Published, axes: Axes | None, look: Look) -> Axes:
    """Draw the map of a journey; see `escape_route.Journey.plot`."""
    journey = legible_journey(published.journey)
    measured = [LegView.of(leg, None, PUBLISHED) for leg in legs_of(journey)]
    if axes is None:
        axes = _own(
            look, best_aspect(journey, measured, look.size.least_aspect, look.size.most_aspect)
        )
    width, height = _size_pt(axes)
    shown = scene(journey, measured, width / height)
    if shown is None:
        raise UsageError(
            f"{journey.id}: no place of this journey can be shown on a map (give one lat and lon, or a footprint)"
        )
    chart.draw(axes, shown, look, width)
    axes.set_aspect("equal")
    axes.from_lon_lat = FromLonLat(shown.projection, shown.window, width)  # type: ignore[attr-defined]
    return axes


def plot_ledger(report: PublishedReport, axes: Axes | None, look: Look) -> Axes:
    """Draw the ledger of a report; see `escape_route.Report.plot_ledger`."""
    view = view_published(legible(report))
    width = look.size.inner_pt if axes is None else _size_pt(axes)[0]
    layout = ledger_layout.lay_out(view, look, width, beside=width > _WIDE_PT * look.size.unit_pt)
    if layout is None:
        raise UsageError(
            f"{view.journey.id}: no distance was stated and none can be measured (two places at least, or a claim)"
        )
    if axes is None:
        axes = _own(look, width / layout.height)
    high = _size_pt(axes)[1]
    if high < layout.height:
        look = Look(
            shrunk(look.size, max(high / layout.height, _LEAST_SHARE)), look.palette, look.words
        )
        layout = (
            ledger_layout.lay_out(view, look, width, beside=width > _WIDE_PT * look.size.unit_pt)
            or layout
        )
    ledger.draw(axes, layout, look)
    axes.set_ylim(min(0.0, layout.height - high), layout.height)
    return axes


def plot_comparison(reports: Sequence[PublishedReport], axes: Axes | None, look: Look) -> Axes:
    """Draw journeys side by side; see `escape_route.Comparison.plot`."""
    compared = Comparison(tuple(view_published(legible(report)) for report in reports))
    width = look.size.inner_pt if axes is None else _size_pt(axes)[0]
    laid = comparison.lay_out(compared, look, width)
    if axes is None:
        axes = _own(look, width / laid.layout.height)
    comparison.draw(axes, laid, look)
    axes.set_ylim(min(0.0, laid.layout.height - _size_pt(axes)[1]), laid.layout.height)
    return axes


def plot_draws(report: PublishedReport, axes: Axes | None, look: Look) -> Axes:
    """Draw how the simulated journeys are spread; see `escape_route.Report.plot_draws`."""
    axes = axes or _own(look, 2.2)
    scopes = [
        scope for scope in view_published(legible(report)).scopes if scope.plausible_km is not None
    ]
    if not scopes:
        raise UsageError(
            f"{report.journey.id}: nothing of this journey could be drawn at random (two places at least)"
        )
    palette, style = look.palette, look.size.note
    lengths = [scope.lengths_m / 1000 for scope in report.scopes if scope.plausible is not None]
    edges = np.linspace(
        min(length.min() for length in lengths),
        max(np.quantile(length, 0.995) for length in lengths),
        _BINS,
    )
    if look.words.is_rtl:
        axes.invert_xaxis()
    for n, (scope, drawn) in enumerate(zip(scopes, lengths, strict=True)):
        share, _ = np.histogram(drawn, bins=edges)
        share = share / share.max() * _CURVE
        base = float(len(scopes) - 1 - n)
        middles = (edges[:-1] + edges[1:]) / 2
        axes.fill_between(middles, base, base + share, color=palette.blue, alpha=0.3, lw=0)
        axes.plot(middles, base + share, color=palette.blue, lw=1.0)
        axes.plot([edges[0], edges[-1]], [base, base], color=palette.muted, lw=0.6)
        put(
            axes,
            (float(edges[-1]), base + _CURVE + 0.06),
            look.words.capital(scope.label),
            style,
            Ink(palette.ink, "right"),
        )
    ends = (edges[-1], edges[0]) if look.words.is_rtl else (edges[0], edges[-1])
    axes.set(xlim=ends, ylim=(-0.02, len(scopes)), yticks=[], facecolor=palette.paper)
    axes.set_xlabel(
        look.words.word("figure.draws_axis"),
        family=list(style.families),
        size=style.size_pt,
        color=palette.muted,
    )
    axes.xaxis.set_major_formatter(lambda value, _: look.words.whole(value))
    axes.tick_params(
        colors=palette.muted, labelsize=style.size_pt, labelfontfamily=list(style.families)
    )
    for name in ("left", "right", "top"):
        axes.spines[name].set_visible(False)
    return axes


class ShownAxes(Axes):
    """Axes that show their figure as the last value of a notebook's cell: pyplot, which else does, does not know it."""

    def _repr_png_(self) -> bytes:
        made = BytesIO()
        figure = self.get_figure(root=True)
        if figure is not None:
            figure.savefig(made, format="png", dpi=_SHOWN_DPI, bbox_inches="tight")
        return made.getvalue()


def _own(look: Look, aspect: float) -> Axes:
    """Axes alone in a figure of their own, which no pyplot knows of."""
    width = look.size.inner_pt
    figure = Figure(figsize=(width / 72, width / aspect / 72), facecolor=look.palette.paper)
    FigureCanvasAgg(figure)
    return figure.add_axes(ShownAxes(figure, (0.0, 0.0, 1.0, 1.0)))


def _size_pt(axes: Axes) -> tuple[float, float]:
    box = axes.get_window_extent()
    return box.width / axes.figure.dpi * 72, box.height / axes.figure.dpi * 72
