"""The cache: what earlier runs found out, in the user's cache folder.

All of it can go at any time. What is missing, damaged, of another version, or can't be read or written makes a run
slower and never another one: every entry is found by a hash of all that it depends on, and carries a hash of itself.
Nothing in it is ever executed.

``place``    where it lies, and where it isn't used
``build``    which scrimp, with which libraries, an entry is of
``sealed``   files that are written all or nothing, and read whole or not at all
``pack``     many values in one file, read one by one
``seen``     hashes of files that are still as they were when they were read
``counts``   tokens of texts
``answers``  what whole runs printed
``shelf``    a few values, each in a file
``values``   values as bytes
``names``    paths as bytes
``tidy``     its size, and how it is emptied
"""
