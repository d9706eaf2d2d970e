"""Words and rounding: what is said of a report, in each language and form, before it is drawn."""
