"""scrimp: a prompt-efficiency linter."""

__version__ = "0.1.0"
