"""Journeys as tables that people type: CSV and XLSX."""
