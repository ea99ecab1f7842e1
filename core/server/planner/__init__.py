"""What planners ask of the screening: answered by a child process kept warm, since the server imports no engine."""
