"""What a call lets its answer be: the schema that it names, followed to where it is written."""

from scrimp.link.answers.asked import Answers

__all__ = ["Answers"]
