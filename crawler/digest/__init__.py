"""The digest: one message of the largest stories, places and agencies of a time, and of the outlets
that somebody has to look at.

`gather` reads it from a store, `labels` has the words of the three languages, `html` and `text`
write it.
"""
