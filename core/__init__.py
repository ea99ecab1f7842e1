"""Everything of Stayline that needs no window: the field's rules, the client's store and sync, the server."""

__version__ = "0.1.0"
