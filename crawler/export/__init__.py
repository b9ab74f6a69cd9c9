"""Stories, articles and revisions as rows of documented columns, in the formats of other programs.

`columns` names the columns and makes the rows, `formats` writes them, `destination` puts a whole
file or none at its place. docs/export.md documents every column.
"""
