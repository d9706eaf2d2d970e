"""escape-route."""
