"""What a project starts with: a configuration of what was found in it, and scrimp in its hooks and its workflow.

Nothing here touches files: it makes texts of texts. What is there stays as it is, to the byte.

``stack``      what was found: languages, SDKs, models and owners, by folder
``outline``    the configuration that says so, and what nobody tells, as comments
``written``    that as YAML and as TOML
``hooks``      scrimp in pre-commit's configuration
``sequence``   a YAML list made longer, without a change to what surrounds it
``table``      a table put into a TOML file
``workflow``   the workflow of GitHub Actions
``origin``     where this scrimp came from, which hooks and workflows have to name
"""
