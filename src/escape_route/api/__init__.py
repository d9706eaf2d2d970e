"""What users hold and call: `Journey`, `Report`, `Comparison`, how they come about, and the files they are written to.

`read` and `make` give journeys; `journeys` has what can be done with one, and of that `journey_pictures` what is
drawn, `journey_files` what is saved; `reports` tells what a check found, `comparisons` sets several side by side.
`save` makes the files of one or several, and `publish` is the one way out for them. All of it stays thin: the work is
done by the modules that it calls.
"""
