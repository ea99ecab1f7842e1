"""A campaign rehearsed from a list to its effect report, with simulated agents and customers whose truth is known."""
