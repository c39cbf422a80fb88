"""What is known of models: how their names are written, their families and who provides them.

``names``    one place that takes a model's name apart, however an SDK, a router or a cloud writes it
``models``   the family, provider and vocabulary of a name
"""
