"""What the server runs at set hours: never twice, made up for after downtime, tried again after a failure."""
