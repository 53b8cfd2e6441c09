"""What each page shows, as plain values: a function of the ledger and of what the address asks. Templates only lay it out."""
