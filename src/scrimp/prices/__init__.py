"""Prices of models: a dated snapshot inside the package, and the user's own above it.

``snapshot``  the packaged price list, as data
``book``      the price of a model's name, however it is written
"""
