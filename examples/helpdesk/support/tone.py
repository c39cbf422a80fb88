"""How the company writes."""

HOUSE_STYLE = """# Tone
Write as a helpful colleague would: short sentences, plain words, no exclamation marks, no apologies for things
that aren't our fault. Use the customer's first name once. Prices are written with the currency sign in front
and two decimals; dates with the month as a word.
"""
