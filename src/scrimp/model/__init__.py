"""The nouns of scrimp: frozen, typed, without input or output, importing nothing of ours.

``source``    files, places in them, and what could not be read
``algebra``   the one form that every template language becomes
``facts``     what one file says, before anything is resolved
``prompts``   prompts, requests and what is linked between them
``amounts``   intervals of tokens and money, each with its grade
``findings``  findings, fixes and edits
``changes``   what differs between two audits, budgets' breaches and verdicts
``attribution`` who or what bears the cost
``report``    the final value that reporters render
``errors``    the one exception whose message is meant for the user
"""
