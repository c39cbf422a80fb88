"""What the readers of Go, Java, C#, Ruby, PHP and Rust share; what a language has of its own is in its reader.

``grammar`` loads a language's tree-sitter wheel, which is an extra; ``literals`` decodes string literals; ``reading``
walks through a file and keeps what it finds; ``expressions`` turns its expressions into algebra; ``calls`` its calls,
chains of setters among them.
"""
