"""Tokens of texts and of the framing that requests add to them.

``vocabularies``  the shipped vocabularies, checked and loaded without a network
``counting``      exact counts by a vocabulary
``kinds``         what kind of text a text is, as vocabularies differ by it
``families``      counts for a model: exact where its vocabulary is published, else an interval
``calibration``   factors that a project measured itself
``sampling``      which texts are asked about to measure them
``endpoints``     asks providers for their counts: the one module with addresses
``tokenizers``    how a project's texts are counted, all of these together
``framing``       the table of what messages, tools, schemas of answers and images cost
``overhead``      what messages and tools cost on top of their text
``formats``       what it costs to tell a model the schema of its answer
``images``        what images cost, by their size
``pixels``        the size of an image
"""
