"""Places as a geopandas table: the one module that imports geopandas, which is an extra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import Point

from escape_route.errors import UsageError, way_to
from escape_route.model.journey import say
from escape_route.model.places import outlines

if TYPE_CHECKING:
    import geopandas

    from escape_route.model.journey import Waypoint
    from escape_route.model.published import Published

_COLUMNS = (
    *("id", "name", "role", "precision", "status", "when", "modes", "uncertainty_m", "footprints", "withheld"),
    *("geometry", "label"),
)


def places(published: Published) -> geopandas.GeoDataFrame:
    """Waypoints as a table; see `escape_route.Journey.to_geopandas`."""
    try:
        import geopandas as gpd  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError(f"to_geopandas needs geopandas: {way_to('geo')}") from error
    journey = published.journey
    shapes = outlines(journey)
    rows = [_row(waypoint) | _geometries(waypoint, shapes.get(waypoint.id)) for waypoint in journey.waypoints]
    columns = {name: [row[name] for row in rows] for name in _COLUMNS}
    columns["label"] = gpd.GeoSeries(columns["label"], crs="EPSG:4326")
    return gpd.GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326")


def _row(waypoint: Waypoint) -> dict[str, object]:
    return {
        "id": waypoint.id,
        "name": say(waypoint.name),
        "role": str(waypoint.role),
        "precision": str(waypoint.precision),
        "status": str(waypoint.status),
        "when": waypoint.when,
        "modes": ", ".join(str(share.mode) for share in waypoint.modes),
        "uncertainty_m": waypoint.uncertainty_m,
        "footprints": ", ".join(waypoint.footprints),
        "withheld": waypoint.withheld,
    }


def _geometries(waypoint: Waypoint, shape: object) -> dict[str, object]:
    """Set of points, and label; a withheld place has neither, and a label alone is no place."""
    label = None if waypoint.label is None or waypoint.withheld else Point(waypoint.label)
    return {"geometry": label if shape is None and not waypoint.is_label_only else shape, "label": label}
