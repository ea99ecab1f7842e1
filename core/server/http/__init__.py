"""The HTTP API under /v1: routes, problems, compression, metrics, its OpenAPI."""
