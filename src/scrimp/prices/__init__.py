"""Prices of models: dated lists, the user's own above them, and what caching and other services make of a price.

``snapshot``  a price list, be it the packaged one or a project's lock, as data
``rows``      what a row of a list holds while it is made
``book``      the price of a model's name, however it is written
``caching``   how providers cache the beginnings of prompts, and what that saves
``serving``   prices by the length of a request and by the way it is served
``litellm``   reads LiteLLM's table
"""
