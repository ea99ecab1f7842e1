"""Who is asking and what they may: passwords, tokens, sessions, throttling, checks of objects."""
