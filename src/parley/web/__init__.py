"""The web app: pages over a ledger, as the terminal and Python see it. `app.py` has the routes, `guard.py` what is let in."""
