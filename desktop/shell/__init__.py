"""What stands around the pages: the status line with the tabs, the tray, the help over all keys."""
