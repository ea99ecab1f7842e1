"""Other systems that the server works with: an end to every wait, claims, retries. What each is told lies elsewhere."""
