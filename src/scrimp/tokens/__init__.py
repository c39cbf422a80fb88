"""Tokens of texts and of the framing that requests add to them.

``vocabularies``  the shipped vocabularies, checked and loaded without a network
``counting``      exact counts by a vocabulary
``families``      counts for a model: exact where its vocabulary is published, else an interval
``overhead``      what messages and tools cost on top of their text
"""
