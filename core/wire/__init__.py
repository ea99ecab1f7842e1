"""Messages of /v1 as JSON, additive only. One definition for client and server."""

API = "v1"
