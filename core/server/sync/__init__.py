"""What desks exchange with the server: the pages that they pull, the items that they push."""
