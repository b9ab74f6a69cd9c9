"""The rules of what a story is: values in, values out; no Scrapy, no store, no I/O, no clock.

`signature`, `candidates`, `links` and `grouping` decide which articles are one story, in that
order; `versions` which text of an article stands; `boilerplate` what an outlet prints under many
stories; `tombstones` which articles are refused because they were removed; `regrouping` what a
change of these rules changes.
"""
