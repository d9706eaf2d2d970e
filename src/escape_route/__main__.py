"""`python -m escape_route` is the command `escape-route`."""

from escape_route.cli.main import entry

entry()
