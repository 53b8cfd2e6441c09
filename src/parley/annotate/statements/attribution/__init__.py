"""Plain text -> attributions: who is reported to have said what, as character spans.

Follow one article: `texts` turns it into numbers, `model` (the `accurate` networks) or `words` (the `fast` one) reads them,
`spans` turns their answers into ranges; `files` checks and loads what lies in `parley/models`. Nothing here needs torch; the same
functions serve training, so that what a network was taught is what it sees. How the files were made: `training/attribution/`.
"""
