"""Which files there are, and their bytes: of a working tree, of a git revision or of what is staged.

Nothing is parsed here, and nothing is run.

``files``     what every tree gives: its regular files, what was left out, and bytes by path
``worktree``  the files on disk, as git or the ignore files list them
``git``       the files of a revision, and what else only git knows
``staged``    the files of git's index
``objects``   what both have in common: bytes that git keeps as blobs
``scope``     a tree narrowed to what a configuration leaves in
``decode``    bytes to text and back, byte for byte
``ignore``    ignore files, for folders without git
``walk``      the listing of a folder without git
``command``   how git is called
``blobs``     the one process that hands out blobs
``limits``    what is too large, or not a regular file, to be read
"""
