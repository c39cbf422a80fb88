"""Volume from real life: what was really called, as providers, proxies and traces tell it.

``book``       what the usage file says of prompts and calls, as measuring uses it
``file``       the usage file as people write it    ``edit``  changes it, and keeps what people wrote
``rows``       the one neutral row that every export is read as
``exports``    exports as files: what they are      ``streams``    their records, one after the other
``importers``  what the records of each source mean
``collect``    rows added up, each once             ``reading``    exports to sums
``ledger``     what was imported, day by day: the table beside the usage file
``targets``    a repository's calls as rows may know them          ``join``  which rows belong to which calls
``measured``   volumes and sizes of joined rows       ``history``  what was called day by day
"""
