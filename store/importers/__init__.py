"""Data sets in, drafts out: one module per format, and small ones that they share.

They are pure: lines of bytes in, `Draft` or `Rejected` out. They know no
archive and no screen, run nothing and open no network.
"""
