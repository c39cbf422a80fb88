"""From a tree to a report: the only place that knows the order of the steps.

``setup``   configuration, rule cards and prices that hold for a tree
``scan``    files to facts, in two waves
``reading`` sources to facts, in several processes
``audit``   one tree: scan, link, measure, check, gate
``diff``    two trees, or saved audits, compared
``saved``   audits that were saved, read back
``lint``    findings of chosen files, and their fixes
``targets`` where fixes are made
"""
