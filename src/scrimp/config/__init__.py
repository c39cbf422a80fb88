"""What people configure: ``scrimp.yaml``, ``[tool.scrimp]``, and the rule cards that ship with the tool.

``located``     a configuration file as plain values that know their line and column, and errors that say so
``read_yaml``   YAML to located values          ``read_toml``  TOML to located values
``quantities``  money, percentages, shares and version specifiers as people write them
``globs``       patterns in the style of gitignore, bound to the folder they were written in
``schema``      the keys of one file, and the settings that all files together make
``load``        finds the files and reads them into settings
``checked``     what the schema alone cannot tell of a file: versions, patterns, rule ids
``join``        many files to one ``Settings``
``owners``      who owns what, from a CODEOWNERS file or a mapping
``entries``     what the settings say of one prompt, and which of their patterns match nothing
``cards``       the rule cards             ``documents``  the plain YAML that they are written in
"""
