"""The demo's CRM and SMS gateway: outside systems in a process of their own; they speak `core.wire.crm` alone."""
