"""The verbs: one module each with a click command named ``command`` that returns its exit code.

``options`` and ``output`` hold what several of them share; the work itself is done in ``scrimp.pipeline``.
"""
