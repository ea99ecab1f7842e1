"""Repair cases and promises at the server: taking what desks write, telling who works on them, minding their times."""
