"""The HTML page: its data, its map, its backdrop, and how they are joined."""
