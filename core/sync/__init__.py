"""Between the store and the server: signing in, pulling, pushing, and what of it a window shows.

Import from the modules: `status` is cheap, `transport` brings requests and is imported after the first window stands.
"""
