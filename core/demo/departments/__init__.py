"""The demo's departments and stores, an outside system in a process of its own: it speaks `core.wire.departments`."""
