"""What users hold and call: `Journey`, `Report`, `Comparison`, how they come about, and the files they are written to.

`journeys` reads a journey, makes one without a file, and has what can be done with one; of that
`journey_pictures` has what is drawn, `save` what is saved. `reports` tells what a check found,
`comparisons` sets several side by side. `publish` is the one way out for all files. All of it stays
thin: the work is done by the modules that it calls.
"""
