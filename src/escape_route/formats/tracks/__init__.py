"""Journeys as tracks and placemarks: GPX, KML and KMZ."""
