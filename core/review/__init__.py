"""What came of the calls: Arrow packs in, figures out. The only user of pandas; needs neither store nor server.

`frame` is what everything here works on. Import from the modules: numpy and Arrow come with them, pandas when asked.
"""
