"""Rules measured on a pinned corpus of published packages, and what readers say of samples of their findings."""
