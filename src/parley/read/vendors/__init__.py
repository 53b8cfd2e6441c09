"""What news databases and reference managers hand out: many articles a file, each with a header that says what it is.

One module per vendor. Each tells the articles apart, reads the header's fields, and gives each article's headline and text as
a record; nothing else of this folder knows a vendor's layout. The layouts were learned from files, their words are
never in ours: headers, copyright lines and search terms stay in the kept record and out of the text.
"""
