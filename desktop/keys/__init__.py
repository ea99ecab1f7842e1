"""The keys of the desktop, each in one table that the pages bind and the help shows. They never move."""
