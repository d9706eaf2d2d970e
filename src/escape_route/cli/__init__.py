"""One module a command: `add_arguments(parser)` and `run(options)`, whose docstring is what `--help` says of it."""
