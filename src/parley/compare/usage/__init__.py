"""How outlets word it, whom they quote, and what they leave out."""
