"""Who should be called, and why: snapshots, factors, rules compiled for an engine, and the model. The server's."""
