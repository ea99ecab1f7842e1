"""What departments are asked: taken from calls and desks, handed over, watched for lateness, told to their agents."""
