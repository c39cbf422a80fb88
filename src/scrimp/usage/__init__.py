"""Volume from real life: what was really called, as providers, proxies and traces tell it.

``book``  what the usage file says of prompts and calls, as measuring uses it
"""
