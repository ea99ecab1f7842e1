"""Signing in by an account of the organisation: OpenID Connect, authorization code with PKCE (RFC 6749, RFC 7636).

The desk's browser meets the provider; the code that it brings home is exchanged here, so that no secret lies on a desk.
Who somebody is, the provider says; who may sign in here and what they may do stay with the accounts of this server.
"""
